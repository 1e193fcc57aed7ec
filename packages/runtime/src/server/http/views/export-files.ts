import { PassThrough, Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import type { Cell } from './export-cells.ts'

export type Table = { readonly headings: readonly string[]; readonly rows: AsyncIterable<readonly Cell[]> }

/** Signs by which a spreadsheet takes a text for a formula, full-width ones included. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/

/** A text as it must stand in CSV, where a cell cannot say that it is text: an apostrophe keeps it from being computed. */
export const csvText = (text: string): string => (formulaStart.test(text) ? `'${text}` : text)

const csvCell = (cell: Cell): string =>
  cell === null
    ? ''
    : 'text' in cell
      ? csvText(cell.text)
      : 'number' in cell
        ? cell.number
        : 'day' in cell
          ? cell.day
          : cell.moment

/** CSV as spreadsheets read it without being asked: UTF-8 with BOM, comma, CRLF. */
export function csvFile({ headings, rows }: Table): Readable {
  const lines = stringify({ bom: true, record_delimiter: 'windows' })
  const cells = async function* () {
    yield headings.map(csvText)
    for await (const row of rows) yield row.map(csvCell)
  }
  const source = Readable.from(cells())
  source.on('error', (error) => lines.destroy(error))
  return source.pipe(lines)
}

/** XLSX written row by row, so that a long table needs no more memory than a short one. */
export function xlsxFile({ headings, rows }: Table): Readable {
  const stream = new PassThrough()
  const write = async () => {
    // When first wanted: loading it takes a fifth of the whole start.
    const { default: ExcelJS } = await import('exceljs')
    const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
    const sheet = workbook.addWorksheet('Tenon', { views: [{ state: 'frozen', ySplit: 1 }] })
    sheet.addRow([...headings]).commit()
    for await (const row of rows) {
      const line = sheet.addRow(row.map(xlsxValue))
      row.forEach((cell, at) => {
        const format =
          cell === null
            ? undefined
            : 'day' in cell
              ? 'yyyy-mm-dd'
              : 'moment' in cell
                ? 'yyyy-mm-dd hh:mm:ss'
                : undefined
        if (format) line.getCell(at + 1).numFmt = format
      })
      line.commit()
    }
    sheet.commit()
    await workbook.commit()
  }
  write().catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))))
  return stream
}

/** A number as number while a double holds it exactly; else its digits as text, which is right though not summable. */
function xlsxValue(cell: Cell): string | number | Date | null {
  if (cell === null) return null
  if ('text' in cell) return cell.text.slice(0, 32_767)
  // A spreadsheet's dates have no zone: the wall clock as if it were UTC.
  if ('day' in cell) return new Date(`${cell.day}T00:00:00Z`)
  if ('moment' in cell) return new Date(`${cell.moment.replace(' ', 'T')}Z`)
  const value = Number(cell.number)
  return Number.isFinite(value) && cell.number.replace(/[-.]/g, '').length <= 15 ? value : cell.number
}
