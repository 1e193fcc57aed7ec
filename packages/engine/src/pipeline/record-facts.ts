import type { RecordFacts } from '../facts.ts'
import { formatInstant } from '../kernel/instant.ts'
import type { RecordRow } from './rows.ts'

const factsByRow = new WeakMap<RecordRow, RecordFacts>()

/** A record as conditions and formulas see it. Rows are never changed in place, so each is put in these words once. */
export function recordFacts(row: RecordRow): RecordFacts {
  const known = factsByRow.get(row)
  if (known) return known
  const made: RecordFacts = {
    // Not the values first: what begins with a spread takes further names a microsecond each (measured: 14 → 0.6 µs).
    id: row.id,
    ...row.data,
    version: row.version,
    created_at: formatInstant(row.createdAt),
    created_by: row.createdBy,
    updated_at: formatInstant(row.updatedAt),
    updated_by: row.updatedBy,
    title: row.title,
  }
  factsByRow.set(row, made)
  return made
}
