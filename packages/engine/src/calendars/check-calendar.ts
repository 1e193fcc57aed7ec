import { type CalendarDefinition, weekdays } from '../definitions/calendar.ts'
import { parseDay } from '../kernel/instant.ts'
import { pointer } from '../kernel/pointer.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { isZone } from '../kernel/zone.ts'
import { dayMs, dayNumber, longestRangeDays, stretchOf } from './day-plan.ts'

type Periods = readonly (readonly string[])[]
type Entry = NonNullable<CalendarDefinition['days']>[number]

/**
 * What the schema cannot say: the zone is known, periods are apart, days exist, and the week works at all, so that
 * every target has a due moment.
 */
export function checkCalendar(definition: CalendarDefinition): Problem[] {
  const week = weekdays.flatMap((day) => checkPeriods(definition.weekly[day], ['weekly', day]))
  const days = (definition.days ?? []).flatMap((entry, index) => checkEntry(entry, index))
  return [
    ...(isZone(definition.zone) ? [] : [problem('calendar.unknownZone', '/zone', { zone: definition.zone })]),
    ...week,
    ...(weekdays.some((day) => (definition.weekly[day] ?? []).length > 0)
      ? overlapsOverNight(definition)
      : [problem('calendar.neverWorks', '/weekly')]),
    ...days,
    ...(definition.validUntil === undefined || exists(definition.validUntil)
      ? []
      : [problem('calendar.noSuchDay', '/validUntil', { day: definition.validUntil })]),
  ]
}

function checkPeriods(periods: Periods | undefined, path: readonly (string | number)[]): Problem[] {
  const problems: Problem[] = []
  let busyUntil = Number.NEGATIVE_INFINITY
  const stretches = (periods ?? []).map((period, index) => ({ period, index, ...stretchOf(period) }))
  for (const { period, index, from, to } of stretches.sort((a, b) => a.from - b.from)) {
    const at = pointer(...path, index)
    if (from >= dayMs) problems.push(problem('calendar.periodStart', at, { from: period[0] ?? '' }))
    else if (from < busyUntil)
      problems.push(problem('calendar.periodsOverlap', at, { from: period[0] ?? '', to: period[1] ?? '' }))
    busyUntil = Math.max(busyUntil, to)
  }
  return problems
}

/** Periods past midnight against the periods of the following weekday. */
function overlapsOverNight(definition: CalendarDefinition): Problem[] {
  return weekdays.flatMap((day, index) => {
    const before = definition.weekly[weekdays[(index + 6) % 7] ?? 'sun'] ?? []
    const over = Math.max(0, ...before.map((period) => stretchOf(period).to - dayMs))
    return (definition.weekly[day] ?? []).flatMap((period, at) =>
      stretchOf(period).from < over
        ? [
            problem('calendar.periodsOverlap', pointer('weekly', day, at), {
              from: period[0] ?? '',
              to: period[1] ?? '',
            }),
          ]
        : [],
    )
  })
}

function checkEntry(entry: Entry, index: number): Problem[] {
  const path = pointer('days', index)
  return [
    ...(['date', 'to'] as const).flatMap((key) => {
      const day = entry[key]
      return day === undefined || exists(day) ? [] : [problem('calendar.noSuchDay', `${path}/${key}`, { day })]
    }),
    ...checkRange(entry, path),
    ...checkPeriods(entry.periods, ['days', index, 'periods']),
  ]
}

function checkRange({ date, to }: Entry, path: string): Problem[] {
  if (to === undefined || !exists(date) || !exists(to)) return []
  const length = dayNumber(to) - dayNumber(date) + 1
  if (length < 1) return [problem('calendar.rangeBackwards', path, { from: date, to })]
  return length > longestRangeDays ? [problem('calendar.rangeTooLong', path, { max: longestRangeDays })] : []
}

const exists = (day: string): boolean => parseDay(day) !== undefined
