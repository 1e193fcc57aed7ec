import { type FormDefinition, formModel, type View } from '@tenon/engine'
import { describe, expect, test } from 'vitest'
import { become, lacksFor } from './become.ts'

const form = (fields: FormDefinition['fields']) =>
  formModel(
    { id: 'visit', kind: 'form', schemaVersion: 1, label: '上门', title: { formula: 'subject' }, fields },
    { id: 'demo', currency: 'CNY' },
  )
const whole = form([
  { id: 'subject', type: 'text', label: '主题' },
  { id: 'state', type: 'select', label: '状态', options: [{ id: 'open', label: '未完成' }] },
  { id: 'from_day', type: 'date', label: '开始' },
  { id: 'to_day', type: 'date', label: '结束' },
])
const table: View = {
  id: 'mine',
  type: 'table',
  label: { 'zh-CN': '我的', en: 'Mine' },
  where: { fact: 'record', path: '$.subject', operator: 'isNotEmpty' },
  columns: ['subject', 'state'],
  sort: ['-from_day'],
  roles: ['agent'],
}

describe('a view as another type', () => {
  test('keeps what both say and is given the fields it needs, each another one', () => {
    expect(become(table, 'kanban', whole)).toEqual({ ...table, type: 'kanban', by: 'state' })
    expect(become(table, 'gantt', whole)).toEqual({ ...table, type: 'gantt', start: 'from_day', end: 'to_day' })
  })

  test('what the new type does not say goes, what it shares stays, and back again nothing else is lost', () => {
    const gantt = become(table, 'gantt', whole)
    const calendar = become(gantt, 'calendar', whole)
    expect(calendar).toEqual({ ...table, type: 'calendar', start: 'from_day', end: 'to_day' })
    expect(become(calendar, 'table', whole)).toEqual(table)
  })

  test('a table has columns even if the view had none', () => {
    const lanes: View = { id: 'a', type: 'kanban', label: 'A', by: 'state' }
    expect(become(lanes, 'table', whole).columns).toEqual(['subject', 'state', 'from_day', 'to_day'])
  })

  test('says what a form lacks', () => {
    const bare = form([{ id: 'subject', type: 'text', label: '主题' }])
    expect(lacksFor('table', bare)).toBeUndefined()
    // Who made a record, and when, every record says: there are always people for lanes and moments for a calendar.
    expect([lacksFor('kanban', bare), lacksFor('calendar', bare), lacksFor('gallery', bare)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(become({ ...table }, 'calendar', bare)).toMatchObject({ start: 'created_at' })
  })
})
