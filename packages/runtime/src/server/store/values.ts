import { type FieldValue, formatDurationMs, formatInstant, formatScaled, parseDurationMs, parseInstant, parseScaled, type ValueType } from '@tenon/engine'
import type { DatabaseKind } from './database.ts'

export type Stored = string | number | boolean | null

/**
 * A value as its column holds it: decimals and amounts as whole numbers × 10^scale, moments and durations in
 * milliseconds, claims as 0 / 1 where there is no boolean, lists as JSON. Throws for a value that is not of its type:
 * values were normalised before they come here.
 */
export function encodeValue(type: ValueType, value: FieldValue | undefined, kind: DatabaseKind): Stored {
  if (value === null || value === undefined) return null
  switch (type.kind) {
    case 'text':
    case 'date':
    case 'time':
    case 'reference':
      return expect(typeof value === 'string' ? value : undefined, type, value)
    case 'boolean':
      return kind === 'sqlite' ? Number(expect(typeof value === 'boolean' ? value : undefined, type, value)) : expect(typeof value === 'boolean' ? value : undefined, type, value)
    case 'integer':
      return expect(Number.isSafeInteger(value) ? (value as number) : undefined, type, value)
    case 'decimal':
    case 'money':
      return expect(parseScaled(String(value), type.scale ?? 0), type, value)
    case 'instant':
      return expect(parseInstant(String(value)), type, value)
    case 'duration':
      return expect(parseDurationMs(String(value)), type, value)
    case 'list':
      return expect(Array.isArray(value) ? JSON.stringify(value) : undefined, type, value)
  }
}

/** The value in a column, in its canonical JSON form. */
export function decodeValue(type: ValueType, stored: unknown): FieldValue {
  if (stored === null || stored === undefined) return null
  switch (type.kind) {
    case 'text':
    case 'date':
    case 'time':
    case 'reference':
      return String(stored)
    case 'boolean':
      return stored === true || stored === 1
    case 'integer':
      return Number(stored)
    case 'decimal':
    case 'money':
      return formatScaled(Number(stored), type.scale ?? 0)
    case 'instant':
      return formatInstant(Number(stored))
    case 'duration':
      return formatDurationMs(Number(stored))
    case 'list':
      return (typeof stored === 'string' ? JSON.parse(stored) : stored) as readonly string[]
  }
}

function expect<T>(encoded: T | undefined, type: ValueType, value: FieldValue): T {
  if (encoded === undefined) throw new TypeError(`not a ${type.kind}: ${JSON.stringify(value)}`)
  return encoded
}

/** Column types, by kind of value. */
export function columnType(type: ValueType, kind: DatabaseKind): string {
  switch (type.kind) {
    case 'text':
    case 'date':
    case 'time':
    case 'reference':
      return kind === 'sqlite' ? 'TEXT' : 'TEXT COLLATE "C"'
    case 'boolean':
      return kind === 'sqlite' ? 'INTEGER' : 'BOOLEAN'
    case 'list':
      return kind === 'sqlite' ? 'TEXT' : 'JSONB'
    default:
      return kind === 'sqlite' ? 'INTEGER' : 'BIGINT'
  }
}
