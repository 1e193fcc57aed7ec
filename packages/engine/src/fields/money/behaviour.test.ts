import { expect, test } from 'vitest'
import { formOf, normalised, told } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const field: Field = { type: 'money', id: 'cost', label: '费用' }

test.each([
  ['12.5', '12.50'],
  ['¥1,234.5', '1234.50'],
  ['-¥3', '-3.00'],
  ['CNY 10', '10.00'],
  ['10元', '10.00'],
  ['人民币１０圆', '10.00'],
  ['0', '0.00'],
])('%s is %s', (raw, value) => expect(normalised(field, raw)).toBe(value))

test('a third decimal or another currency is refused, never rounded or converted', () => {
  expect(normalised(field, '1.005')).toEqual({ code: 'field.tooManyDecimals', details: { scale: 2 } })
  expect(normalised(field, '$5')).toEqual({ code: 'field.notNumber' })
  expect(normalised(field, '5 美元')).toEqual({ code: 'field.notNumber' })
})

test.each([
  ['JPY', 0, '1200', 'JP¥1,200'],
  ['KWD', 3, '1200.000', 'KWD 1,200.000'],
  ['USD', 2, '1200.00', '$1,200.00'],
])('%s has %i decimals (ISO 4217), of the field or of the app', (currency, scale, value, text) => {
  expect(formOf(field, currency).fields.get('cost')?.value).toEqual({ kind: 'money', scale, currency })
  expect(normalised({ ...field, currency }, '1200')).toBe(value)
  expect(normalised(field, '1200', { currency })).toBe(value)
  expect(told(field, value, 'en', { currency })).toBe(text)
})

test('negative amounts keep their sign in front', () => expect(told(field, '-1234.50')).toBe('-¥1,234.50'))
