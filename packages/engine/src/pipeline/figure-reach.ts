import type { MetricRequest } from '../facts.ts'
import { sameValue } from '../fields/compare.ts'
import { recordFacts } from './record-facts.ts'
import type { RecordRow } from './rows.ts'
import type { MetricShape } from './world.ts'

/** Whether a field, one of the record's own included, is another than it was. */
export const differs = (before: RecordRow, after: RecordRow, field: string): boolean =>
  !sameValue(fieldOf(before, field), fieldOf(after, field))

const fieldOf = (row: RecordRow, field: string) =>
  row.data[field] ?? (recordFacts(row) as Record<string, RecordRow['data'][string]>)[field] ?? null

/**
 * Whether a figure is sure to be the same after a record of the form it counts was changed: nothing it looks at is
 * another. What is seen through links is never sure.
 */
export function isBeside(
  app: string,
  shape: MetricShape,
  { by }: MetricRequest,
  before: RecordRow,
  after: RecordRow,
): boolean {
  const groups = Object.keys(by).map((path) => path.split('.'))
  const isOwn = !shape.linked && groups.every((path) => path.length === 1)
  if (!isOwn || after.app !== app || after.form !== shape.form) return false
  return ![...shape.fields, ...groups.flat()].some((field) => differs(before, after, field))
}
