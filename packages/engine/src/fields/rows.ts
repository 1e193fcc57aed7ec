import { type CellValue, type FieldValue, isTable, type TableRow } from '../kernel/value-kind.ts'
import { sameRow } from './compare.ts'

/** What became of one row of a sub-table. */
export type RowChange =
  | { readonly what: 'added' | 'removed'; readonly row: TableRow }
  | {
      readonly what: 'changed'
      readonly row: TableRow
      /** Cells that differ: column, before, after. */
      readonly cells: readonly (readonly [column: string, before: CellValue, after: CellValue])[]
    }

const rowsOf = (value: FieldValue | undefined): readonly TableRow[] => (isTable(value) ? value : [])
const byId = (rows: readonly TableRow[]) => new Map(rows.map((row) => [row.id, row]))

/** The rows that differ between two values of a sub-table; those that only moved do not. */
export function rowChanges(before: FieldValue | undefined, after: FieldValue | undefined): readonly RowChange[] {
  const [old, now] = [rowsOf(before), rowsOf(after)]
  const known = byId(old)
  const kept = byId(now)
  return [
    ...old.flatMap((row): RowChange[] => (kept.has(row.id) ? [] : [{ what: 'removed', row }])),
    ...now.flatMap((row): RowChange[] => {
      const was = known.get(row.id)
      if (!was) return [{ what: 'added', row }]
      const cells = Object.keys({ ...was, ...row }).flatMap((column) => {
        const [from, to] = [was[column] ?? null, row[column] ?? null]
        return from === to ? [] : [[column, from, to] as const]
      })
      return cells.length === 0 ? [] : [{ what: 'changed', row, cells }]
    }),
  ]
}

/**
 * Two people's rows as one value where they worked on different rows; undefined where both changed the same row. Rows
 * stand as in theirs, mine that are new behind the row they follow in mine.
 */
export function mergeRows(
  base: FieldValue | undefined,
  mine: FieldValue | undefined,
  theirs: FieldValue | undefined,
): FieldValue | undefined {
  const before = byId(rowsOf(base))
  const own = byId(rowsOf(mine))
  const other = byId(rowsOf(theirs))
  const merged = new Map<string, TableRow>()
  for (const id of new Set([...before.keys(), ...own.keys(), ...other.keys()])) {
    const [was, here, there] = [before.get(id), own.get(id), other.get(id)]
    const kept = isSame(here, was) ? there : isSame(there, was) || isSame(here, there) ? here : contested
    if (kept === contested) return undefined
    if (kept) merged.set(id, kept)
  }
  const order = rowsOf(theirs).map(({ id }) => id)
  for (const [at, { id }] of rowsOf(mine).entries()) {
    if (order.includes(id)) continue
    const above = rowsOf(mine)[at - 1]?.id
    order.splice(above === undefined ? 0 : order.indexOf(above) + 1, 0, id)
  }
  const rows = order.flatMap((id) => merged.get(id) ?? [])
  return rows.length === 0 ? null : rows
}

const contested = Symbol('contested')
const isSame = (a: TableRow | undefined, b: TableRow | undefined): boolean =>
  a === undefined ? b === undefined : sameRow(a, b)
