import type { FieldModel } from '@tenon/engine'
import { DateTime } from 'luxon'
import type { Group } from './group-rows.ts'
import type { ColumnMapping, ImportMapping } from './mapping.ts'
import type { Table } from './read-table.ts'

/** A cell read for a field: its text, and the row it stands in for messages. */
export type Cell = { readonly text: string | null; readonly row: number }

/** Takes the cells a mapping asks for out of a group of rows. */
export class CellReader {
  readonly #table: Table
  readonly #blanks: ReadonlySet<string>
  readonly #zone: string
  readonly #index: ReadonlyMap<string, number>
  readonly #shiftMs: number

  constructor(table: Table, mapping: ImportMapping, zone: string, shiftMs = 0) {
    this.#shiftMs = shiftMs
    this.#table = table
    this.#blanks = new Set(['', ...(mapping.blank ?? [])])
    this.#zone = mapping.zone ?? zone
    this.#index = new Map(table.columns.map((name, i) => [name, i]))
  }

  /** Text of a cell; null for blank. */
  text(row: number, column: string): string | null {
    const text = (this.#table.rows[row]?.[this.#index.get(column) ?? -1] ?? '').trim()
    return this.#blanks.has(text) ? null : text
  }

  /** The cell that counts for a field among the rows of a record, by `pick` and `where`. */
  cell(group: Group, source: ColumnMapping): Cell {
    const last = group.rows.at(-1) ?? 0
    if (source.column === undefined)
      return { text: source.value === undefined ? null : String(source.value), row: last }
    const column = source.column
    const rows = group.rows.filter((row) => this.#counts(row, source))
    const cells = rows.map((row) => ({ text: this.text(row, column), row }))
    return this.#picked(cells, source) ?? { text: null, row: last }
  }

  /** ISO text of a day or moment written as the mapping says; the text itself when it is not. */
  moment(text: string, format: string | undefined, kind: 'date' | 'instant'): string {
    const parsed =
      format === undefined
        ? DateTime.fromISO(text.replace(' ', 'T'), { zone: this.#zone })
        : DateTime.fromFormat(text, format, { zone: this.#zone })
    if (!parsed.isValid) return text
    const moved = this.#shiftMs === 0 ? parsed : parsed.plus(this.#shiftMs)
    return kind === 'date' ? (moved.toISODate() ?? text) : (moved.toUTC().toISO() ?? text)
  }

  /** Milliseconds of a moment; undefined if it is none. */
  instant(text: string | null, format: string | undefined): number | undefined {
    if (text === null) return undefined
    const ms = Date.parse(this.moment(text, format, 'instant'))
    return Number.isNaN(ms) ? undefined : ms
  }

  #counts(row: number, { where }: ColumnMapping): boolean {
    if (!where) return true
    const text = this.text(row, where.column)
    return (
      (where.in === undefined || (text !== null && where.in.includes(text))) &&
      (where.notIn === undefined || !where.notIn.includes(text ?? ''))
    )
  }

  #picked(cells: readonly Cell[], { pick = 'last', date }: ColumnMapping): Cell | undefined {
    if (pick === 'first') return cells[0]
    if (pick === 'last') return cells.at(-1)
    const order = (cell: Cell) => this.instant(cell.text, date) ?? Number(cell.text)
    const filled = cells.filter((cell) => cell.text !== null)
    return filled.toSorted((a, b) => order(a) - order(b)).at(pick === 'min' ? 0 : -1)
  }
}

/** The raw value for the form's own evaluator: mapped, and days and moments made ISO. */
export function rawValue(reader: CellReader, text: string, source: ColumnMapping, field: FieldModel): string | null {
  const mapped = source.map && Object.hasOwn(source.map, text) ? source.map[text] : text
  if (mapped === null || mapped === undefined) return null
  const kind = field.value.kind
  return kind === 'date' || kind === 'instant' ? reader.moment(mapped, source.date, kind) : mapped
}
