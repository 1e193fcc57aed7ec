import { expect, test } from 'vitest'
import { Desk, deskApp } from '../../test/desk.ts'

const nine = [['09:00', '18:00']]
const calendar = {
  id: 'service_hours',
  kind: 'calendar',
  schemaVersion: 1,
  label: 'Service',
  zone: 'Asia/Shanghai',
  weekly: { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine },
  days: [{ date: '2026-03-09', off: true }],
}

test('a calculated field counts workdays by the calendar it names, and a rule by the usual one of the app', async () => {
  const desk = new Desk(
    deskApp((files) => {
      files['calendars/service_hours.json'] = calendar
      files['app.json'] = { ...files['app.json'], calendar: 'service_hours' }
      const ticket = files['forms/ticket.json'] as { fields: object[] }
      ticket.fields.push({
        type: 'formula',
        id: 'answer_by',
        label: 'Answer by',
        formula: 'workdays add(due, 1, "service_hours")',
        result: 'dateTime',
      })
      files['rules/soon.json'] = {
        id: 'soon',
        kind: 'rule',
        schemaVersion: 1,
        label: 'Soon',
        form: 'ticket',
        on: { events: ['created'] },
        if: { formula: '工作日差(today(), date(due)) <= 4' },
        then: [{ id: 'say', type: 'set', values: { solution: 'soon' } }],
      }
    }),
  )
  // Friday the 6th; Monday the 9th is a holiday here. Today is Monday the 2nd.
  const friday = await desk.make('ticket', { subject: 'one', due: '2026-03-06T02:00:00Z' })
  expect(desk.row(friday)?.data).toMatchObject({ answer_by: '2026-03-10T02:00:00.000Z', solution: 'soon' })
  const tuesday = await desk.make('ticket', { subject: 'two', due: '2026-03-10T02:00:00Z' })
  expect(desk.row(tuesday)?.data.answer_by).toBe('2026-03-11T02:00:00.000Z')
  expect(desk.row(tuesday)?.data.solution ?? null).toBe(null)
})
