import { PassThrough, Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import ExcelJS from 'exceljs'
import type { Cell } from './export-cells.ts'

export type Table = { readonly headings: readonly string[]; readonly rows: AsyncIterable<readonly Cell[]> }

/** Signs by which a spreadsheet takes a text for a formula, full-width ones included. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/

/** A text as it must stand in CSV, where a cell cannot say that it is text: an apostrophe keeps it from being computed. */
export const csvText = (text: string): string => (formulaStart.test(text) ? `'${text}` : text)

/** CSV as spreadsheets read it without being asked: UTF-8 with BOM, comma, CRLF. */
export function csvFile({ headings, rows }: Table): Readable {
  const lines = stringify({ bom: true, record_delimiter: 'windows' })
  const cells = async function* () {
    yield headings.map(csvText)
    for await (const row of rows) yield row.map((cell) => (cell === null ? '' : 'number' in cell ? cell.number : csvText(cell.text)))
  }
  const source = Readable.from(cells())
  source.on('error', (error) => lines.destroy(error))
  return source.pipe(lines)
}

/** XLSX written row by row, so that a long table needs no more memory than a short one. */
export function xlsxFile({ headings, rows }: Table): Readable {
  const stream = new PassThrough()
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
  const sheet = workbook.addWorksheet('Tenon', { views: [{ state: 'frozen', ySplit: 1 }] })
  const write = async () => {
    sheet.addRow([...headings]).commit()
    for await (const row of rows) sheet.addRow(row.map(xlsxValue)).commit()
    sheet.commit()
    await workbook.commit()
  }
  write().catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))))
  return stream
}

/** A number as number while a double holds it exactly; else its digits as text, which is right though not summable. */
function xlsxValue(cell: Cell): string | number | null {
  if (cell === null) return null
  if ('text' in cell) return cell.text.slice(0, 32_767)
  const value = Number(cell.number)
  return Number.isFinite(value) && cell.number.replace(/[-.]/g, '').length <= 15 ? value : cell.number
}
