import {
  type CellValue,
  columnBehaviour,
  type FieldModel,
  type FormModel,
  formatScaled,
  normaliseField,
  parseScaled,
  type TableRow,
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
export function moveRow(rows: Rows, at: number, by: -1 | 1): Rows {
  const row = rows[at]
  if (!row || at + by < 0 || at + by >= rows.length) return rows
  return rows.toSpliced(at, 1).toSpliced(at + by, 0, row)
}

export const setCell = (rows: Rows, at: number, column: string, value: CellValue): Rows =>
  rows.map((row, index) => (index === at ? withCell(row, column, value) : row))

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

/**
 * Puts a block of texts into the rows from a cell on, new rows below as needed. A text that cannot be read stays as it
 * is, so that its place says what is wrong; columns of people and records take no text.
 */
export function pasteCells(
  rows: Rows,
  form: FormModel,
  from: { readonly row: number; readonly column: string },
  block: readonly (readonly string[])[],
  { zone, max, id = newRowId }: { readonly zone: string; readonly max: number; readonly id?: () => string },
): Rows {
  const columns = [...form.fields.values()]
  const first = columns.findIndex((column) => column.id === from.column)
  const needed = Math.min(from.row + block.length, max)
  let next: Rows = rows
  while (next.length < needed) next = addRow(next, next.length, id())
  return next.map((row, at) => {
    const line = block[at - from.row]
    if (at < from.row || line === undefined) return row
    return line.reduce<TableRow>((all, text, index) => {
      const column = columns[first + index]
      if (!column || !isEntered(column) || column.target) return all
      const read = normaliseField(text, column, { form, zone })
      return withCell(all, column.id, read.ok ? (read.value as CellValue) : text)
    }, row)
  })
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
