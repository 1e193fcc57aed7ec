import { expect, test } from 'vitest'
import type { FormDefinition } from '../definitions/form.ts'
import { systemFieldIds } from '../fields/schemas.ts'
import { formModel } from './form-model.ts'

const definition: FormDefinition = {
  id: 'asset',
  kind: 'form',
  schemaVersion: 1,
  label: '设备',
  title: { formula: 'name' },
  stages: [
    { id: 'in_use', label: '在用', category: 'open' },
    { id: 'scrapped', label: '报废', category: 'closed' },
  ],
  fields: [
    { type: 'text', id: 'name', label: '名称' },
    { type: 'stage', id: 'state', label: '状态' },
    { type: 'date', id: 'bought_on', label: '购买日期' },
    { type: 'money', id: 'price', label: '价格' },
    { type: 'formula', id: 'is_old', label: '老旧', formula: 'age > 5', result: 'boolean' },
    { type: 'formula', id: 'age', label: '年数', formula: 'today().year - bought_on.year', result: 'number' },
    { type: 'formula', id: 'mine', label: '我的', formula: 'created_by = user.id', result: 'boolean' },
    { type: 'formula', id: 'double', label: '两倍', formula: 'price * 2', result: 'money' },
    { type: 'formula', id: 'broken', label: '坏', formula: '1 +', result: 'number' },
    { type: 'text', id: 'title', label: '与系统字段同名' },
  ],
}
const form = formModel(definition, { id: 'demo', currency: 'USD' })

test('system fields stand beside the authored ones, and win over one of the same id', () => {
  expect([...form.fields.keys()].slice(0, 7).sort()).toEqual([...systemFieldIds].sort())
  expect(form.fields.get('title')).toMatchObject({ system: true, definition: undefined })
  expect(form.fields.get('created_at')?.value).toEqual({ kind: 'instant' })
  expect(form.fields.get('updated_by')?.target).toEqual({ kind: 'user' })
})
test('stages by id, and the field that holds them', () => {
  expect(form.stageField).toBe('state')
  expect([...form.stages.keys()]).toEqual(['in_use', 'scrapped'])
})
test("money is in the app's currency", () =>
  expect(form.fields.get('double')?.value).toEqual({ kind: 'money', scale: 2, currency: 'USD' }))
test('what depends on the day or the reader, itself or through another formula, is not stored', () => {
  expect([...form.fields.values()].filter(({ stored }) => !stored).map(({ id }) => id)).toEqual([
    'is_old',
    'age',
    'mine',
  ])
})
