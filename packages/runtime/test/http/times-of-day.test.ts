import type { PublishPlan, RecordView } from '@tenon/runtime/contract'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, tickets, wireFiles } from './desk.ts'
import { fieldTrial } from './field-trial.ts'

const withTimes =
  (old: 'text' | 'time') =>
  (files: Documents): void => {
    files['forms/ticket.json'].fields.push(
      { id: 'visit', type: 'time', label: '上门时刻', default: '9:30' },
      { id: 'day', type: 'date', label: '上门日期' },
      { id: 'old', type: old, label: '旧时刻' },
      {
        id: 'leave',
        type: 'formula',
        label: '离开时刻',
        formula: 'visit + duration("PT1H30M")',
        result: 'time',
      },
      {
        id: 'late',
        type: 'formula',
        label: '夜间',
        formula: 'visit >= time("18:00:00") or visit < time("06:00:00")',
        result: 'boolean',
      },
      {
        id: 'at',
        type: 'formula',
        label: '上门时间',
        formula: 'date and time(day, visit)',
        result: 'dateTime',
      },
    )
  }

eachDatabase((database) => {
  let desk: Desk
  let trial: ReturnType<typeof fieldTrial>
  beforeAll(async () => {
    desk = await openDesk(database.url, {}, withTimes('text'))
    trial = fieldTrial(desk, 'visit', '上门时刻')
    for (const [subject, visit] of [
      ['morning', '9:05'],
      ['afternoon', '下午3:20'],
      ['night', '23:59'],
      ['none', null],
    ])
      expect(await trial.write(subject as string, visit)).toMatchObject({ status: 201 })
  })
  afterAll(() => desk.close())

  const record = async (id: string) => (await desk.boss.send('GET', `${tickets}/${id}`)).json<RecordView>()

  test('is asked for before, after and between, in the order of the clock', async () => {
    expect(await trial.found('lessThan', '12:00')).toEqual(['morning'])
    expect(await trial.found('greaterThanInclusive', '15:20:00')).toEqual(['afternoon', 'night'])
    expect(await trial.found('between', ['09:05', '16:00'])).toEqual(['afternoon', 'morning'])
    expect(await trial.found('equal', '23:59')).toEqual(['night'])
    expect(await trial.found('isEmpty')).toEqual(['none'])
    const order = (await trial.sorted('visit')).filter((subject) => subject !== 'none')
    expect(order).toEqual(['morning', 'afternoon', 'night'])
  })

  test('formulas calculate with it', async () => {
    const values = { subject: 'computed', visit: '22:45', day: '2026-03-02' }
    const made = await desk.boss.send('POST', tickets, { values })
    expect(made.json<RecordView>().values).toMatchObject({ leave: '00:15:00', late: true, at: expect.any(String) })
    const { id, version } = made.json<RecordView>()
    const changed = await desk.boss.send('PATCH', `${tickets}/${id}`, { values: { visit: '8:00' }, version })
    expect(changed.json<RecordView>().values).toMatchObject({ leave: '09:30:00', late: false })
    const plain = await desk.boss.send('POST', tickets, { values: { subject: 'default' } })
    expect(plain.json<RecordView>().values.visit).toBe('09:30:00')
    for (const made of [id, plain.json<RecordView>().id]) await desk.boss.send('DELETE', `${tickets}/${made}`)
  })

  test('what is none is refused at its place', async () => {
    for (const visit of ['24:00', '晚上12点', 905]) {
      const made = await trial.write('wrong', visit)
      expect([made.status, made.errors]).toMatchObject([422, [{ code: 'field.notTime', path: '/visit' }]])
    }
  })

  test('goes out as on a clock and comes in as people and spreadsheets write it', async () => {
    expect(await trial.exported()).toContain('\r\nmorning,09:05\r\n')
    const done = await trial.imported(['i1,9:05', 'i2,下午3点20分', 'i3,3:20 PM', 'i4,25:00'], 'partial')
    expect(done).toMatchObject({
      created: 3,
      failed: 1,
      errors: [{ row: 5, column: '上门时刻', code: 'field.notTime' }],
    })
    expect(await trial.found('in', ['09:05:00', '15:20:00'])).toEqual(['afternoon', 'i1', 'i2', 'i3', 'morning'])
    const book = new ExcelJS.Workbook()
    const sheet = book.addWorksheet('1')
    sheet.addRow(['主题', '上门时刻'])
    const cell = sheet.addRow(['sheet', 7 / 24 + 45 / 1440]).getCell(2)
    cell.numFmt = 'h:mm'
    expect(await trial.imported(Buffer.from(await book.xlsx.writeBuffer()))).toMatchObject({ created: 1, failed: 0 })
    expect(await trial.found('equal', '07:45:00')).toEqual(['sheet'])
  })

  test('a text becomes a time of day where it is one', async () => {
    for (const old of ['3:20 PM', '9点半', '上午'])
      await desk.boss.send('POST', tickets, { values: { subject: `was ${old}`, old } })
    const files = wireFiles(withTimes('time'))
    const plan = (await desk.boss.send('POST', '/api/design/apps/desk/plan', { files })).json<PublishPlan>()
    const [step] = plan.steps.filter(({ kind }) => kind === 'confirm')
    expect([step?.key, step?.lost, step?.values.map(({ value }) => value)]).toEqual([
      'fieldConverted:ticket.old',
      1,
      ['上午'],
    ])
    const confirm = ['fieldConverted:ticket.old']
    const done = await desk.admin.send('POST', '/api/design/apps/desk/publish', { files, confirm })
    expect(done.statusCode, done.body).toBe(200)
    const found = await desk.boss.send('GET', `${tickets}?size=50&q=was`)
    const old = await Promise.all(
      found.json<{ items: { id: string }[] }>().items.map(async ({ id }) => {
        const { values } = await record(id)
        return [values.subject, values.old ?? null]
      }),
    )
    expect(Object.fromEntries(old)).toEqual({ 'was 3:20 PM': '15:20:00', 'was 9点半': '09:30:00', 'was 上午': null })
  })
})
