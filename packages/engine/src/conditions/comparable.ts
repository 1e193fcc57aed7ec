import type { Facts } from '../facts.ts'
import { compareText } from '../kernel/code-points.ts'
import { compareNumbers, type FeelNumber, isFeelNumber, numberFromJs, numberFromText } from '../kernel/decimal.ts'
import { parseDurationMs } from '../kernel/duration.ts'
import { formatInstant, parseDay, parseInstant } from '../kernel/instant.ts'
import type { ValueKind } from '../kernel/value-kind.ts'
import { localDay } from '../kernel/zone.ts'

/** Value kinds that compare with each other: an integer with an amount, but never a text with a number. */
export type Family = 'text' | 'boolean' | 'number' | 'date' | 'time' | 'instant' | 'duration' | 'list'
export type Comparable = string | boolean | FeelNumber

export const familyOf: { readonly [K in ValueKind]: Family } = {
  text: 'text',
  reference: 'text',
  boolean: 'boolean',
  integer: 'number',
  decimal: 'number',
  money: 'number',
  date: 'date',
  time: 'time',
  instant: 'instant',
  duration: 'duration',
  list: 'list',
  table: 'list',
}

type Convert = (value: unknown, facts: Facts) => Comparable | undefined

const text: Convert = (value) => (typeof value === 'string' ? value : undefined)

const number: Convert = (value) => {
  if (typeof value === 'number') return numberFromJs(value)
  return typeof value === 'string' ? numberFromText(value) : undefined
}

/** A day; a moment counts as the day it is in the facts' zone. */
const date: Convert = (value, facts) => {
  if (typeof value !== 'string') return undefined
  if (value.length === 10) return parseDay(value)
  const instant = parseInstant(value)
  return instant === undefined ? undefined : localDay(facts.zone, instant)
}

// Canonical instants and full times are compared as text; only other spellings cost a parse.
const canonicalInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const instant: Convert = (value) => {
  if (typeof value !== 'string') return undefined
  if (canonicalInstant.test(value)) return value
  const parsed = parseInstant(value)
  return parsed === undefined ? undefined : formatInstant(parsed)
}
const time: Convert = (value) => {
  if (typeof value !== 'string' || !/^\d\d:\d\d(:\d\d)?$/.test(value)) return undefined
  return value.length === 5 ? `${value}:00` : value
}
const duration: Convert = (value) => (typeof value === 'string' ? parseDurationMs(value) : undefined)
const boolean: Convert = (value) => (typeof value === 'boolean' ? value : undefined)
/** Lists are compared element by element, and elements are texts or ids. */
const list: Convert = text

/** Brings a JSON value into the form in which its family compares; undefined when it is not of the family. */
export const converters: { readonly [K in Family]: Convert } = {
  text,
  boolean,
  number,
  date,
  time,
  instant,
  duration,
  list,
}

/** Order of two converted values of one family. */
export function compareComparable(a: Comparable, b: Comparable): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  if (isFeelNumber(a) && isFeelNumber(b)) return compareNumbers(a, b)
  return Number(a) - Number(b)
}

/** The family of a value nobody declared: by its JavaScript type, numbers winning over decimal text. */
export function familyOfValues(value: unknown, operand: unknown): Family {
  if (Array.isArray(value)) return 'list'
  const sample = Array.isArray(operand) ? operand[0] : operand
  if (typeof value === 'number' || (typeof sample === 'number' && typeof value === 'string')) return 'number'
  return typeof value === 'boolean' ? 'boolean' : 'text'
}
