import { describe, expect, test } from 'vitest'
import type { FormDefinition } from '../definitions/form.ts'
import { parseInstant } from '../kernel/instant.ts'
import { checkForm } from './check-form.ts'
import { evaluateForm } from './evaluate-form.ts'
import { formModel } from './form-model.ts'
import { isCellVisible } from './rows.ts'
import type { FormInput } from './types.ts'

const shownFor = (kind: string) => ({ fact: 'record', path: '$.kind', operator: 'equal', value: kind }) as const
const definition: FormDefinition = {
  id: 'visit',
  kind: 'form',
  schemaVersion: 1,
  label: '上门',
  title: { formula: 'id' },
  fields: [
    {
      type: 'table',
      id: 'lines',
      label: '费用',
      fields: [
        {
          type: 'select',
          id: 'kind',
          label: '类别',
          default: 'part',
          options: [
            { id: 'part', label: '配件' },
            { id: 'labour', label: '工时' },
          ],
        },
        { type: 'number', id: 'quantity', label: '数量', default: 1, visibleWhen: shownFor('part') },
        { type: 'number', id: 'hours', label: '小时', required: true, visibleWhen: shownFor('labour') },
        { type: 'user', id: 'by', label: '经办', default: { ref: '$.user.id' } },
        { type: 'money', id: 'price', label: '单价', default: { formula: 'if kind = "labour" then 100 else null' } },
        {
          type: 'formula',
          id: 'amount',
          label: '金额',
          formula: 'price * (if hours = null then quantity else hours)',
          result: 'money',
        },
        {
          type: 'formula',
          id: 'day_rate',
          label: '日价',
          formula: 'price * 8',
          result: 'money',
          visibleWhen: shownFor('labour'),
        },
      ],
    },
    { type: 'formula', id: 'cost', label: '合计', formula: 'sum(lines.amount)', result: 'money' },
  ],
}
const form = formModel(definition, { id: 'demo', currency: 'CNY' })
const user = {
  id: 'u1',
  username: 'li',
  name: '李',
  department: null,
  superior: null,
  departments: [],
  roles: [],
  locale: 'zh-CN',
  zone: 'Asia/Shanghai',
}
const facts = { now: parseInstant('2026-03-02T00:00:00Z') ?? 0, zone: 'Asia/Shanghai', user }
const evaluate = (lines: unknown, more: Partial<FormInput> = {}) =>
  evaluateForm(form, { mode: 'create', data: { lines }, facts, rights: new Map([['lines', 'edit']]), ...more })
const linesOf = (lines: unknown, more: Partial<FormInput> = {}) => evaluate(lines, more).data.lines

describe('defaults of columns', () => {
  test('a row that came without an id is new: blank columns get theirs, each seeing the cells before it', () => {
    expect(linesOf([{ kind: 'labour', hours: 2 }])).toEqual([
      { id: 'v0_1', kind: 'labour', hours: 2, by: 'u1', price: '100.00', amount: '200.00', day_rate: '800.00' },
    ])
    expect(linesOf([{ price: 5 }])).toEqual([
      { id: 'v0_1', kind: 'part', quantity: 1, by: 'u1', price: '5.00', amount: '5.00' },
    ])
  })
  test('a blank that was sent stays blank; so does a row that has its id, and an empty line', () => {
    expect(linesOf([{ price: 5, kind: null, by: '' }])).toEqual([{ id: 'v0_1', price: '5.00' }])
    expect(linesOf([{ id: 'a', price: 5 }])).toEqual([{ id: 'a', price: '5.00' }])
    expect(linesOf([{}, { id: 'b', price: 1 }])).toEqual([{ id: 'v0_1' }, { id: 'b', price: '1.00' }])
    expect(linesOf([{}])).toBe(undefined)
  })
  test('imported history gets none', () => {
    expect(linesOf([{ price: 5 }], { authority: 'history' })).toEqual([{ id: 'v0_1', price: '5.00' }])
  })
})

describe('columns that a row shows', () => {
  test('a cell that is not visible is blank, computed ones too, and counts in no sum', () => {
    const { data, problems } = evaluate([{ id: 'a', kind: 'part', quantity: 2, hours: 9, price: 10 }])
    expect([data, problems]).toEqual([
      { lines: [{ id: 'a', kind: 'part', quantity: 2, price: '10.00', amount: '20.00' }], cost: '20.00' },
      [],
    ])
  })
  test('a required column is required where it is visible', () => {
    expect(evaluate([{ id: 'a', kind: 'labour' }]).problems).toMatchObject([
      { code: 'field.required', path: '/lines/0/hours' },
    ])
  })
  test('rows nobody wrote stay as they were stored, whatever their columns say now', () => {
    const stored = [{ id: 'a', kind: 'part', hours: 3 }]
    const { changed } = evaluateForm(form, {
      mode: 'edit',
      data: {},
      facts: { ...facts, record: { lines: stored } },
      rights: new Map([['lines', 'edit']]),
    })
    expect(changed).not.toContain('lines')
  })
  test('the page asks the same of one row', () => {
    const rows = form.fields.get('lines')?.rows
    if (!rows) throw new Error('no rows')
    const shown = (kind: string) => isCellVisible({ id: 'a', kind }, 'hours', rows, facts)
    expect([shown('part'), shown('labour')]).toEqual([false, true])
  })
  test('a condition that leaves its row is named', () => {
    const bad = structuredClone(definition) as typeof definition
    const [table] = bad.fields as unknown as [{ fields: { visibleWhen?: object }[] }]
    const [, quantity] = table.fields
    if (quantity) quantity.visibleWhen = { fact: 'record', path: '$.by.department', operator: 'isEmpty' }
    expect(checkForm(formModel(bad, { id: 'demo', currency: 'CNY' }), () => undefined)).toMatchObject([
      { code: 'table.condition', path: '/fields/0/fields/1/visibleWhen', details: { name: 'by.department' } },
    ])
  })
})
