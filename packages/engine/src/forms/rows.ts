import type { Facts, RecordFacts } from '../facts.ts'
import { normaliseField } from '../fields/field.ts'
import type { CellValue, TableRow } from '../kernel/value-kind.ts'
import type { FormModel } from '../model.ts'
import { type CompiledField, compiledForm, computedRows } from './compiled-form.ts'

/** What there is to know beside the row itself. */
export type RowSurroundings = Omit<Facts, 'record' | 'previous'>

const inRow = (around: RowSurroundings, row: TableRow): Facts => ({ ...around, record: row as RecordFacts })
const columnsOf = (rows: FormModel): readonly CompiledField[] => compiledForm(rows, undefined).fields
const isBlank = (row: TableRow, column: string): boolean => (row[column] ?? null) === null

/** Whether somebody entered something in it. */
export const isBegun = (row: TableRow, rows: FormModel): boolean =>
  columnsOf(rows).some(({ model, behaviour }) => behaviour.traits.entered && !isBlank(row, model.id))

/** Whether a row shows a column. */
export const isCellVisible = (row: TableRow, column: string, rows: FormModel, around: RowSurroundings): boolean =>
  compiledForm(rows, undefined).byId.get(column)?.isVisible(inRow(around, row)) ?? true

/**
 * A new row with the defaults of its blank columns, in their order, each seeing the cells before it. A row in which
 * nothing was entered stays as it is, so that an empty line is one. `isOpen`: columns nothing was said about.
 */
export function withDefaults(
  row: TableRow,
  rows: FormModel,
  around: RowSurroundings,
  isOpen: (column: string) => boolean,
): TableRow {
  if (!isBegun(row, rows)) return row
  const cells: { [column: string]: CellValue } & { readonly id: string } = { ...row }
  for (const { model, defaultValue } of columnsOf(rows)) {
    if (!defaultValue || !isBlank(cells, model.id) || !isOpen(model.id)) continue
    const value = normaliseField(defaultValue(inRow(around, cells)), model, { form: rows, zone: around.zone })
    if (value.ok && value.value !== null) cells[model.id] = value.value as CellValue
  }
  return cells
}

/**
 * The row without the cells of columns it does not show, its formulas computed. Taking one cell away may show or hide
 * the next; what is taken away does not come back, so this ends.
 */
export function visibleRow(row: TableRow, rows: FormModel, around: RowSurroundings): TableRow {
  const conditional = columnsOf(rows).filter(
    ({ definition, behaviour }) => definition.visibleWhen !== undefined && behaviour.traits.entered,
  )
  if (conditional.length === 0) return row
  const [computed = row] = (computedRows([row], rows, around) as readonly TableRow[] | null) ?? []
  const hidden = conditional
    .filter(({ model, isVisible }) => !isBlank(computed, model.id) && !isVisible(inRow(around, computed)))
    .map(({ model }) => model.id)
  if (hidden.length === 0) return computed
  const kept = Object.entries(computed).filter(([column]) => !hidden.includes(column))
  return visibleRow(Object.fromEntries(kept) as TableRow, rows, around)
}
