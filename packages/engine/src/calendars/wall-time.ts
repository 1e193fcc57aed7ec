import type { CalendarDefinition } from '../definitions/calendar.ts'
import { contentOf, dayMs, type Stretch, specialPlan, weekdayOf, weeklyPlan } from './day-plan.ts'

/**
 * Working time along the wall clock, where every day has 24 hours; zones come in `calendar.ts`. Moments are wall
 * milliseconds, written as if the wall clock were UTC.
 */
export type WallTime = {
  /** Nothing works before the first nor after the second; infinite where the week works. */
  readonly bounds: readonly [number, number]
  /** Working milliseconds from a fixed point to a moment; only differences mean something. */
  readonly until: (wall: number) => number
  /** First moment at which `until` is at least `amount`; Infinity if never. */
  readonly firstAt: (amount: number) => number
  /** Last moment at which `until` is at most `amount`; −Infinity if never. */
  readonly lastAt: (amount: number) => number
}

type Day = { readonly stretches: readonly Stretch[]; readonly total: number }

/**
 * Adds up whole weeks in one step and corrects them by the special days before (prefix sums), so that neither a long
 * span nor a long list of holidays costs time.
 */
export function wallTime(definition: CalendarDefinition): WallTime {
  const { week, special } = daysOf(definition)
  const beforeWeekday = prefixSums(week.map((day) => day.total))
  const weekTotal = beforeWeekday[7] ?? 0
  const specialDays = [...special.keys()].sort((a, b) => a - b)
  const corrections = prefixSums(specialDays.map((day) => at(special, day).total - at(week, weekdayOf(day)).total))

  const dayAt = (day: number): Day => special.get(day) ?? at(week, weekdayOf(day))
  const beforeDay = (day: number): number => {
    const weekday = weekdayOf(day)
    const weeks = (day - weekday + 3) / 7
    return weeks * weekTotal + (beforeWeekday[weekday] ?? 0) + (corrections[countBelow(specialDays, day)] ?? 0)
  }
  const until = (wall: number): number => {
    const day = Math.floor(wall / dayMs)
    return beforeDay(day) + within(dayAt(day), wall - day * dayMs)
  }

  // Days around the special ones suffice: before and after them the week repeats.
  const firstSpecial = (specialDays[0] ?? 0) - 8
  const lastSpecial = (specialDays.at(-1) ?? 0) + 8
  /** Last day that begins with less than (or, inclusively, at most) the amount; undefined when none does. */
  const dayBelow = (amount: number, inclusive: boolean): number | undefined => {
    const isBelow = (day: number) => (inclusive ? beforeDay(day) <= amount : beforeDay(day) < amount)
    let low =
      weekTotal === 0
        ? firstSpecial
        : firstSpecial - 7 * Math.ceil(Math.max(0, beforeDay(firstSpecial) - amount) / weekTotal + 1)
    let high =
      weekTotal === 0
        ? lastSpecial
        : lastSpecial + 7 * Math.ceil(Math.max(0, amount - beforeDay(lastSpecial)) / weekTotal + 1)
    if (!isBelow(low) || isBelow(high)) return undefined
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (isBelow(middle)) low = middle
      else high = middle
    }
    return low
  }

  return {
    bounds:
      weekTotal > 0
        ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
        : [firstSpecial * dayMs, lastSpecial * dayMs],
    until,
    firstAt: (amount) => {
      const day = dayBelow(amount, false)
      return day === undefined
        ? Number.POSITIVE_INFINITY
        : day * dayMs + firstWithin(dayAt(day), amount - beforeDay(day))
    },
    lastAt: (amount) => {
      const day = dayBelow(amount, true)
      return day === undefined
        ? Number.NEGATIVE_INFINITY
        : day * dayMs + lastWithin(dayAt(day), amount - beforeDay(day))
    },
  }
}

/** Content of the seven weekdays, and of every day that differs: the special ones and, for periods past midnight, the days after them. */
function daysOf(definition: CalendarDefinition): { week: readonly Day[]; special: ReadonlyMap<number, Day> } {
  const weekly = weeklyPlan(definition)
  const plan = specialPlan(definition)
  const own = (day: number): readonly Stretch[] => plan.get(day) ?? at(weekly, weekdayOf(day))
  const special = new Map<number, Day>()
  for (const day of plan.keys())
    for (const touched of [day, day + 1]) special.set(touched, dayOf(own(touched), own(touched - 1)))
  return { week: weekly.map((stretches, index) => dayOf(stretches, at(weekly, (index + 6) % 7))), special }
}

function dayOf(own: readonly Stretch[], before: readonly Stretch[]): Day {
  const stretches = contentOf(own, before)
  return { stretches, total: stretches.reduce((sum, { from, to }) => sum + to - from, 0) }
}

function within(day: Day, offset: number): number {
  let sum = 0
  for (const { from, to } of day.stretches) {
    if (offset <= from) break
    sum += Math.min(offset, to) - from
  }
  return sum
}

function firstWithin(day: Day, amount: number): number {
  let rest = amount
  for (const { from, to } of day.stretches) {
    if (rest <= to - from) return from + rest
    rest -= to - from
  }
  return dayMs
}

function lastWithin(day: Day, amount: number): number {
  let rest = amount
  for (const { from, to } of day.stretches) {
    if (rest < to - from) return from + rest
    rest -= to - from
  }
  return dayMs
}

function prefixSums(values: readonly number[]): readonly number[] {
  const sums = [0]
  for (const value of values) sums.push((sums.at(-1) ?? 0) + value)
  return sums
}

/** How many of the sorted numbers are smaller. */
function countBelow(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

function at<T>(from: readonly T[] | ReadonlyMap<number, T>, index: number): T {
  const found = from instanceof Map ? from.get(index) : (from as readonly T[])[index]
  if (found === undefined) throw new Error(`no day ${index}`)
  return found
}
