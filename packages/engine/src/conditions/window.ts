import { parseDurationMs } from '../kernel/duration.ts'
import { addDays, formatDay, formatInstant, type Instant, parseInstant } from '../kernel/instant.ts'
import { instantOfWall, localDay, zoneOffsetMs } from '../kernel/zone.ts'

/** Inclusive bounds in the JSON form of the kind, and the bound before which a value is older. */
export type Window = { readonly from: string; readonly to: string; readonly older: string }

const months = /^(-)?P(?:(\d+)Y)?(?:(\d+)M)?$/
const wholeDays = /^-?P(?:\d+W|\d+D)$/

/**
 * The window `within` an ISO duration of now: [now − duration, now]; a negative duration looks ahead, [now, now + …].
 * `olderThan` is strictly before now − duration. Days count on the calendar of the zone, for moments a day is 24 h;
 * months and years are calendar steps. Undefined when the text is no duration. The SQL twin binds these very texts.
 */
export function windowOf(duration: string, kind: 'date' | 'instant', now: Instant, zone: string): Window | undefined {
  const present = kind === 'date' ? localDay(zone, now) : formatInstant(now)
  const edge = edgeOf(duration, kind, now, zone)
  if (edge === undefined) return undefined
  return edge <= present ? { from: edge, to: present, older: edge } : { from: present, to: edge, older: edge }
}

function edgeOf(duration: string, kind: 'date' | 'instant', now: Instant, zone: string): string | undefined {
  const month = months.exec(duration)
  if (month && (month[2] !== undefined || month[3] !== undefined)) {
    const count = Number(month[2] ?? 0) * 12 + Number(month[3] ?? 0)
    return minusMonths(month[1] ? -count : count, kind, now, zone)
  }
  const ms = parseDurationMs(duration)
  if (ms === undefined || !Number.isSafeInteger(now - ms) || Math.abs(now - ms) > 8e15) return undefined
  if (kind === 'instant') return formatInstant(now - ms)
  return wholeDays.test(duration) ? addDays(localDay(zone, now), -ms / 86_400_000) : localDay(zone, now - ms)
}

function minusMonths(count: number, kind: 'date' | 'instant', now: Instant, zone: string): string | undefined {
  if (count > 120_000 || count < -120_000) return undefined
  const wall = now + zoneOffsetMs(zone, now)
  const day = shiftMonths(formatDay(wall), -count)
  if (kind === 'date') return day
  const timeMs = ((wall % 86_400_000) + 86_400_000) % 86_400_000
  return formatInstant(instantOfWall(zone, dayStartMs(day) + timeMs))
}

/** The same day `months` later, or the last day of that month. */
export function shiftMonths(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const index = year * 12 + month - 1 + count
  const first = `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((((index % 12) + 12) % 12) + 1).padStart(2, '0')}-01`
  const next = addDays(`${addDays(first, 31).slice(0, 8)}01`, -1)
  return addDays(first, Math.min(date, Number(next.slice(8))) - 1)
}

const dayStartMs = (day: string): Instant => parseInstant(`${day}T00:00:00Z`) ?? 0
