import { expect, test } from 'vitest'
import { fieldToText } from '../field.ts'
import { formOf } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const customer: Field = { type: 'link', id: 'customer', label: '客户', form: 'customer' }

test('links to a form of the same app, or of another', () => {
  expect(formOf(customer).fields.get('customer')?.target).toEqual({ kind: 'record', app: 'demo', form: 'customer' })
  expect(formOf({ ...customer, form: 'crm/customer' }).fields.get('customer')?.target).toEqual({
    kind: 'record',
    app: 'crm',
    form: 'customer',
  })
})
test("shown by the linked record's title", () => {
  const form = formOf(customer)
  const nameOf = (target: object, id: string) =>
    JSON.stringify(target) === '{"kind":"record","app":"demo","form":"customer"}' ? `客户 ${id}` : undefined
  expect(fieldToText('c1', form.fields.get('customer')!, { locale: 'zh-CN', zone: 'UTC', form, nameOf })).toBe(
    '客户 c1',
  )
})
