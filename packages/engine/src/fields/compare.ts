import { compareText } from '../kernel/code-points.ts'
import { compareNumbers, type FeelNumber, numberFromText } from '../kernel/decimal.ts'
import { parseDurationMs } from '../kernel/duration.ts'
import { type FieldValue, isTable, type TableRow, type ValueKind } from '../kernel/value-kind.ts'

type Order = (a: FieldValue, b: FieldValue) => number

const sign = (difference: number): number => (difference < 0 ? -1 : difference > 0 ? 1 : 0)
const blanksFirst =
  (order: (a: NonNullable<FieldValue>, b: NonNullable<FieldValue>) => number): Order =>
  (a, b) =>
    a === null || b === null ? Number(b === null) - Number(a === null) : order(a, b)

/** By code point. Canonical days and instants sort by it too. */
export const byText: Order = blanksFirst((a, b) => compareText(String(a), String(b)))
const exact = (value: unknown): FeelNumber =>
  (typeof value === 'string' ? numberFromText(value) : undefined) ?? Number(value)
/** Integers, booleans and decimal text, exactly. */
export const byNumber: Order = blanksFirst((a, b) => compareNumbers(exact(a), exact(b)))
export const byDuration: Order = blanksFirst((a, b) =>
  sign((parseDurationMs(String(a)) ?? 0) - (parseDurationMs(String(b)) ?? 0)),
)
/** Element by element; a list sorts before its continuations. */
export const byList: Order = blanksFirst((a, b) => {
  const left = Array.isArray(a) ? a : [a]
  const right = Array.isArray(b) ? b : [b]
  const at = left.findIndex((item, index) => item !== right[index])
  if (at < 0) return sign(left.length - right.length)
  return at >= right.length ? 1 : compareText(String(left[at]), String(right[at]))
})

/** Shorter tables first, then row by row: an order, so that tests of orders hold, and of no use to people. */
export const byTable: Order = blanksFirst((a, b) => {
  const [left, right] = [isTable(a) ? a : [], isTable(b) ? b : []]
  return sign(left.length - right.length) || compareText(JSON.stringify(left), JSON.stringify(right))
})

export const orderOf: { readonly [K in ValueKind]: Order } = {
  text: byText,
  boolean: byNumber,
  integer: byNumber,
  decimal: byNumber,
  money: byNumber,
  date: byText,
  time: byText,
  instant: byText,
  duration: byDuration,
  reference: byText,
  list: byList,
  table: byTable,
}

/** Whether two canonical values are the same; absent and null both mean blank. */
export function sameValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (isTable(a) && isTable(b)) return a.length === b.length && a.every((row, index) => sameRow(row, b[index]))
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => item === b[index])
  return (a ?? null) === (b ?? null)
}

/** Whether two rows are the same row with the same cells; absent and null both mean blank. */
export const sameRow = (a: TableRow, b: TableRow | undefined): boolean =>
  b !== undefined && Object.keys({ ...a, ...b }).every((key) => (a[key] ?? null) === (b[key] ?? null))
