import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { type Desk, openDesk } from '../http/desk.ts'

// P10: all or nothing with a report for each bad row; "valid rows only" is a separate choice.
type Job = {
  id: string
  state: string
  problem: { code: string } | null
  result: { rows: number; created: number; failed: number; errors: { row: number; column: string | null }[] } | null
}
type Row = { readonly name: string; readonly level: string; readonly wrong: 'name' | 'level' | undefined }

const row = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('普通', 'VIP', 'vip', '').map((level) => ({ level, wrong: undefined })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('没有', '=1+1', '<b>', '普通,VIP').map((level) => ({ level, wrong: 'level' as const })),
  },
  { weight: 1, arbitrary: fc.constant({ level: '普通', wrong: 'name' as const }) },
)
/** Names need quotes in a file, or look like something else; blank ones are wrong, they are required. */
const shapes = ['{n}', '"{n}"', '客户，{n}', 'a,{n};b', ' {n}', '={n}', '多\n行 {n}', '0{n}', '😀{n}']
const file = fc.record({
  rows: fc.array(row, { maxLength: 40 }),
  shape: fc.integer({ min: 0, max: shapes.length - 1 }),
  format: fc.constantFrom('csv', 'csv-bom', 'csv-semicolon', 'csv', 'xlsx'),
  mode: fc.constantFrom('all', 'partial'),
})

eachDatabase((database) => {
  let desk: Desk
  let turn = 0
  beforeAll(async () => {
    desk = await openDesk(database.url, {}, (files) => {
      files['forms/customer.json'].access.push({ id: 'importing', role: 'manager', can: ['read', 'create', 'import'] })
    })
  })
  afterAll(() => desk.close())

  const customers = async () =>
    (await desk.boss.send('GET', '/api/apps/desk/forms/customer/records?size=1')).json<{ total: number }>().total

  const importing = async (content: Buffer, name: string, mode: string): Promise<Job> => {
    const head = [
      '--b',
      'content-disposition: form-data; name="mapping"',
      '',
      JSON.stringify({
        fields: [
          { field: 'name', column: '名称' },
          { field: 'level', column: '级别' },
        ],
      }),
      '--b',
      'content-disposition: form-data; name="mode"',
      '',
      mode,
      '--b',
      `content-disposition: form-data; name="file"; filename="${name}"`,
      '',
      '',
    ].join('\r\n')
    const started = await desk.boss.send(
      'POST',
      '/api/apps/desk/forms/customer/import',
      Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--b--\r\n')]),
      { 'content-type': 'multipart/form-data; boundary=b' },
    )
    expect(started.statusCode, started.body).toBe(202)
    for (;;) {
      const job = (await desk.boss.send('GET', `/api/jobs/${started.json<Job>().id}`)).json<Job>()
      if (job.state !== 'waiting' && job.state !== 'running') return job
      await new Promise((done) => setTimeout(done, 10))
    }
  }

  test('the report names exactly the wrong rows; nothing or exactly the right ones are written', async () => {
    let wrongRows = 0
    await fc.assert(
      fc.asyncProperty(file, async ({ rows, shape, format, mode }) => {
        turn += 1
        const named: Row[] = rows.map((one, index) => ({
          ...one,
          name: one.wrong === 'name' ? '' : (shapes[shape] ?? '').replace('{n}', `${turn}-${index}`),
        }))
        const wrong = named.flatMap((one, index) => (one.wrong === undefined ? [] : [index + 2]))
        const before = await customers()
        const job = await importing(await written(named, format), format === 'xlsx' ? 'a.xlsx' : 'a.csv', mode)
        const after = await customers()
        wrongRows += wrong.length
        if (rows.length === 0) {
          expect([job.state, after]).toEqual([job.state, before])
          return
        }
        const reported = [...new Set(job.result?.errors.map((error) => error.row))].sort((a, b) => a - b)
        // A text with line breaks takes several lines of the file: rows are then told by the line they end on or begin at.
        if (shape !== shapes.indexOf('多\n行 {n}')) expect(reported).toEqual(wrong)
        expect(reported).toHaveLength(wrong.length)
        const right = rows.length - wrong.length
        if (mode === 'all' && wrong.length > 0) {
          expect(job).toMatchObject({ state: 'failed', problem: { code: 'import.rowsWrong' } })
          expect(after).toBe(before)
        } else {
          expect(job).toMatchObject({
            state: 'done',
            result: { rows: rows.length, created: right, failed: wrong.length },
          })
          expect(after).toBe(before + right)
        }
      }),
      { numRuns: 50, seed: 20_260_302 },
    )
    expect(wrongRows).toBeGreaterThan(50)
  }, 120_000)
})

async function written(rows: readonly Row[], format: string): Promise<Buffer> {
  if (format === 'xlsx') {
    const book = new ExcelJS.Workbook()
    const sheet = book.addWorksheet('a')
    sheet.addRow(['名称', '级别'])
    for (const { name, level } of rows) sheet.addRow([name, level])
    return Buffer.from(await book.xlsx.writeBuffer())
  }
  const separator = format === 'csv-semicolon' ? ';' : ','
  const cell = (text: string) => (/[",;\n]|^\s/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const lines = [['名称', '级别'], ...rows.map(({ name, level }) => [name, level])]
  const text = lines.map((line) => line.map(cell).join(separator)).join('\r\n')
  return Buffer.from(format === 'csv-bom' ? `\ufeff${text}\r\n` : text)
}
