import {
  type CellValue,
  columnBehaviour,
  type FieldModel,
  type FormModel,
  formatScaled,
  isBegun,
  normaliseField,
  parseScaled,
  type RowSurroundings,
  type TableRow,
  visibleRow,
  withDefaults,
} from '@tenon/engine'

type Rows = readonly TableRow[]

/** An id no row had before: rows keep theirs for ever, so that two people's edits and the history find them again. */
export function newRowId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9))
  return `r${[...bytes].map((byte) => byte.toString(36).padStart(2, '0')).join('')}`
}

export const addRow = (rows: Rows, at: number, id = newRowId()): Rows => rows.toSpliced(at, 0, { id })

export const removeRow = (rows: Rows, at: number): Rows => rows.toSpliced(at, 1)

export function duplicateRow(rows: Rows, at: number, id = newRowId()): Rows {
  const row = rows[at]
  return row ? rows.toSpliced(at + 1, 0, { ...row, id }) : rows
}

/** The row one place up (-1) or down (1); at the end it stays. */
export const moveRow = (rows: Rows, at: number, by: -1 | 1): Rows => moveRowTo(rows, at, at + by)

export function moveRowTo(rows: Rows, from: number, to: number): Rows {
  const row = rows[from]
  if (!row || to < 0 || to >= rows.length) return rows
  return rows.toSpliced(from, 1).toSpliced(to, 0, row)
}

export const setCell = (rows: Rows, at: number, column: string, value: CellValue): Rows =>
  rows.map((row, index) => (index === at ? withCell(row, column, value) : row))

/** What is written into a cell; the first thing written in a row brings the defaults of its other columns. */
export function writeCell(
  rows: Rows,
  at: number,
  column: string,
  value: CellValue,
  { form, around }: { readonly form: FormModel; readonly around: RowSurroundings },
): Rows {
  const before = rows[at]
  const next = setCell(rows, at, column, value)
  const row = next[at]
  if (!before || !row || isBegun(before, form)) return next
  return next.with(
    at,
    withDefaults(row, form, around, () => true),
  )
}

function withCell(row: TableRow, column: string, value: CellValue): TableRow {
  const { [column]: _, ...others } = row
  return value === null ? { ...others, id: row.id } : { ...others, id: row.id, [column]: value }
}

/** Lines and cells of what a spreadsheet puts on the clipboard: tabs between cells, quotes around those with line breaks. */
export function readTsv(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [[]]
  const pattern = /("(?:[^"]|"")*"|[^\t\r\n]*)(\t|\r\n|\n|\r|$)/g
  for (const [, cell = '', end = ''] of text.matchAll(pattern)) {
    const isQuoted = cell.length > 1 && cell.startsWith('"') && cell.endsWith('"')
    lines.at(-1)?.push(isQuoted ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    if (end === '') break
    if (end !== '\t') lines.push([])
  }
  const isEmpty = (line: readonly string[] | undefined) => line?.every((cell) => cell === '') ?? false
  return isEmpty(lines.at(-1)) ? lines.slice(0, -1) : lines
}

const isEntered = ({ definition }: FieldModel): boolean =>
  definition !== undefined && columnBehaviour(definition as Parameters<typeof columnBehaviour>[0]).traits.entered

/** Columns that a person writes into. */
export const enteredColumns = (form: FormModel): readonly FieldModel[] => [...form.fields.values()].filter(isEntered)

/** A name that was pasted into a column of people, departments or records, and where. */
export type PastedName = { readonly row: string; readonly column: FieldModel; readonly text: string }

/**
 * Puts a block of texts into the rows from a cell on, new rows below as needed, each with its defaults. A text that
 * cannot be read stays as it is, so that its place says what is wrong. Whom names mean is not known here: those cells
 * are made blank and told.
 */
export function pasteCells(
  rows: Rows,
  form: FormModel,
  from: { readonly row: number; readonly column: string },
  block: readonly (readonly string[])[],
  {
    around,
    max,
    id = newRowId,
  }: { readonly around: RowSurroundings; readonly max: number; readonly id?: () => string },
): { readonly rows: Rows; readonly names: readonly PastedName[] } {
  const columns = [...form.fields.values()]
  const first = columns.findIndex((column) => column.id === from.column)
  const needed = Math.min(from.row + block.length, max)
  const names: PastedName[] = []
  let next: Rows = rows
  while (next.length < needed) next = addRow(next, next.length, id())
  const pasted = next.map((row, at) => {
    const line = block[at - from.row]
    if (at < from.row || line === undefined) return row
    const filled = line.reduce<TableRow>((all, text, index) => {
      const column = columns[first + index]
      if (!column || !isEntered(column)) return all
      if (column.target) {
        if (text.trim() !== '') names.push({ row: row.id, column, text: text.trim() })
        return withCell(all, column.id, null)
      }
      const read = normaliseField(text, column, { form, zone: around.zone })
      return withCell(all, column.id, read.ok ? (read.value as CellValue) : text)
    }, row)
    const isNamed = (column: string) => names.some((name) => name.row === row.id && name.column.id === column)
    const whole = isBegun(row, form) ? filled : withDefaults(filled, form, around, (column) => !isNamed(column))
    return visibleRow(whole, form, around)
  })
  return { rows: pasted, names }
}

/** Sums of the columns that have one, exact, by column; a cell that is no number counts as none. */
export function totalsOf(rows: Rows, form: FormModel): ReadonlyMap<string, CellValue> {
  const totals = new Map<string, CellValue>()
  for (const column of form.fields.values()) {
    const { definition, value } = column
    if (!definition || !('total' in definition) || definition.total !== true) continue
    const scale = value.scale ?? 0
    const scaled = rows.map((row) => parseScaled(String(row[column.id] ?? ''), scale) ?? 0)
    const sum = scaled.reduce((all, one) => all + one, 0)
    totals.set(column.id, value.kind === 'integer' ? sum : formatScaled(sum, scale))
  }
  return totals
}
