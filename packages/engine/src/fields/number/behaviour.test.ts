import { expect, test } from 'vitest'
import { checkField } from '../field.ts'
import { formOf, normalised, told } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const whole: Field = { type: 'number', id: 'count', label: '数量' }
const decimal: Field = { type: 'number', id: 'weight', label: '重量', scale: 2, unit: { 'zh-CN': '千克', en: 'kg' } }

test.each([
  ['42', 42],
  [42, 42],
  ['-7', -7],
  ['+7', 7],
  ['１２', 12],
  ['1,234,567', 1_234_567],
  ["1'234", 1234],
  ['1 234', 1234],
  ['12.0', 12],
  [-0, 0],
  ['－５', -5],
  ['− 5', -5],
  [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
])('whole: %s is %s', (raw, value) => expect(normalised(whole, raw)).toBe(value))

test.each([
  ['12.5', '12.50'],
  [12.5, '12.50'],
  ['.5', '0.50'],
  ['12.', '12.00'],
  ['-0.00', '0.00'],
  ['12.500', '12.50'],
  ['３．５ 千克', '3.50'],
  ['3kg', '3.00'],
  [0.1, '0.10'],
])('two decimals: %s is %s', (raw, value) => expect(normalised(decimal, raw)).toBe(value))

test.each([
  [whole, '12.5', { code: 'field.notWhole' }],
  [decimal, '1.234', { code: 'field.tooManyDecimals', details: { scale: 2 } }],
  [decimal, 0.1 + 0.2, { code: 'field.tooManyDecimals', details: { scale: 2 } }],
  [whole, '12,34', { code: 'field.notNumber' }],
  [whole, '1,2345', { code: 'field.notNumber' }],
  [whole, '1e3', { code: 'field.notNumber' }],
  [whole, 1e300, { code: 'field.notNumber' }],
  [whole, '9007199254740993', { code: 'field.tooManyDigits' }],
  [decimal, '3 磅', { code: 'field.notNumber' }],
  [whole, '0x10', { code: 'field.notNumber' }],
  [whole, '十二', { code: 'field.notNumber' }],
  [whole, true, { code: 'field.notText' }],
  [{ ...whole, min: 1 }, '0', { code: 'field.tooSmall', details: { min: 1 } }],
  [{ ...decimal, max: 99.5 }, '99.51', { code: 'field.tooLarge', details: { max: 99.5 } }],
] as const)('refused: %o %s', (field, raw, problem) => expect(normalised(field, raw)).toEqual(problem))

test('bounds are inclusive, in exact decimals', () => {
  expect(normalised({ ...decimal, min: 0.1, max: 0.1 }, '0.10')).toBe('0.10')
})
test('text groups digits and adds the unit', () => {
  expect(told(whole, -1_234_567)).toBe('-1,234,567')
  expect(told(decimal, '1234.50')).toBe('1,234.50 千克')
  expect(told(decimal, '1234.50', 'en')).toBe('1,234.50 kg')
})
test('bounds that leave nothing are a problem of the definition', () => {
  const field: Field = { ...whole, min: 5, max: 1 }
  expect(checkField(field, formOf(field), '/fields/0')).toEqual([
    { code: 'field.bounds', path: '/fields/0/max', details: { min: 5, max: 1 } },
  ])
})
test('a default must be a value', () => {
  const field: Field = { ...whole, default: 'abc' }
  expect(checkField(field, formOf(field), '/fields/3')).toMatchObject([
    { code: 'field.notNumber', path: '/fields/3/default' },
  ])
})
