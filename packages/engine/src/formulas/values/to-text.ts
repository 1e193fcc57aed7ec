import { type FeelNumber, isFeelNumber, numberToText } from '../../kernel/decimal.ts'
import type { Civil } from './calendar.ts'
import {
  DayDuration,
  FeelDate,
  FeelDateTime,
  FeelTime,
  type MonthDuration,
  negateDuration,
  type Zone,
} from './temporal.ts'
import { FeelFunction, isContext, isList, Range, type Value } from './value.ts'

const two = (value: number): string => String(value).padStart(2, '0')

function dateToText({ year, month, day }: Civil): string {
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${two(month)}-${two(day)}`
}

const fractionText = (nanos: number): string =>
  nanos === 0 ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`

function clockText(seconds: number, nanos: number, zone: Zone): string {
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return `${clock}${fractionText(nanos)}${zoneText(zone)}`
}

function zoneText(zone: Zone): string {
  if (zone === null) return ''
  if (typeof zone === 'string') return `@${zone}`
  if (zone === 0) return 'Z'
  const size = Math.abs(zone)
  const seconds = size % 60 === 0 ? '' : `:${two(size % 60)}`
  return `${zone < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}${seconds}`
}

function dayDurationToText(value: DayDuration): string {
  if (value.seconds === 0 && value.nanos === 0) return 'PT0S'
  const { seconds, nanos } = value.seconds < 0 ? negateDuration(value) : value
  const days = Math.floor(seconds / 86_400)
  const hours = Math.floor(seconds / 3600) % 24
  const minutes = Math.floor(seconds / 60) % 60
  const rest = seconds % 60
  const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${rest || nanos ? `${rest}${fractionText(nanos)}S` : ''}`
  return `${value.seconds < 0 ? '-' : ''}P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`
}

function monthDurationToText({ months }: MonthDuration): string {
  const size = Math.abs(months)
  const years = Math.floor(size / 12)
  const rest = size % 12
  return size === 0 ? 'P0M' : `${months < 0 ? '-' : ''}P${years ? `${years}Y` : ''}${rest ? `${rest}M` : ''}`
}

/** The text `string()` gives (DMN 1.4 §10.3.4.1): strings bare at the top, quoted inside lists and contexts. */
export const valueToText = (value: Value): string => (typeof value === 'string' ? value : literalText(value))

/** Text that FEEL reads back as the value, dates and durations bare. */
export function literalText(value: Value): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return `"${value.replaceAll('"', '\\"')}"`
  if (isFeelNumber(value)) return numberToText(value satisfies FeelNumber)
  if (isList(value)) return `[${value.map(literalText).join(', ')}]`
  if (value instanceof Range) return rangeText(value)
  if (value instanceof FeelFunction) return `function(${value.parameters.join(', ')})`
  if (isContext(value)) return contextText(value)
  return temporalToText(value)
}

const plainKey = /^[\p{L}_][\p{L}\p{N}_ ]*$/u
const contextText = (value: Value): string =>
  isContext(value)
    ? `{${value
        .keys()
        .map((key) => `${plainKey.test(key) ? key : literalText(key)}: ${literalText(value.get(key) ?? null)}`)
        .join(', ')}}`
    : ''

/** Text of a date, time, date and time, or duration; the spelling that `@"…"` reads back. */
export function temporalToText(value: FeelDate | FeelTime | FeelDateTime | DayDuration | MonthDuration): string {
  if (value instanceof FeelDate) return dateToText(value.civil)
  if (value instanceof FeelTime) return clockText(value.seconds, value.nanos, value.zone)
  if (value instanceof FeelDateTime)
    return `${dateToText(value.civil)}T${clockText(value.seconds, value.nanos, value.zone)}`
  return value instanceof DayDuration ? dayDurationToText(value) : monthDurationToText(value)
}

function rangeText({ low, high, includesLow, includesHigh }: Range): string {
  if (low === null && high !== null) return `${includesHigh ? '<=' : '<'} ${literalText(high)}`
  if (high === null && low !== null) return `${includesLow ? '>=' : '>'} ${literalText(low)}`
  return `${includesLow ? '[' : '('}${literalText(low)}..${literalText(high)}${includesHigh ? ']' : ')'}`
}
