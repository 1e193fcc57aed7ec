import type { FormulaNode } from '../ast.ts'
import type { Environment } from '../environment.ts'
import { weekdayOf } from '../values/calendar.ts'
import {
  DayDuration,
  FeelDate,
  FeelDateTime,
  FeelTime,
  MonthDuration,
  negateDuration,
  offsetAt,
} from '../values/temporal.ts'
import { isContext, isList, Range, RowContext, type Value } from '../values/value.ts'

/**
 * `value.name`: an entry of a context, a part of a date or duration, an end of a range; of a list, of each item; of the
 * rows of a sub-table, the cells that are not blank.
 */
export function propertyOf(value: Value, name: string, node: FormulaNode, env: Environment): Value {
  if (value === null) return null
  if (isList(value)) {
    env.spend(value.length)
    return value.flatMap((item) => {
      const part = propertyOf(item, name, node, env)
      return part === null && item instanceof RowContext ? [] : [part]
    })
  }
  const part = isContext(value) ? value.get(name) : partOf(value, name)
  return part === undefined ? env.warn('formula.unknownName', node, { name }) : part
}

function partOf(value: Value, name: string): Value | undefined {
  if (value instanceof FeelDate) return datePart(value, name)
  if (value instanceof FeelDateTime) return datePart(value, name) ?? clockPart(value, value.days, name)
  if (value instanceof FeelTime) return clockPart(value, 0, name)
  if (value instanceof DayDuration) return dayDurationPart(value, name)
  if (value instanceof MonthDuration) return monthDurationPart(value, name)
  return value instanceof Range ? rangePart(value, name) : undefined
}

function datePart(value: FeelDate | FeelDateTime, name: string): Value | undefined {
  if (name === 'weekday') return weekdayOf(value.days)
  return name === 'year' || name === 'month' || name === 'day' ? value.civil[name] : undefined
}

function clockPart({ seconds, zone }: FeelTime | FeelDateTime, days: number, name: string): Value | undefined {
  if (name === 'hour') return Math.floor(seconds / 3600)
  if (name === 'minute') return Math.floor(seconds / 60) % 60
  if (name === 'second') return seconds % 60
  if (name === 'timezone') return typeof zone === 'string' ? zone : null
  if (name !== 'time offset') return undefined
  const offset = offsetAt(days, seconds, zone)
  return offset === undefined ? null : new DayDuration(offset, 0)
}

function dayDurationPart(value: DayDuration, name: string): Value | undefined {
  const { seconds } = value.seconds < 0 ? negateDuration(value) : value
  const sign = value.seconds < 0 ? -1 : 1
  const parts = new Map([
    ['days', Math.floor(seconds / 86_400)],
    ['hours', Math.floor(seconds / 3600) % 24],
    ['minutes', Math.floor(seconds / 60) % 60],
    ['seconds', seconds % 60],
  ])
  const part = parts.get(name)
  return part === undefined ? undefined : part * sign + 0
}

function monthDurationPart({ months }: MonthDuration, name: string): Value | undefined {
  if (name === 'years') return Math.trunc(months / 12) + 0
  return name === 'months' ? (months % 12) + 0 : undefined
}

function rangePart(range: Range, name: string): Value | undefined {
  if (name === 'start') return range.low
  if (name === 'end') return range.high
  if (name === 'start included') return range.includesLow
  return name === 'end included' ? range.includesHigh : undefined
}
