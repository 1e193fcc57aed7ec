import { expect, test } from 'vitest'
import { formModel } from '../forms/form-model.ts'
import { webhookBody } from './webhook-body.ts'

const form = formModel(
  {
    id: 'order',
    kind: 'form',
    schemaVersion: 1,
    label: 'x',
    title: { formula: 'code' },
    fields: [
      { id: 'code', type: 'text', label: 'x' },
      { id: 'pieces', type: 'number', label: 'x' },
      { id: 'hours', type: 'number', label: 'x', scale: 2 },
      { id: 'share', type: 'percent', label: 'x', scale: 1 },
      { id: 'cost', type: 'money', label: 'x' },
      { id: 'paid', type: 'boolean', label: 'x' },
    ],
  },
  { id: 'app', currency: 'CNY' },
)
const record = { code: '007', pieces: 3, hours: '2.50', share: '-0.5', cost: '9.90', paid: true }
const sent = (values: Parameters<typeof webhookBody>[0], more: object = {}) =>
  webhookBody(values, {
    facts: { now: 0, zone: 'UTC', record: { ...record, ...more } },
    form,
    lookup: () => undefined,
  })
const ref = (field: string) => ({ ref: `$.record.${field}` })

test('numbers go out as JSON numbers, whole or not; a text of digits stays a text, money keeps its digits', () => {
  expect(
    sent({ a: ref('pieces'), b: ref('hours'), c: ref('share'), d: ref('code'), e: ref('cost'), f: ref('paid') }),
  ).toBe('{"a":3,"b":2.5,"c":-0.5,"d":"007","e":"9.90","f":true}')
  expect(sent({ a: ref('hours'), b: ref('pieces') }, { hours: null })).toBe('{"a":null,"b":3}')
})

test('what a formula computes is a number where it is one, and a text where it says so', () => {
  expect(sent({ a: { formula: 'hours / 4' }, b: { formula: 'cost * 2' }, c: { formula: 'hours * 2' } })).toBe(
    '{"a":0.625,"b":19.8,"c":5}',
  )
  expect(sent({ a: { formula: 'code' }, b: { formula: 'string(hours)' }, c: '1.50' })).toBe(
    '{"a":"007","b":"2.5","c":"1.50"}',
  )
})

test('a number that a receiver could not hold exactly goes out as text', () => {
  expect(sent({ a: ref('hours') }, { hours: '90071992547409.91' })).toBe('{"a":"90071992547409.91"}')
  expect(sent({ a: { formula: '12345678901234567890.5 + 0' } })).toBe('{"a":"12345678901234567890.5"}')
  expect(sent({ a: ref('hours') }, { hours: '-0.00' })).toBe('{"a":0}')
})
