import { expect, test } from 'vitest'
import { compileCondition } from '../conditions/compile.ts'
import { conditionReads } from '../conditions/reads.ts'
import type { FormDefinition } from '../definitions/form.ts'
import type { Facts } from '../facts.ts'
import { fieldOptions, fieldToText, fieldValueSchema } from '../fields/field.ts'
import type { Field } from '../fields/schemas.ts'
import { compileFormula } from '../formulas/compile.ts'
import type { FieldModel, FormModel } from '../model.ts'
import { evaluateForm } from './evaluate-form.ts'
import { formModels } from './lookups.ts'
import { recompute } from './recompute.ts'

const formOf = (id: string, fields: Field[]): FormDefinition => ({
  id,
  kind: 'form',
  schemaVersion: 1,
  label: id,
  title: { formula: 'id' },
  fields,
})
const customer = formOf('customer', [
  {
    id: 'level',
    type: 'select',
    label: '级别',
    options: [
      { id: 'vip', label: { 'zh-CN': '重要', en: 'Important' } },
      { id: 'plain', label: '普通' },
    ],
  },
  { id: 'credit', type: 'money', label: '授信' },
  { id: 'age', type: 'formula', label: '天数', formula: 'now() - created_at', result: 'duration' },
])
const ticket = formOf('ticket', [
  { id: 'customer', type: 'link', label: '客户', form: 'customer' },
  { id: 'foreign', type: 'link', label: '外部', form: 'crm/customer' },
  { id: 'level', type: 'lookup', label: '客户级别', link: 'customer', field: 'level' },
  { id: 'credit', type: 'lookup', label: '客户授信', link: 'customer', field: 'credit' },
  { id: 'age', type: 'lookup', label: '客户天数', link: 'customer', field: 'age' },
  { id: 'again', type: 'lookup', label: '再次', link: 'customer', field: 'nothing' },
  { id: 'beyond', type: 'lookup', label: '外部级别', link: 'foreign', field: 'level' },
  { id: 'twice', type: 'formula', label: '双倍', formula: 'credit * 2', result: 'money' },
  {
    id: 'reason',
    type: 'text',
    label: '原因',
    visibleWhen: { fact: 'record', path: '$.level', operator: 'equal', value: 'vip' },
  },
])
const visit = formOf('visit', [
  { id: 'ticket', type: 'link', label: '工单', form: 'ticket' },
  { id: 'level', type: 'lookup', label: '客户级别', link: 'ticket', field: 'level' },
])
const forms = formModels([customer, ticket, visit], { id: 'desk', currency: 'CNY' })
const lookup = (name: string) => forms.get(name)
const form = forms.get('ticket') as FormModel
const field = (id: string): FieldModel => form.fields.get(id) as FieldModel
const vip = { id: 'c1', level: 'vip', credit: '50.00' }
const plain = { id: 'c2', level: 'plain', credit: '7.50' }
const facts: Facts = {
  now: 0,
  zone: 'UTC',
  record: { customer: 'c1' },
  linked: (name, id) => (name === 'customer' ? [vip, plain].find((one) => one.id === id) : undefined),
}
const text = { locale: 'en', zone: 'UTC', form } as const
const rights = new Map([...form.fields.keys()].map((id) => [id, 'edit' as const]))
const inBrowser = (data: object, record: Facts['record'] = {}) =>
  evaluateForm(form, { mode: 'edit', data: { ...data }, facts: { ...facts, record }, rights, lookup, partial: true })

test('a lookup is of the type of the field it shows, reads like it, and is not stored', () => {
  expect(field('level')).toMatchObject({ value: { kind: 'text' }, stored: false })
  expect(field('credit').value).toEqual({ kind: 'money', scale: 2, currency: 'CNY' })
  expect(fieldToText('vip', field('level'), text)).toBe('Important')
  expect(fieldToText('1234.50', field('credit'), text)).toBe('¥1,234.50')
  expect(fieldOptions(field('level'), form).map(({ id }) => id)).toEqual(['vip', 'plain'])
  expect(fieldValueSchema(field('level'), form)).toMatchObject({ enum: ['vip', 'plain'] })
})

test.each(['age', 'again', 'beyond'])(
  '%s shows nothing: what it would show is not kept, not there, or elsewhere',
  (id) => {
    expect(field(id)).toMatchObject({ stored: false, value: { kind: 'text' } })
    expect(field(id).shows).toBeUndefined()
  },
)
test('a lookup shows no lookup', () => expect(forms.get('visit')?.fields.get('level')?.shows).toBeUndefined())

test('conditions and formulas read it as the path over its link', () => {
  const condition = { fact: 'record', path: '$.level', operator: 'equal', value: 'vip' } as const
  expect(compileCondition(condition, form, lookup)(facts)).toBe(true)
  expect(compileCondition(condition, form, lookup)({ ...facts, record: { customer: 'c2' } })).toBe(false)
  expect(conditionReads(condition, form, lookup).map(({ path }) => path)).toEqual([['level'], ['customer', 'level']])
  const formula = compileFormula('credit * 2', { form, lookup })
  expect(formula.ok && formula.value.reads.map(({ path }) => path.join('.'))).toEqual(['credit', 'customer.credit'])
  expect(recompute(form, { customer: 'c1' }, ['customer'], facts, lookup)).toEqual({ customer: 'c1', twice: '100.00' })
})

test('a form that is filled in shows at once what is linked to', () => {
  const { computed, fields, data } = inBrowser({ customer: 'c1' })
  expect(computed).toMatchObject({ level: 'vip', credit: '50.00', twice: '100.00' })
  expect(fields.get('level')).toEqual({ visible: true, editable: false, required: false, value: 'vip' })
  expect(fields.get('reason')?.visible).toBe(true)
  expect(data).not.toHaveProperty('level')
  expect(inBrowser({ customer: null }, { customer: 'c1', level: 'vip' }).computed.level).toBeNull()
  expect(inBrowser({ customer: 'c2' }, { customer: 'c1', level: 'vip' }).computed.level).toBe('plain')
  // What the server has said stays where the page knows no more of the linked record.
  expect(inBrowser({}, { customer: 'c9', level: 'vip' }).computed.level).toBe('vip')
})

test('on a server, whose facts are not for showing, it has no value and takes none', () => {
  const run = (authority: 'person' | 'system', data: object) =>
    evaluateForm(form, { mode: 'edit', data: { ...data }, facts, rights, lookup, authority })
  expect(run('person', {}).fields.get('level')?.value).toBeNull()
  expect(run('person', {}).computed).not.toHaveProperty('level')
  expect(run('person', { level: 'vip' }).problems).toMatchObject([{ code: 'field.readOnly', path: '/level' }])
  expect(run('system', { level: 'plain' })).toMatchObject({ problems: [], data: { customer: 'c1', twice: '100.00' } })
})
