/**
 * The closed kinds of value. Storage columns, SQL casts, comparison operators and report dimensions are written once
 * per kind, never per field type.
 *
 * The JSON form of each kind, on the wire and in the engine, is canonical, so equal values are equal text:
 *
 * | kind | JSON | example |
 * |---|---|---|
 * | text | string | `"打印机"` |
 * | boolean | boolean | `true` |
 * | integer | number, safe integer | `42` |
 * | decimal | string with exactly `scale` decimals | `"12.50"` |
 * | money | string with the currency's decimals | `"12.50"` |
 * | date | `YYYY-MM-DD`, no zone | `"2026-03-02"` |
 * | time | `HH:MM:SS` | `"09:30:00"` |
 * | instant | RFC 3339 UTC with milliseconds | `"2026-03-02T00:00:00.000Z"` |
 * | duration | ISO 8601 (days are 24 h) | `"PT2H30M"` |
 * | reference | id of a record, user, department or file | |
 * | list | array of text or references | `["a","b"]` |
 * | table | array of rows: id, then cells by column, blanks absent | `[{"id":"r1","quantity":2}]` |
 */
export const valueKinds = [
  'text',
  'boolean',
  'integer',
  'decimal',
  'money',
  'date',
  'time',
  'instant',
  'duration',
  'reference',
  'list',
  'table',
] as const
export type ValueKind = (typeof valueKinds)[number]

/** What a field's values are: its kind and, where the kind needs one, the number of decimals. */
export type ValueType = {
  readonly kind: ValueKind
  /** Decimals kept (decimal, money): storage is the integer value × 10^scale. */
  readonly scale?: number
  /** ISO 4217 code (money): one currency per field. */
  readonly currency?: string
  /** Kind of the elements of a list. */
  readonly element?: 'text' | 'reference'
  /** Types of the cells of a table, by column, in order. */
  readonly columns?: { readonly [column: string]: ValueType }
}

/** Normalised data of one record, by field id; an absent field and `null` both mean "blank". */
export type RecordData = { readonly [field: string]: FieldValue }
export type FieldValue = null | string | number | boolean | readonly string[] | readonly TableRow[]
/** A row of a sub-table: its permanent id, and its cells by column; an absent column is blank. */
export type TableRow = { readonly id: string; readonly [column: string]: CellValue }
export type CellValue = null | string | number | boolean

/** Whether a value is the rows of a sub-table; lists hold text only. */
export const isTable = (value: unknown): value is readonly TableRow[] =>
  Array.isArray(value) && value.length > 0 && value.every((row) => typeof row === 'object' && row !== null)
/** Whether a value is a list of texts or ids. */
export const isTextList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')
