import { type FeelNumber, isFeelNumber } from '../../kernel/decimal.ts'
import { DayDuration, FeelDate, FeelDateTime, FeelTime, MonthDuration } from './temporal.ts'

/** A FEEL value. Numbers are compared with `compareNumbers`, never with `===`. */
export type Value =
  | null
  | boolean
  | string
  | FeelNumber
  | FeelDate
  | FeelTime
  | FeelDateTime
  | DayDuration
  | MonthDuration
  | Range
  | FeelContext
  | FeelFunction
  | List
export type List = readonly Value[]

/** Named values. There is no prototype behind it: what was not put in is not there. */
export interface FeelContext {
  readonly isContext: true
  get(name: string): Value | undefined
  keys(): readonly string[]
}

export class MapContext implements FeelContext {
  readonly isContext = true
  private readonly entries: ReadonlyMap<string, Value>
  constructor(entries: ReadonlyMap<string, Value>) {
    this.entries = entries
  }
  get(name: string): Value | undefined {
    return this.entries.get(name)
  }
  keys(): readonly string[] {
    return [...this.entries.keys()]
  }
}

/** A row of a sub-table: every column is there. Behind a list of rows blank cells are passed over, as in a sum by hand. */
export class RowContext extends MapContext {}

/** A range; an absent end (null) is open without limit, as in `> 5`. */
export class Range {
  readonly low: Value
  readonly high: Value
  readonly includesLow: boolean
  readonly includesHigh: boolean
  constructor(low: Value, high: Value, includesLow: boolean, includesHigh: boolean) {
    this.low = low
    this.high = high
    this.includesLow = includesLow
    this.includesHigh = includesHigh
  }
}

/** A function as a value: given to `sort`, or kept in a context. */
export class FeelFunction {
  readonly parameters: readonly string[]
  readonly invoke: (args: readonly Value[]) => Value
  constructor(parameters: readonly string[], invoke: (args: readonly Value[]) => Value) {
    this.parameters = parameters
    this.invoke = invoke
  }
}

export const isList = (value: Value | undefined): value is List => Array.isArray(value)
export const isContext = (value: Value | undefined): value is FeelContext =>
  typeof value === 'object' && value !== null && 'isContext' in value

export type TypeName =
  | 'null'
  | 'boolean'
  | 'string'
  | 'number'
  | 'date'
  | 'time'
  | 'date and time'
  | 'days and time duration'
  | 'years and months duration'
  | 'range'
  | 'context'
  | 'function'
  | 'list'

export function typeOf(value: Value): TypeName {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'string') return 'string'
  if (isFeelNumber(value)) return 'number'
  if (isList(value)) return 'list'
  if (value instanceof FeelDateTime) return 'date and time'
  if (value instanceof FeelDate) return 'date'
  if (value instanceof FeelTime) return 'time'
  if (value instanceof DayDuration) return 'days and time duration'
  if (value instanceof MonthDuration) return 'years and months duration'
  if (value instanceof Range) return 'range'
  return value instanceof FeelFunction ? 'function' : 'context'
}
