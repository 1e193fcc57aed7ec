import { buffer } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import type { Cell } from './export-cells.ts'
import { csvFile, csvText, xlsxFile } from './export-files.ts'

// Not `text()`: it would take the byte order mark away.
const text = async (stream: Parameters<typeof buffer>[0]) => (await buffer(stream)).toString('utf8')
const dangerous = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  "=cmd|'/c calc'!A1",
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
  '="x"',
  '\n=1',
]
const rows = async function* (cells: readonly (readonly Cell[])[]) {
  yield* cells
}

describe('a text of a customer is no formula in a spreadsheet of ours (RT-G3)', () => {
  test.each(dangerous)('%j in CSV begins with an apostrophe', async (given) => {
    const file = await text(csvFile({ headings: ['a'], rows: rows([[{ text: given }]]) }))
    expect(csvText(given)).toBe(`'${given}`)
    expect(file).toContain(`'${given.replaceAll('"', '""')}`)
  })

  test('in XLSX it is a cell of text', async () => {
    const chunks: Buffer[] = []
    for await (const chunk of xlsxFile({
      headings: ['a', 'b'],
      rows: rows(dangerous.map((given) => [{ text: given }, { number: '-12.50' }])),
    }))
      chunks.push(chunk as Buffer)
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(Buffer.concat(chunks) as never)
    const sheet = workbook.worksheets[0]
    dangerous.forEach((_, at) => {
      expect(sheet?.getCell(at + 2, 1).type).toBe(ExcelJS.ValueType.String)
      expect(sheet?.getCell(at + 2, 2).value).toBe(-12.5)
    })
  })

  test('headings are texts too', async () => {
    expect(await text(csvFile({ headings: ['=evil()'], rows: rows([]) }))).toBe("\ufeff'=evil()\r\n")
  })
})

test('numbers stay numbers, negative ones too; days and moments are what a spreadsheet reads', async () => {
  const cells: Cell[] = [
    { number: '-12.50' },
    { number: '9007199254740993' },
    { day: '2026-03-02' },
    { moment: '2026-03-02 09:30:00' },
    null,
    { text: '你好, "x"' },
  ]
  expect(await text(csvFile({ headings: ['h'], rows: rows([cells]) }))).toBe(
    '\ufeffh\r\n-12.50,9007199254740993,2026-03-02,2026-03-02 09:30:00,,"你好, ""x"""\r\n',
  )
})

test('an error of the database breaks the file off, it does not end it as if it were whole', async () => {
  const broken = async function* () {
    yield [{ text: 'x' }] as const
    throw new Error('gone')
  }
  await expect(text(csvFile({ headings: ['h'], rows: broken() }))).rejects.toThrow()
})
