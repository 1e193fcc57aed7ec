import { expect, test } from 'vitest'
import { namesTyped } from './names-typed.ts'

const variables = [
  { name: 'price', detail: '单价' },
  { name: 'request_type', detail: 'Request type' },
  { name: 'customer', detail: '客户', entries: [{ name: 'level', detail: '等级' }] },
]
const typed = (before: string) => {
  const found = namesTyped(before, variables)
  return found && [found.length, ...found.names.map(({ name, label }) => `${label} ${name}`)]
}

test('a label that is typed leads to the name it stands for', () => {
  expect(typed('单')).toEqual([1, '单价 price'])
  expect(typed('price * 单价')).toEqual([2, '单价 price'])
  expect(typed('price*单')).toEqual([1, '单价 price'])
  expect(typed('if 单')).toEqual([1, '单价 price'])
  expect(typed('1 + request t')).toEqual([9, 'Request type request_type'])
})

test('what stands in a linked record is found by itself and behind its link', () => {
  expect(typed('等')).toEqual([1, '客户 › 等级 customer.level'])
  expect(typed('客')).toEqual([1, '客户 customer', '客户 › 等级 customer.level'])
  expect(typed('customer.等')).toEqual([1, '等级 level'])
  expect(typed('customer.')).toBeUndefined()
})

test('nothing is offered in a text, for nothing, nor what the name itself completes', () => {
  expect(typed('"单')).toBeUndefined()
  expect(typed('"元" + 单')).toEqual([1, '单价 price'])
  expect(typed('')).toBeUndefined()
  expect(typed('price + ')).toBeUndefined()
  expect(typed('request')).toBeUndefined()
})
