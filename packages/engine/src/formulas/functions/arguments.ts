import { asInteger, type FeelNumber, isFeelNumber, roundNumber } from '../../kernel/decimal.ts'
import { FeelDate, FeelDateTime } from '../values/temporal.ts'
import { isList, type List, type Value } from '../values/value.ts'

/** A list of one value stands for the value where no list is expected (DMN 1.4 §10.3.2.9.4). */
export const single = (value: Value | undefined): Value | undefined =>
  isList(value) && value.length === 1 ? value[0] : value

export function textOf(value: Value | undefined): string | undefined {
  const one = single(value)
  return typeof one === 'string' ? one : undefined
}
export function numberOf(value: Value | undefined): FeelNumber | undefined {
  const one = single(value)
  return isFeelNumber(one) ? one : undefined
}
export function integerOf(value: Value | undefined): number | undefined {
  const number = numberOf(value)
  return number === undefined ? undefined : asInteger(number)
}
/** Positions, lengths and scales: what stands behind the point does not count. */
export function truncatedOf(value: Value | undefined): number | undefined {
  const number = numberOf(value)
  const whole = number === undefined ? undefined : roundNumber(number, 0, 'down')
  return whole === undefined ? undefined : asInteger(whole)
}
export const isDay = (value: Value | undefined): value is FeelDate | FeelDateTime =>
  value instanceof FeelDate || value instanceof FeelDateTime

/** A value that is no list stands for the list of it. */
export const listOf = (value: Value | undefined): List => (isList(value) ? value : value === undefined ? [] : [value])

/** Arguments of a function that takes one list or many values. */
export const itemsOf = (args: readonly Value[]): List => (args.length === 1 ? listOf(args[0]) : args)
