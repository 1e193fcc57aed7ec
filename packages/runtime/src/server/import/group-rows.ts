import type { ImportMapping } from './mapping.ts'
import type { Table } from './read-table.ts'

/** The rows of the file that make one record, in file order. */
export type Group = { readonly rows: readonly number[] }

/** One group per row, or per text in the column that groups them. */
export function groupRows(table: Table, mapping: ImportMapping): readonly Group[] {
  const column = mapping.group === undefined ? -1 : table.columns.indexOf(mapping.group)
  if (column < 0) return table.rows.map((_, row) => ({ rows: [row] }))
  const groups = new Map<string, number[]>()
  for (const [row, cells] of table.rows.entries()) {
    const key = (cells[column] ?? '').trim()
    const rows = groups.get(key)
    if (rows) rows.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()].map((rows) => ({ rows }))
}
