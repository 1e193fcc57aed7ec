import {
  addDays,
  type Condition,
  type FormModel,
  formatInstant,
  type Instant,
  instantOfWall,
  localDay,
  parseDay,
  parseInstant,
  startOfDay,
  zoneOffsetMs,
} from '@tenon/engine'
import type { RecordItem, WireValue } from '../../../contract/index.ts'

/** Fields that say when a record is. */
export type When = { readonly start: string; readonly end?: string | undefined }
/** Days from the first to the last one, both of it. */
export type Span = { readonly first: string; readonly last: string }
/** When a record is, in the days of a zone. `at`: its moment where it has one. */
export type Place = Span & { readonly at: Instant | undefined; readonly until: Instant | undefined }
type Values = { readonly [field: string]: WireValue }

const dayMs = 86_400_000
const wall = (day: string): number => Date.parse(`${day}T00:00:00Z`)
export const daysBetween = (one: string, other: string): number => Math.round((wall(other) - wall(one)) / dayMs)
export const daysOf = ({ first, last }: Span): readonly string[] =>
  Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index))

/** The week of a day, from Monday (ISO 8601). */
export function weekOf(day: string): Span {
  const first = addDays(day, -((new Date(wall(day)).getUTCDay() + 6) % 7))
  return { first, last: addDays(first, 6) }
}

/** The whole weeks that show the month of a day. */
export function monthOf(day: string): Span {
  const begin = `${day.slice(0, 8)}01`
  return { first: weekOf(begin).first, last: weekOf(addDays(addMonths(begin, 1), -1)).last }
}

/** The same day of another month, or its last one where it is shorter. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(date, length)))
    .toISOString()
    .slice(0, 10)
}

const isMoment = (form: FormModel, field: string): boolean => form.fields.get(field)?.value.kind === 'instant'
const valueAt = (item: RecordItem, field: string): unknown =>
  item.values[field] ?? (item as unknown as { readonly [field: string]: unknown })[field]

/** When a record is; undefined where it has no start. An end before the start counts as none. */
export function placeOf(item: RecordItem, when: When, form: FormModel, zone: string): Place | undefined {
  const start = momentOf(valueAt(item, when.start), isMoment(form, when.start), zone)
  if (!start) return undefined
  const end = when.end === undefined ? undefined : momentOf(valueAt(item, when.end), isMoment(form, when.end), zone)
  const last = end && end.day >= start.day ? end.day : start.day
  return { first: start.day, last, at: start.at, until: end && end.day >= start.day ? end.at : undefined }
}

function momentOf(value: unknown, moment: boolean, zone: string): { day: string; at: Instant | undefined } | undefined {
  if (typeof value !== 'string') return undefined
  if (!moment) {
    const day = parseDay(value)
    return day === undefined ? undefined : { day, at: undefined }
  }
  const at = parseInstant(value)
  return at === undefined ? undefined : { day: localDay(zone, at), at }
}

/** The records that are somewhere in a span. */
export function inSpan(when: When, { first, last }: Span, form: FormModel, zone: string): Condition {
  const leaf = (field: string, operator: 'lessThan' | 'greaterThanInclusive', day: string): Condition => ({
    fact: 'record',
    path: `$.${field}`,
    operator,
    value: isMoment(form, field) ? formatInstant(startOfDay(zone, day)) : day,
  })
  const before = leaf(when.start, 'lessThan', addDays(last, 1))
  const begins = leaf(when.start, 'greaterThanInclusive', first)
  return when.end === undefined
    ? { all: [before, begins] }
    : { all: [before, { any: [begins, leaf(when.end, 'greaterThanInclusive', first)] }] }
}

export const withoutDate = ({ start }: When): Condition => ({ fact: 'record', path: `$.${start}`, operator: 'isEmpty' })

/** A value that many days later; a moment keeps the time that clocks in the zone show. */
function later(value: unknown, days: number, moment: boolean, zone: string): string | undefined {
  if (typeof value !== 'string') return undefined
  if (!moment) return addDays(value, days)
  const at = parseInstant(value)
  return at === undefined ? undefined : formatInstant(instantOfWall(zone, at + zoneOffsetMs(zone, at) + days * dayMs))
}

/** The values of a record moved by some days: `both` ends, or one of them. Undefined: it cannot be, its end would come before its start. */
export function movedBy(
  item: RecordItem,
  when: When,
  days: number,
  which: 'both' | 'start' | 'end',
  form: FormModel,
  zone: string,
): Values | undefined {
  const values: { [field: string]: WireValue } = {}
  const fields = [...(which === 'end' ? [] : [when.start]), ...(which === 'start' || !when.end ? [] : [when.end])]
  for (const field of fields) {
    const next = later(valueAt(item, field), days, isMoment(form, field), zone)
    if (next !== undefined) values[field] = next
  }
  if (Object.keys(values).length === 0) return undefined
  if (which === 'both' || !when.end) return values
  const [start, end] = [when.start, when.end].map((field) => values[field] ?? valueAt(item, field))
  const ends = [
    momentOf(start, isMoment(form, when.start), zone)?.day,
    momentOf(end, isMoment(form, when.end), zone)?.day,
  ]
  return ends[0] !== undefined && ends[1] !== undefined && ends[0] > ends[1] ? undefined : values
}

/** The values that put a record without a date on a day; a moment gets the begin of the day's work. */
export const putOn = (day: string, { start }: When, form: FormModel, zone: string): Values => ({
  [start]: isMoment(form, start) ? formatInstant(instantOfWall(zone, wall(day) + 9 * 3_600_000)) : day,
})
