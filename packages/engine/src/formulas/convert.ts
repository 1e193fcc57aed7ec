import {
  asInteger,
  type FeelNumber,
  isFeelNumber,
  numberFromJs,
  numberFromText,
  numberToJs,
  numberToScaledText,
  numberToText,
  roundNumber,
} from '../kernel/decimal.ts'
import { formatDurationMs } from '../kernel/duration.ts'
import { formatInstant, parseInstant } from '../kernel/instant.ts'
import { isObject, type Json, own } from '../kernel/json.ts'
import type { FieldValue, ValueKind, ValueType } from '../kernel/value-kind.ts'
import { startOfDay } from '../kernel/zone.ts'
import { daysOf } from './values/calendar.ts'
import { parseDate, parseDuration, parseTime } from './values/parse-temporal.ts'
import { DayDuration, dateTimeOfInstant, FeelDate, FeelDateTime, FeelTime, instantOf } from './values/temporal.ts'
import { temporalToText, valueToText } from './values/to-text.ts'
import { FeelFunction, isContext, isList, MapContext, Range, RowContext, type Value } from './values/value.ts'

type Read = (json: unknown, zone: string, type?: ValueType) => Value

const text: Read = (json) => (typeof json === 'string' && json !== '' ? json : null)
const number: Read = (json) => {
  if (typeof json === 'number') return numberFromJs(json) ?? null
  return typeof json === 'string' ? (numberFromText(json) ?? null) : null
}

const digits = (text: string, from: number, to: number): number => {
  let value = 0
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}
/** `YYYY-MM-DDTHH:MM:SS.mmmZ` by position, as stored values are; five times as fast as the general reader. */
function canonicalInstant(text: string): number | undefined {
  if (text.length !== 24 || text.charCodeAt(10) !== 84 || text.charCodeAt(23) !== 90) return undefined
  const day = daysOf(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10))
  const seconds = digits(text, 11, 13) * 3600 + digits(text, 14, 16) * 60 + digits(text, 17, 19)
  const instant = (day * 86_400 + seconds) * 1000 + digits(text, 20, 23)
  return Number.isNaN(instant) ? undefined : instant
}

/** JSON form of a field's value → FEEL value, by value kind. What does not fit is null. */
export const readers: { readonly [K in ValueKind]: Read } = {
  text,
  reference: text,
  boolean: (json) => (typeof json === 'boolean' ? json : null),
  integer: number,
  decimal: number,
  money: number,
  date: (json) => (typeof json === 'string' ? (parseDate(json) ?? null) : null),
  time: (json) => (typeof json === 'string' ? (parseTime(json) ?? null) : null),
  instant: (json, zone) => {
    const instant = typeof json === 'string' ? (canonicalInstant(json) ?? parseInstant(json)) : undefined
    return instant === undefined ? null : dateTimeOfInstant(instant, zone)
  },
  duration: (json) => (typeof json === 'string' ? (parseDuration(json) ?? null) : null),
  list: (json) => (Array.isArray(json) ? json.filter((item): item is string => typeof item === 'string') : null),
  table: (json, zone, type) => (Array.isArray(json) ? json.map((row) => rowOf(row, zone, type?.columns ?? {})) : []),
}

/** A row with every column, so that a blank cell is blank and not an unknown name. */
const rowOf = (row: unknown, zone: string, columns: { readonly [column: string]: ValueType }): Value =>
  new RowContext(
    new Map(
      Object.entries(columns).map(([column, type]) => {
        const cell = own(row, column)
        return [column, cell === undefined || cell === null ? null : readers[type.kind](cell, zone, type)]
      }),
    ),
  )

/** Any JSON → FEEL value; text stays text. Own properties only. */
export function fromJson(json: unknown): Value {
  if (typeof json === 'string' || typeof json === 'boolean') return json
  if (typeof json === 'number') return numberFromJs(json) ?? null
  if (Array.isArray(json)) return json.map(fromJson)
  return isObject(json)
    ? new MapContext(new Map(Object.entries(json).map(([key, value]) => [key, fromJson(value)])))
    : null
}

/** FEEL value → JSON for people and other programs: numbers as JSON numbers, dates and durations as text. */
export function toJson(value: Value): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (isFeelNumber(value)) return numberToJs(value)
  if (isList(value)) return value.map(toJson)
  if (value instanceof Range || value instanceof FeelFunction) return valueToText(value)
  // Entries are defined, not assigned: a key named __proto__ is a key like any other.
  if (isContext(value)) return Object.fromEntries(value.keys().map((key) => [key, toJson(value.get(key) ?? null)]))
  return temporalToText(value)
}

/** A result that does not fit its field. */
export const misfit = Symbol('misfit')
type Write = (value: Value, type: ValueType, zone: string) => FieldValue | typeof misfit

const scaled: Write = (value, { scale = 0 }) => (isFeelNumber(value) ? numberToScaledText(value, scale) : misfit)

/** FEEL value → JSON form of a field, by value kind: rounded half up to its decimals, moments to UTC. */
const writers: { readonly [K in ValueKind]: Write } = {
  text: (value) => (isContext(value) || isList(value) || value instanceof FeelFunction ? misfit : valueToText(value)),
  reference: (value) => (typeof value === 'string' ? value : misfit),
  boolean: (value) => (typeof value === 'boolean' ? value : misfit),
  integer: (value) => (isFeelNumber(value) ? (wholeOf(value) ?? misfit) : misfit),
  decimal: scaled,
  money: scaled,
  date: (value) =>
    value instanceof FeelDate || value instanceof FeelDateTime ? temporalToText(new FeelDate(value.days)) : misfit,
  time: (value) => (value instanceof FeelTime ? temporalToText(new FeelTime(value.seconds, 0, null)) : misfit),
  instant: (value, _, zone) => {
    if (value instanceof FeelDate) return formatInstant(startOfDay(zone, temporalToText(value)))
    const instant = value instanceof FeelDateTime ? instantOf(value, zone) : undefined
    return instant === undefined || Math.abs(instant) > 8.64e15 ? misfit : formatInstant(instant)
  },
  duration: (value) => (value instanceof DayDuration ? formatDurationMs(durationMs(value)) : misfit),
  list: (value) => (isList(value) && value.every((item) => typeof item === 'string') ? value : misfit),
  // Nobody computes rows: they are entered.
  table: () => misfit,
}

export const toFieldValue = (value: Value, type: ValueType | undefined, zone: string): FieldValue | typeof misfit => {
  if (value === null) return null
  return type ? writers[type.kind](value, type, zone) : plain(value, zone)
}

/** Without a field to fit: whole numbers as numbers, other decimals as exact text, moments in UTC. */
function plain(value: Value, zone: string): FieldValue {
  if (typeof value === 'boolean' || typeof value === 'string' || value === null) return value
  if (isFeelNumber(value)) return asInteger(value) ?? numberToText(value)
  if (isList(value)) return value.map((item) => (typeof item === 'string' ? item : valueToText(item)))
  if (value instanceof FeelDateTime) {
    const instant = instantOf(value, zone)
    return instant === undefined ? valueToText(value) : formatInstant(instant)
  }
  return value instanceof DayDuration ? formatDurationMs(durationMs(value)) : valueToText(value)
}

const wholeOf = (value: FeelNumber): number | undefined => {
  const rounded = roundNumber(value, 0, 'halfUp')
  return rounded === undefined ? undefined : asInteger(rounded)
}
const durationMs = ({ seconds, nanos }: DayDuration): number => seconds * 1000 + Math.round(nanos / 1_000_000)
