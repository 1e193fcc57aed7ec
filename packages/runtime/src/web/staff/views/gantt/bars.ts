import { addDays, type Instant, zoneOffsetMs } from '@tenon/engine'
import { addMonths, daysBetween, daysOf, type Place, type Span, weekOf } from '../time.ts'

export const zooms = ['day', 'week', 'month'] as const
export type Zoom = (typeof zooms)[number]

/** Pixels of a day, and how many weeks are drawn. */
export const zoomOf: { readonly [Z in Zoom]: { readonly px: number; readonly weeks: number } } = {
  day: { px: 40, weeks: 6 },
  week: { px: 14, weeks: 26 },
  month: { px: 5, weeks: 78 },
}

/** The span around a day: a quarter of it before, the rest after. */
export function ganttSpan(day: string, zoom: Zoom): Span {
  const { weeks } = zoomOf[zoom]
  const { first } = weekOf(addDays(day, -Math.floor(weeks / 4) * 7))
  return { first, last: addDays(first, weeks * 7 - 1) }
}

/** A bar in days from the begin of the span; cut where the record goes on outside of it. */
export type Bar = {
  readonly left: number
  readonly width: number
  readonly cutLeft: boolean
  readonly cutRight: boolean
}

const dayMs = 86_400_000
const wall = (day: string): number => Date.parse(`${day}T00:00:00Z`)

export function barOf(place: Place, span: Span, zone: string): Bar {
  const days = daysBetween(span.first, span.last) + 1
  const offset = (at: Instant | undefined, day: string) =>
    at === undefined ? daysBetween(span.first, day) : (at + zoneOffsetMs(zone, at) - wall(span.first)) / dayMs
  const from = offset(place.at, place.first)
  // A day as an end is the whole day; a moment as an end is that moment.
  const to = place.until === undefined ? daysBetween(span.first, place.last) + 1 : offset(place.until, place.last)
  const left = Math.max(0, from)
  const right = Math.min(days, Math.max(to, from))
  return { left, width: Math.max(0, right - left), cutLeft: from < 0, cutRight: to > days }
}

/** A line of the head: what begins at a day of the span, and how many days it takes. */
export type Tick = { readonly day: string; readonly at: number; readonly days: number }

/** Months above, days or weeks below them; only months where days are too narrow. */
export function ticksOf(span: Span, zoom: Zoom): { readonly upper: readonly Tick[]; readonly lower: readonly Tick[] } {
  const total = daysBetween(span.first, span.last) + 1
  const spread = (starts: readonly string[]): readonly Tick[] =>
    starts.map((day, index) => {
      const at = Math.max(0, daysBetween(span.first, day))
      const next = starts[index + 1]
      return { day, at, days: (next === undefined ? total : daysBetween(span.first, next)) - at }
    })
  const months: string[] = []
  for (let day = `${span.first.slice(0, 8)}01`; day <= span.last; day = addMonths(day, 1)) months.push(day)
  const years = months.filter((day, index) => index === 0 || day.slice(5, 7) === '01')
  if (zoom === 'month') return { upper: spread(years), lower: spread(months) }
  const days = daysOf(span)
  return { upper: spread(months), lower: spread(zoom === 'day' ? days : days.filter((_, index) => index % 7 === 0)) }
}
