import { CsvError, type Options, parse } from 'csv-parse/sync'
import { TenonError } from '../tenon-error.ts'
import { decodeText } from './decode-text.ts'

/** Most columns a file may have: more is not a table of records but a mistake. */
const mostColumns = 1000
const mostRows = 1_000_000

/** A file as text cells. `rows[i]` begins in line `lines[i]` of the file, as an editor or a spreadsheet counts them. */
export type Table = {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly lines: readonly number[]
}
type Line = { readonly cells: readonly string[]; readonly line: number }

export type TableOptions = { readonly encoding?: string | undefined; readonly delimiter?: string | undefined }

/** Reads CSV (any encoding and delimiter that can be told) or XLSX (first sheet), also gzipped. */
export async function readTable(bytes: Uint8Array, options: TableOptions = {}): Promise<Table> {
  if (bytes.length === 0) throw new TenonError('import.empty')
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return tableOf(await readSheet(bytes))
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) throw new TenonError('import.oldExcel')
  return readCsv(decodeText(bytes, options.encoding), options.delimiter)
}

function readCsv(text: string, delimiter: string | undefined): Table {
  if (text.includes('\u0000')) throw new TenonError('import.notText')
  const options = {
    bom: true,
    delimiter: delimiter ?? guessDelimiter(text),
    relax_column_count: true,
    skip_empty_lines: true,
    relax_quotes: true,
    max_record_size: 4_000_000,
    info: true,
  } as const
  try {
    return tableOf(csvLines(text, options))
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    // A quote that nobody closes swallows everything behind it, until the file or the patience ends.
    const before = csvLines(text, { ...options, to: Number((cause as { records?: unknown }).records) }).at(-1)
    throw new TenonError('import.quoteOpen', { line: before ? before.line + breaksIn(before.cells) + 1 : 1 })
  }
}

type Parsed = { readonly record: readonly string[]; readonly info: { readonly lines: number } }
const csvLines = (text: string, options: Options): readonly Line[] =>
  (parse(text, options) as unknown as readonly Parsed[]).map(({ record, info }) => ({
    cells: record,
    line: info.lines - breaksIn(record),
  }))

const breaksIn = (cells: readonly string[]): number =>
  cells.reduce(
    (sum, cell) => sum + (cell.includes('\n') || cell.includes('\r') ? cell.split(/\r\n|\r|\n/).length - 1 : 0),
    0,
  )

/** The delimiter that splits the header into most columns. */
function guessDelimiter(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/))
  const counts = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, parts: header.split(delimiter).length }))
  return counts.reduce((best, one) => (one.parts > best.parts ? one : best)).delimiter
}

function tableOf([first, ...rows]: readonly Line[]): Table {
  if (!first) throw new TenonError('import.empty')
  const header = first.cells
  if (header.length > mostColumns)
    throw new TenonError('import.tooManyColumns', { columns: header.length, max: mostColumns })
  if (rows.length > mostRows) throw new TenonError('import.tooManyRows', { rows: rows.length, max: mostRows })
  const columns = header.map((name) => name.trim())
  const twice = columns.find((name, i) => name !== '' && columns.indexOf(name) !== i)
  if (twice !== undefined) throw new TenonError('import.columnTwice', { column: twice })
  return { columns, rows: rows.map(({ cells }) => cells), lines: rows.map(({ line }) => line) }
}

async function readSheet(bytes: Uint8Array): Promise<readonly Line[]> {
  const { default: ExcelJS } = await import('exceljs')
  const workbook = new ExcelJS.Workbook()
  try {
    await workbook.xlsx.load(Buffer.from(bytes) as unknown as Parameters<typeof workbook.xlsx.load>[0])
  } catch {
    throw new TenonError('import.unreadable')
  }
  const lines: Line[] = []
  workbook.worksheets[0]?.eachRow({ includeEmpty: false }, (row, line) => {
    const cells: string[] = []
    // What stands right of the table is a note beside it, not a cell too many.
    const width = Math.min(row.cellCount, lines[0]?.cells.length ?? row.cellCount)
    for (let i = 1; i <= width; i += 1) cells.push(cellText(row.getCell(i).value))
    if (cells.some((cell) => cell !== '')) lines.push({ cells, line })
  })
  return lines
}

const firstDay = Date.UTC(1899, 11, 31)

/** What a person sees in a cell; days and moments as ISO, formulas by their result. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  // A time without a day: spreadsheets count days from there.
  if (value instanceof Date && value.getTime() < firstDay) return value.toISOString().slice(11, 19)
  if (value instanceof Date)
    return value
      .toISOString()
      .replace(/T00:00:00\.000Z$/, '')
      .replace('T', ' ')
      .replace(/\.000Z$/, '')
  if (typeof value !== 'object') return String(value)
  if ('result' in value) return cellText(value.result)
  if ('richText' in value && Array.isArray(value.richText))
    return value.richText.map((part: { text: string }) => part.text).join('')
  if ('text' in value) return cellText(value.text)
  return 'error' in value ? '' : String(value)
}
