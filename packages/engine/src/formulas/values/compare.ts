import { compareText } from '../../kernel/code-points.ts'
import { compareNumbers, isFeelNumber } from '../../kernel/decimal.ts'
import { DayDuration, FeelDate, FeelDateTime, FeelTime, MonthDuration, offsetAt } from './temporal.ts'
import { FeelFunction, isContext, isList, Range, type Value } from './value.ts'

/**
 * Order of two values of one ordered type: negative, 0, positive; undefined when they cannot be compared (DMN 1.4
 * table 50). `zone` is where a local date and time is read when the other side has an offset.
 */
export function orderOf(a: Value, b: Value, zone: string | null): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string') return typeof b === 'string' ? compareText(a, b) : undefined
  if (isFeelNumber(a)) return isFeelNumber(b) ? compareNumbers(a, b) : undefined
  if (a instanceof FeelDateTime) return b instanceof FeelDateTime ? orderDateTimes(a, b, zone) : undefined
  if (a instanceof FeelDate) return b instanceof FeelDate ? a.days - b.days : undefined
  if (a instanceof FeelTime) return b instanceof FeelTime ? orderTimes(a, b, zone) : undefined
  if (a instanceof DayDuration) return b instanceof DayDuration ? a.seconds - b.seconds || a.nanos - b.nanos : undefined
  if (a instanceof MonthDuration) return b instanceof MonthDuration ? a.months - b.months : undefined
  return undefined
}

/** Clock readings compare to the millisecond. */
const millis = ({ nanos }: { readonly nanos: number }): number => Math.floor(nanos / 1_000_000)

function orderDateTimes(a: FeelDateTime, b: FeelDateTime, zone: string | null): number | undefined {
  if (a.zone === b.zone && typeof a.zone !== 'string')
    return a.days - b.days || a.seconds - b.seconds || millis(a) - millis(b)
  const left = offsetAt(a.days, a.seconds, a.zone ?? zone)
  const right = offsetAt(b.days, b.seconds, b.zone ?? zone)
  if (left === undefined || right === undefined) return undefined
  return (a.days - b.days) * 86_400 + (a.seconds - left) - (b.seconds - right) || millis(a) - millis(b)
}

function orderTimes(a: FeelTime, b: FeelTime, zone: string | null): number | undefined {
  if (a.zone === b.zone) return a.seconds - b.seconds || millis(a) - millis(b)
  const left = offsetAt(0, a.seconds, a.zone ?? zone)
  const right = offsetAt(0, b.seconds, b.zone ?? zone)
  if (left === undefined || right === undefined) return undefined
  return a.seconds - left - (b.seconds - right) || millis(a) - millis(b)
}

/** FEEL `=` (table 49): null with null is true, null with anything else false, two types: undefined (null to the user). */
export function equalOf(a: Value, b: Value, zone: string | null): boolean | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a === b
  if (a === null || b === null) return a === b
  if (typeof a === 'boolean') return typeof b === 'boolean' ? a === b : undefined
  if (isList(a)) return isList(b) ? equalLists(a, b, zone) : undefined
  if (a instanceof Range) return b instanceof Range ? equalRanges(a, b, zone) : undefined
  if (a instanceof FeelFunction || b instanceof FeelFunction) return a === b ? true : undefined
  if (isContext(a)) return isContext(b) ? equalContexts(a, b, zone) : undefined
  const order = orderOf(a, b, zone)
  return order === undefined ? mixedZones(a, b) : order === 0
}

/** A local time and one with an offset are different values; that is known, unlike two different types. */
const mixedZones = (a: Value, b: Value): boolean | undefined =>
  (a instanceof FeelDateTime && b instanceof FeelDateTime) || (a instanceof FeelTime && b instanceof FeelTime)
    ? false
    : undefined

const equalLists = (a: readonly Value[], b: readonly Value[], zone: string | null): boolean =>
  a.length === b.length && a.every((item, index) => equalOf(item, b[index] ?? null, zone) === true)

const equalRanges = (a: Range, b: Range, zone: string | null): boolean =>
  a.includesLow === b.includesLow &&
  a.includesHigh === b.includesHigh &&
  equalOf(a.low, b.low, zone) === true &&
  equalOf(a.high, b.high, zone) === true

function equalContexts(a: Value, b: Value, zone: string | null): boolean {
  if (!isContext(a) || !isContext(b)) return false
  const keys = a.keys()
  return (
    keys.length === b.keys().length &&
    keys.every((key) => {
      const other = b.get(key)
      return other !== undefined && equalOf(a.get(key) ?? null, other, zone) === true
    })
  )
}

/** Whether a value lies in a range; undefined when it cannot be compared with its ends. */
export function inRange(value: Value, range: Range, zone: string | null): boolean | undefined {
  const low = range.low === null ? 1 : orderOf(value, range.low, zone)
  const high = range.high === null ? -1 : orderOf(value, range.high, zone)
  if (low === undefined || high === undefined) return undefined
  return (range.includesLow ? low >= 0 : low > 0) && (range.includesHigh ? high <= 0 : high < 0)
}
