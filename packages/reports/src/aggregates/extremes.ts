import { compareText, type FieldValue, formatInstant, type ValueKind, type ValueType } from '@tenon/engine'
import { sql } from 'kysely'
import type { Dialect, Sql } from '../sql/dialect.ts'
import type { Aggregate } from './contract.ts'
import { storedOf, valueOfStored } from './numbers.ts'

const written: ReadonlySet<ValueKind> = new Set(['text', 'date', 'time'])
const counted: ReadonlySet<ValueKind> = new Set(['integer', 'decimal', 'money', 'duration', 'instant'])

const compared = (value: Sql, type: ValueType, dialect: Dialect): Sql =>
  written.has(type.kind) ? dialect.byCodePoint(value) : value

function finish(stored: string | null | undefined, type: ValueType): FieldValue {
  if (stored == null) return null
  if (written.has(type.kind)) return stored
  return type.kind === 'instant' ? formatInstant(Number(stored)) : valueOfStored(BigInt(stored), type)
}

/** Sign of a − b. */
function order(a: FieldValue, b: FieldValue, type: ValueType): number {
  if (written.has(type.kind)) return compareText(String(a), String(b))
  const [left = 0n, right = 0n] = [storedOf(a, type), storedOf(b, type)]
  return left < right ? -1 : left > right ? 1 : 0
}

const extreme = (name: 'min' | 'max', wanted: 1 | -1): Aggregate => ({
  result: (type) => (written.has(type.kind) || counted.has(type.kind) ? type : undefined),
  parts: ({ value, type }, dialect) => ({ v: sql`${sql.raw(name)}(${compared(value, type, dialect)})` }),
  combine: { v: name },
  order: (part) => part('v'),
  finish: ({ v }, { type }) => finish(v, type),
  reference: (values, { type }) =>
    values.reduce((best, value) => {
      if (value === null) return best
      return best === null || order(value, best, type) === wanted ? value : best
    }, null),
})

/** Smallest and largest value that is there, by time, number or code point. */
export const min = extreme('min', -1)
export const max = extreme('max', 1)
