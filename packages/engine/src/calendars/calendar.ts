import type { CalendarDefinition } from '../definitions/calendar.ts'
import type { Instant } from '../kernel/instant.ts'
import { endOfDay } from '../kernel/zone.ts'
import { zoneOffsets } from '../kernel/zone-offsets.ts'
import { specialPlan, weekdayOf, weeklyPlan } from './day-plan.ts'
import { wallTime } from './wall-time.ts'

/**
 * Business time. An instant is working time when the wall clock of the calendar's zone shows a moment within a working
 * period; so an hour that daylight saving skips does not count and one it repeats counts twice, as real time passes.
 * All durations are whole milliseconds, all results exact.
 */
export type Calendar = {
  /**
   * The earliest moment at which `ms` of business time have passed since `from`: a target that fits a day exactly is
   * due when the day's work ends, not when the next begins. `add(from, 0)` is `from` itself, working or not. Negative
   * `ms` goes back to the latest moment from which that much passes until `from`. `endOfTime` when it never comes.
   */
  readonly add: (from: Instant, ms: number) => Instant
  /** Business milliseconds from `a` to `b`; negative when `b` is before `a`. */
  readonly between: (a: Instant, b: Instant) => number
  readonly isWorking: (at: Instant) => boolean
  /** Whether work begins on a day of the calendar's zone, counted from 1970-01-01. */
  readonly isWorkday: (day: number) => boolean
  /** `at` if it is working time, else the next moment that is; `endOfTime` when there is none. */
  readonly nextWorking: (at: Instant) => Instant
  /** First moment whose holidays are not known any more (the end of `validUntil`); null: not stated. */
  readonly knownUntil: Instant | null
}

/** The last moment a date can hold: "never", where a moment is asked for. */
export const endOfTime: Instant = 8_640_000_000_000_000

/** Every millisecond is working time. */
export const everyMinute: Calendar = {
  add: (from, ms) => from + ms,
  between: (a, b) => b - a,
  isWorking: () => true,
  isWorkday: () => true,
  nextWorking: (at) => at,
  knownUntil: null,
}

/** Compiles a checked definition (`checkCalendar`) once; the result answers in about a microsecond and keeps no state. */
export function compileCalendar(definition: CalendarDefinition): Calendar {
  const wall = wallTime(definition)
  const week = weeklyPlan(definition)
  const special = specialPlan(definition)
  const offsetsAt = zoneOffsets(definition.zone)
  const [first, last] = wall.bounds

  const between = (a: Instant, b: Instant): number => {
    if (b < a) return 0 - between(b, a)
    let sum = 0
    for (let at = Math.max(a, first); at < Math.min(b, last); ) {
      const { to, offset } = offsetsAt(at)
      const end = Math.min(to, b)
      sum += wall.until(end + offset) - wall.until(at + offset)
      at = end
    }
    return sum
  }

  const forward = (from: Instant, ms: number): Instant => {
    let rest = ms
    for (let at = from; at < Math.min(last, endOfTime); ) {
      const { to, offset } = offsetsAt(at)
      const start = wall.until(at + offset)
      const available = to === Number.POSITIVE_INFINITY ? to : wall.until(to + offset) - start
      if (rest <= available) return Math.min(wall.firstAt(start + rest) - offset, endOfTime)
      rest -= available
      at = to
    }
    return endOfTime
  }

  const backward = (from: Instant, ms: number): Instant => {
    let rest = ms
    for (let at = from; at > Math.max(first, -endOfTime); ) {
      const { from: begin, offset } = offsetsAt(at - 1)
      const end = wall.until(at + offset)
      const available = begin === Number.NEGATIVE_INFINITY ? Number.POSITIVE_INFINITY : end - wall.until(begin + offset)
      if (rest <= available) return Math.max(wall.lastAt(end - rest) - offset, -endOfTime)
      rest -= available
      at = begin
    }
    return -endOfTime
  }

  const add = (from: Instant, ms: number): Instant => {
    if (ms === 0) return from
    return ms > 0 ? forward(from, ms) : backward(from, -ms)
  }

  return {
    add,
    between,
    isWorking: (at) => between(at, at + 1) === 1,
    isWorkday: (day) => (special.get(day) ?? week[weekdayOf(day)] ?? []).length > 0,
    nextWorking: (at) => {
      const afterOne = add(at, 1)
      return afterOne === endOfTime ? endOfTime : afterOne - 1
    },
    knownUntil: definition.validUntil === undefined ? null : endOfDay(definition.zone, definition.validUntil),
  }
}
