import {
  addNumbers,
  asInteger,
  divideNumbers,
  type FeelNumber,
  isFeelNumber,
  multiplyNumbers,
  numberToText,
  powerOfNumber,
  roundNumber,
  subtractNumbers,
} from '../../kernel/decimal.ts'
import { addMonthsTo, daysOf, largestYear } from './calendar.ts'
import { parseDuration } from './parse-temporal.ts'
import {
  addDuration,
  addElapsed,
  DayDuration,
  durationOf,
  FeelDate,
  FeelDateTime,
  FeelTime,
  MonthDuration,
  negateDuration,
  offsetAt,
} from './temporal.ts'
import type { Value } from './value.ts'

/** `a + b` (DMN 1.4 §10.3.2.3.6 and table 57); undefined when the types have no sum. Neither side is null. */
export function addValues(a: Value, b: Value, zone: string | null): Value | undefined {
  if (isFeelNumber(a)) return isFeelNumber(b) ? addNumbers(a, b) : undefined
  if (typeof a === 'string') return typeof b === 'string' ? a + b : undefined
  if (a instanceof DayDuration)
    return b instanceof DayDuration
      ? durationOf(0, a.seconds + b.seconds, a.nanos + b.nanos)
      : movable(b)
        ? addValues(b, a, zone)
        : undefined
  if (a instanceof MonthDuration)
    return b instanceof MonthDuration ? months(a.months + b.months) : movable(b) ? addValues(b, a, zone) : undefined
  if (b instanceof DayDuration) return moveBy(a, b)
  return b instanceof MonthDuration ? moveByMonths(a, b.months) : undefined
}

/** `a - b`; undefined when the types have no difference. */
export function subtractValues(a: Value, b: Value, zone: string | null): Value | undefined {
  if (isFeelNumber(a)) return isFeelNumber(b) ? subtractNumbers(a, b) : undefined
  if (b instanceof DayDuration)
    return a instanceof DayDuration || movable(a) ? addValues(a, negateDuration(b), zone) : undefined
  if (b instanceof MonthDuration)
    return a instanceof MonthDuration || movable(a) ? addValues(a, new MonthDuration(0 - b.months), zone) : undefined
  if (a instanceof FeelTime) return b instanceof FeelTime ? betweenTimes(a, b, zone) : undefined
  const left = asDateTime(a)
  const right = asDateTime(b)
  return left && right ? betweenDateTimes(left, right, zone) : undefined
}

export function multiplyValues(a: Value, b: Value): Value | undefined {
  if (isFeelNumber(a)) return isFeelNumber(b) ? multiplyNumbers(a, b) : isDuration(b) ? scaleDuration(b, a) : undefined
  return isDuration(a) && isFeelNumber(b) ? scaleDuration(a, b) : undefined
}

/** Undefined for a division by zero, too. */
export function divideValues(a: Value, b: Value): Value | undefined {
  if (isFeelNumber(a)) return isFeelNumber(b) ? divideNumbers(a, b) : undefined
  if (a instanceof DayDuration && b instanceof DayDuration) return ratio(secondsOf(a), secondsOf(b))
  if (a instanceof MonthDuration && b instanceof MonthDuration) return ratio(a.months, b.months)
  if (!isDuration(a) || !isFeelNumber(b)) return undefined
  const length = a instanceof MonthDuration ? a.months : secondsOf(a)
  const part = length === undefined ? undefined : divideNumbers(length, b)
  return part === undefined ? undefined : durationLike(a, part)
}

export const powerOfValues = (a: Value, b: Value): Value | undefined =>
  isFeelNumber(a) && isFeelNumber(b) ? powerOfNumber(a, b) : undefined

const isDuration = (value: Value): value is DayDuration | MonthDuration =>
  value instanceof DayDuration || value instanceof MonthDuration
const movable = (value: Value): value is FeelDate | FeelDateTime | FeelTime =>
  value instanceof FeelDate || value instanceof FeelDateTime || value instanceof FeelTime
const months = (count: number): MonthDuration | undefined =>
  Number.isSafeInteger(count) ? new MonthDuration(count) : undefined
const firstDay = daysOf(-largestYear, 1, 1)
const lastDay = daysOf(largestYear, 12, 31)
const isReachable = ({ days }: { readonly days: number }): boolean => days >= firstDay && days <= lastDay

function moveBy(value: Value, duration: DayDuration): Value | undefined {
  if (value instanceof FeelDateTime) {
    const moved = addElapsed(value, duration)
    return moved && isReachable(moved) ? moved : undefined
  }
  if (value instanceof FeelDate) {
    const moved = addDuration(new FeelDateTime(value.days, 0, 0, null), duration)
    return moved && isReachable(moved) ? new FeelDate(moved.days) : undefined
  }
  if (!(value instanceof FeelTime)) return undefined
  const moved = addDuration(new FeelDateTime(0, value.seconds, value.nanos, null), duration)
  return moved && new FeelTime(moved.seconds, moved.nanos, value.zone)
}

function moveByMonths(value: Value, count: number): Value | undefined {
  if (!(value instanceof FeelDate || value instanceof FeelDateTime)) return undefined
  const days = addMonthsTo(value.days, count)
  if (days === undefined) return undefined
  return value instanceof FeelDate ? new FeelDate(days) : new FeelDateTime(days, value.seconds, value.nanos, value.zone)
}

/** A date in a difference is midnight UTC of the day (table 53). */
const asDateTime = (value: Value): FeelDateTime | undefined =>
  value instanceof FeelDateTime ? value : value instanceof FeelDate ? new FeelDateTime(value.days, 0, 0, 0) : undefined

function betweenDateTimes(a: FeelDateTime, b: FeelDateTime, zone: string | null): DayDuration | undefined {
  const left = offsetAt(a.days, a.seconds, a.zone ?? zone)
  const right = offsetAt(b.days, b.seconds, b.zone ?? zone)
  if ((left === undefined) !== (right === undefined)) return undefined
  return durationOf(a.days - b.days, a.seconds - (left ?? 0) - b.seconds + (right ?? 0), a.nanos - b.nanos)
}

function betweenTimes(a: FeelTime, b: FeelTime, zone: string | null): DayDuration | undefined {
  const left = offsetAt(0, a.seconds, a.zone ?? zone)
  const right = offsetAt(0, b.seconds, b.zone ?? zone)
  if ((left === undefined) !== (right === undefined)) return undefined
  return durationOf(0, a.seconds - (left ?? 0) - b.seconds + (right ?? 0), a.nanos - b.nanos)
}

/** Length in seconds, fraction included. */
function secondsOf({ seconds, nanos }: DayDuration): FeelNumber | undefined {
  if (nanos === 0) return seconds
  const fraction = divideNumbers(nanos, 1_000_000_000)
  return fraction === undefined ? undefined : addNumbers(seconds, fraction)
}

const ratio = (a: FeelNumber | undefined, b: FeelNumber | undefined): FeelNumber | undefined =>
  a === undefined || b === undefined ? undefined : divideNumbers(a, b)

function scaleDuration(value: DayDuration | MonthDuration, by: FeelNumber): Value | undefined {
  const length = value instanceof MonthDuration ? value.months : secondsOf(value)
  const scaled = length === undefined ? undefined : multiplyNumbers(length, by)
  return scaled === undefined ? undefined : durationLike(value, scaled)
}

/** A duration of the same kind with another length; months are cut to whole ones, seconds to nanoseconds. */
function durationLike(value: DayDuration | MonthDuration, length: FeelNumber): Value | undefined {
  if (value instanceof MonthDuration) {
    const whole = roundNumber(length, 0, 'down')
    const count = whole === undefined ? undefined : asInteger(whole)
    return count === undefined ? undefined : months(count)
  }
  const exact = roundNumber(length, 9, 'down')
  if (exact === undefined) return undefined
  const text = numberToText(exact)
  const parsed = parseDuration(text.startsWith('-') ? `-PT${text.slice(1)}S` : `PT${text}S`)
  return parsed instanceof DayDuration ? parsed : undefined
}
