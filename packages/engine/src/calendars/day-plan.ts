import { type CalendarDefinition, type Weekday, weekdays } from '../definitions/calendar.ts'
import { parseInstant } from '../kernel/instant.ts'

/** A stretch [from, to) in milliseconds since the midnight a day begins with, on the wall clock. */
export type Stretch = { readonly from: number; readonly to: number }

export const dayMs = 86_400_000
const minuteMs = 60_000

/** A range of special days longer than this is refused, so that a typing error cannot make a calendar of ages. */
export const longestRangeDays = 366

/** Number of a day, counted from 1970-01-01, a Thursday. */
export const dayNumber = (day: string): number => Math.floor((parseInstant(`${day}T00:00:00Z`) ?? 0) / dayMs)

/** Index into `weekdays`: Monday is 0. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7

/**
 * A period of a definition as a stretch. `to` before or equal to `from` runs past midnight: the period belongs to the
 * day it begins on, also when the next day is a holiday.
 */
export function stretchOf(period: readonly string[]): Stretch {
  const from = minutesOf(period[0] ?? '') * minuteMs
  const to = minutesOf(period[1] ?? '') * minuteMs
  return { from, to: to <= from ? to + dayMs : to }
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** What one entry of `days` says about each day it covers. */
type Entry = NonNullable<CalendarDefinition['days']>[number]

const stretchesOf = (periods: readonly (readonly string[])[] | undefined): readonly Stretch[] =>
  (periods ?? []).map(stretchOf)

/** The stretches that begin on a weekday, by index. */
export const weeklyPlan = (definition: CalendarDefinition): readonly (readonly Stretch[])[] =>
  weekdays.map((weekday) => stretchesOf(definition.weekly[weekday]))

/** The stretches that begin on each special day, by day number; a later entry wins. */
export function specialPlan(definition: CalendarDefinition): ReadonlyMap<number, readonly Stretch[]> {
  const plan = new Map<number, readonly Stretch[]>()
  for (const entry of definition.days ?? []) {
    const stretches = entryPlan(entry, definition)
    const first = dayNumber(entry.date)
    const last = Math.min(dayNumber(entry.to ?? entry.date), first + longestRangeDays - 1)
    for (let day = first; day <= last; day++) plan.set(day, stretches)
  }
  return plan
}

function entryPlan(entry: Entry, definition: CalendarDefinition): readonly Stretch[] {
  if (entry.off) return []
  if (entry.like) return stretchesOf(definition.weekly[entry.like as Weekday])
  return stretchesOf(entry.periods)
}

/** The working stretches within a day [0, 24 h): its own and what runs over from the day before, in order, merged. */
export function contentOf(own: readonly Stretch[], before: readonly Stretch[]): readonly Stretch[] {
  const over = before.filter(({ to }) => to > dayMs).map(({ to }) => ({ from: 0, to: to - dayMs }))
  const inside = own.map(({ from, to }) => ({ from, to: Math.min(to, dayMs) }))
  return merge([...over, ...inside])
}

function merge(stretches: readonly Stretch[]): readonly Stretch[] {
  const merged: Stretch[] = []
  for (const next of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last && next.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, next.to) }
    else merged.push(next)
  }
  return merged
}
