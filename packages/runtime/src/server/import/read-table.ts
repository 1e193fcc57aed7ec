import { parse } from 'csv-parse/sync'
import { TenonError } from '../tenon-error.ts'
import { decodeText } from './decode-text.ts'

/** Most columns a file may have: more is not a table of records but a mistake. */
const mostColumns = 1000
const mostRows = 1_000_000

/** A file as text cells. `rows[i]` is line `lineOf(i)` of the file, counted as a person counts: the header is line 1. */
export type Table = { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
export const lineOf = (row: number): number => row + 2

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
  try {
    return tableOf(
      parse(text, {
        bom: true,
        delimiter: delimiter ?? guessDelimiter(text),
        relax_column_count: true,
        skip_empty_lines: true,
        relax_quotes: true,
        max_record_size: 4_000_000,
      }),
    )
  } catch (cause) {
    throw new TenonError('import.unreadable', { reason: cause instanceof Error ? cause.message : '' })
  }
}

/** The delimiter that splits the header into most columns. */
function guessDelimiter(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/))
  const counts = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, parts: header.split(delimiter).length }))
  return counts.reduce((best, one) => (one.parts > best.parts ? one : best)).delimiter
}

function tableOf(lines: readonly (readonly string[])[]): Table {
  const [header, ...rows] = lines
  if (!header) throw new TenonError('import.empty')
  if (header.length > mostColumns)
    throw new TenonError('import.tooManyColumns', { columns: header.length, max: mostColumns })
  if (rows.length > mostRows) throw new TenonError('import.tooManyRows', { rows: rows.length, max: mostRows })
  const columns = header.map((name) => name.trim())
  const twice = columns.find((name, i) => name !== '' && columns.indexOf(name) !== i)
  if (twice !== undefined) throw new TenonError('import.columnTwice', { column: twice })
  return { columns, rows }
}

async function readSheet(bytes: Uint8Array): Promise<readonly (readonly string[])[]> {
  const { default: ExcelJS } = await import('exceljs')
  const workbook = new ExcelJS.Workbook()
  try {
    await workbook.xlsx.load(Buffer.from(bytes) as unknown as Parameters<typeof workbook.xlsx.load>[0])
  } catch (cause) {
    throw new TenonError('import.unreadable', { reason: cause instanceof Error ? cause.message : '' })
  }
  const lines: string[][] = []
  workbook.worksheets[0]?.eachRow({ includeEmpty: false }, (row) => {
    const cells: string[] = []
    for (let i = 1; i <= row.cellCount; i += 1) cells.push(cellText(row.getCell(i).value))
    if (cells.some((cell) => cell !== '')) lines.push(cells)
  })
  return lines
}

/** What a person sees in a cell; days and moments as ISO, formulas by their result. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
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
