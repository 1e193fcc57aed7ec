import { addDays, type CalendarDefinition, type TextValue } from '@tenon/engine'

export type SpecialDay = NonNullable<CalendarDefinition['days']>[number]
export type Weekday = keyof CalendarDefinition['weekly']
export type Period = readonly [from: string, to: string]
/** What a day is to be: free, worked like a weekday, or worked in periods of its own. */
export type DayKind = { readonly off: true } | { readonly like: Weekday } | { readonly periods: readonly Period[] }

export const weekdayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const satisfies readonly Weekday[]

/** The weekday of a date, Monday first. */
export const weekdayOf = (date: string): Weekday =>
  weekdayNames[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'mon'

const lastOf = ({ date, to }: SpecialDay): string => (to === undefined || to < date ? date : to)

/** What is said about a date; undefined: it is like its weekday. A later entry wins. */
export const specialDay = (calendar: CalendarDefinition, date: string): SpecialDay | undefined =>
  (calendar.days ?? []).findLast((entry) => entry.date <= date && date <= lastOf(entry))

/** The dates become like their weekdays again; ranges around them stay. */
export function withoutDays(calendar: CalendarDefinition, dates: readonly string[]): CalendarDefinition {
  const gone = new Set(dates)
  const entries = calendar.days ?? []
  const days = entries.flatMap((entry) => remainsOf(entry, gone))
  if (days.length === entries.length && days.every((entry, at) => entry === entries[at])) return calendar
  const { days: _before, ...rest } = calendar
  return days.length === 0 ? rest : { ...calendar, days }
}

/** An entry without some of its dates: itself, nothing, or the stretches that are left. */
function remainsOf(entry: SpecialDay, gone: ReadonlySet<string>): readonly SpecialDay[] {
  const dates = datesBetween(entry.date, lastOf(entry))
  if (!dates.some((date) => gone.has(date))) return [entry]
  const { date: _date, to: _to, ...what } = entry
  return stretches(dates.filter((date) => !gone.has(date))).map((stretch) => ({ ...stretch, ...what }))
}

/** The dates become what is said, in place of whatever they were; neighbours in one entry, in the order of time. */
export function withDays(
  calendar: CalendarDefinition,
  dates: readonly string[],
  kind: DayKind,
  label?: TextValue,
): CalendarDefinition {
  const added = stretches(dates).map((stretch) => ({ ...stretch, ...(label && { label }), ...kind }) as SpecialDay)
  return inOrder(withoutDays(calendar, dates), added)
}

/** Takes entries over from elsewhere; on their dates they replace what was there. */
export function withEntries(calendar: CalendarDefinition, entries: readonly SpecialDay[]): CalendarDefinition {
  const dates = entries.flatMap((entry) => datesBetween(entry.date, lastOf(entry)))
  return inOrder(withoutDays(calendar, dates), entries)
}

function inOrder(calendar: CalendarDefinition, added: readonly SpecialDay[]): CalendarDefinition {
  if (added.length === 0) return calendar
  // Sorting is stable, and no other entry speaks of the new dates: what wins where is as before.
  const kept = calendar.days ?? []
  const isSorted = kept.every((entry, at) => at === 0 || (kept[at - 1]?.date ?? '') <= entry.date)
  const days = [...kept, ...added]
  return {
    ...calendar,
    days: isSorted ? days.sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0)) : days,
  }
}

/** Every date from the first to the last, at most those of a leap year. */
export function datesBetween(first: string, last: string): readonly string[] {
  const [from, to] = first <= last ? [first, last] : [last, first]
  const dates: string[] = []
  for (let date = from; date <= to && dates.length < 366; date = addDays(date, 1)) dates.push(date)
  return dates
}

function stretches(dates: readonly string[]): readonly { date: string; to?: string }[] {
  const found: { date: string; to?: string }[] = []
  for (const date of [...new Set(dates)].sort()) {
    const last = found.at(-1)
    if (last && addDays(last.to ?? last.date, 1) === date) last.to = date
    else found.push({ date })
  }
  return found
}

/** The working periods of a weekday; none: it is free. */
export function withWeekday(
  calendar: CalendarDefinition,
  day: Weekday,
  periods: readonly Period[],
): CalendarDefinition {
  const { [day]: _before, ...others } = calendar.weekly
  const weekly = Object.fromEntries(
    weekdayNames.flatMap((name) => {
      const own =
        name === day ? (periods.length > 0 ? periods.map((period) => [...period]) : undefined) : others[name as never]
      return own === undefined ? [] : [[name, own]]
    }),
  )
  return { ...calendar, weekly: weekly as CalendarDefinition['weekly'] }
}
