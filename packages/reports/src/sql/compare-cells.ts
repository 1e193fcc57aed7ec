import { compareText, type FieldValue, parseDurationMs, type ValueType } from '@tenon/engine'

/** Order of two cells of an answer as the databases sort them: blanks first, then by value. */
export function compareCells(a: FieldValue, b: FieldValue, { kind }: ValueType): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null)
  if (kind === 'duration') return (parseDurationMs(String(a)) ?? 0) - (parseDurationMs(String(b)) ?? 0)
  if (kind === 'integer' || kind === 'decimal' || kind === 'money' || kind === 'boolean') return Number(a) - Number(b)
  return compareText(String(a), String(b))
}
