import {
  type CellValue,
  type FieldValue,
  formatDurationMs,
  formatInstant,
  formatScaled,
  isBlank,
  isTable,
  parseDurationMs,
  parseInstant,
  parseScaled,
  type TableRow,
  type ValueType,
} from '@tenon/engine'
import type { Dialect } from './dialect.ts'

/** What is put into a column: text, number, boolean, or null for blank. */
export type Stored = string | number | boolean | null

/** The stored form of a canonical value; blanks of every kind are NULL. A value not of the kind is a bug and throws. */
export function encodeValue(value: FieldValue | undefined, type: ValueType, dialect: Dialect): Stored {
  if (value === undefined || isBlank(value)) return null
  const stored = encoders[type.kind](value, type, dialect)
  if (stored === undefined) throw new Error(`not a canonical ${type.kind}: ${JSON.stringify(value)}`)
  return stored
}

type Encode = (value: FieldValue, type: ValueType, dialect: Dialect) => Stored | undefined
const text: Encode = (value) => (typeof value === 'string' ? value : undefined)
const scaled: Encode = (value, { scale = 0 }) => (typeof value === 'string' ? parseScaled(value, scale) : undefined)

const encoders: { readonly [K in ValueType['kind']]: Encode } = {
  text,
  reference: text,
  date: text,
  time: text,
  boolean: (value, _, dialect) => (typeof value === 'boolean' ? dialect.boolean(value) : undefined),
  integer: (value) => (typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined),
  decimal: scaled,
  money: scaled,
  instant: (value) => (typeof value === 'string' ? parseInstant(value) : undefined),
  duration: (value) => (typeof value === 'string' ? parseDurationMs(value) : undefined),
  list: (value) => (Array.isArray(value) ? JSON.stringify(value) : undefined),
  table: (value) => (isTable(value) ? JSON.stringify(value) : undefined),
}

/** The canonical value of what a driver gave for a column of a kind (pg: numbers wider than 32 bits as text). */
export function decodeValue(raw: unknown, type: ValueType): FieldValue {
  if (raw === null || raw === undefined) return null
  const value = decoders[type.kind](raw, type)
  return isBlank(value) ? null : value
}

type Decode = (raw: unknown, type: ValueType) => FieldValue
const asText: Decode = (raw) => String(raw)
const asScaled: Decode = (raw, { scale = 0 }) => formatScaled(safe(raw), scale)

const decoders: { readonly [K in ValueType['kind']]: Decode } = {
  text: asText,
  reference: asText,
  date: asText,
  time: asText,
  boolean: (raw) => raw === true || Number(raw) === 1,
  integer: safe,
  decimal: asScaled,
  money: asScaled,
  instant: (raw) => formatInstant(safe(raw)),
  duration: (raw) => formatDurationMs(safe(raw)),
  list: (raw) => (typeof raw === 'string' ? (JSON.parse(raw) as string[]) : (raw as readonly string[])),
  table: (raw, { columns = {} }) => {
    const rows: unknown = typeof raw === 'string' ? JSON.parse(raw) : raw
    return isTable(rows) ? rows.map((row) => storedRow(row, columns)) : null
  },
}

/** A row in the order of its columns: JSONB keeps none, and a column that is gone shows no more. */
function storedRow(row: TableRow, columns: NonNullable<ValueType['columns']>): TableRow {
  const cells: { [column: string]: CellValue } = {}
  for (const [column, { kind }] of Object.entries(columns)) {
    const cell = Object.hasOwn(row, column) ? row[column] : undefined
    if (cell !== undefined && typeof cell === (scalarTypes[kind] ?? 'string')) cells[column] = cell
  }
  return { id: row.id, ...cells }
}

/** JSON types of cells that are no text. */
const scalarTypes: { readonly [K in ValueType['kind']]?: string } = { integer: 'number', boolean: 'boolean' }

/** Beyond 2^53 a number is refused rather than rounded. */
function safe(raw: unknown): number {
  const value = Number(raw)
  if (!Number.isSafeInteger(value)) throw new Error(`not a safe integer in the database: ${String(raw)}`)
  return value + 0
}
