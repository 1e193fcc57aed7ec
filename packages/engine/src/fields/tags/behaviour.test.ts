import { expect, test } from 'vitest'
import { normalised, told } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const field: Field = { type: 'tags', id: 'topics', label: '标签', maxItems: 3 }

test('texts, each once whatever its case, as they were first written', () => {
  expect(normalised(field, ['VIP', ' vip ', '返修'])).toEqual(['VIP', '返修'])
  expect(normalised(field, '漏水，噪声;E-05')).toEqual(['漏水', '噪声', 'E-05'])
  expect(normalised(field, ['漏水，噪声', 7])).toEqual(['漏水', '噪声', '7'])
  // A mark that looks like a question mark in Greek is a semicolon once it is composed.
  expect(normalised(field, ['a\u037Eb'])).toEqual(['a', 'b'])
})

test('nothing is blank', () => {
  for (const raw of [[], '', '、', ['', ' '], null]) expect(normalised(field, raw)).toBe(null)
})

test('neither too many nor too long, and texts only', () => {
  expect(normalised(field, 'a,b,c,d')).toEqual({ code: 'field.tooMany', details: { max: 3 } })
  expect(normalised(field, ['x'.repeat(41)])).toEqual({ code: 'field.tooLong', details: { max: 40 } })
  for (const raw of [[['a']], [{ id: 'a' }], true]) expect(normalised(field, raw)).toEqual({ code: 'field.notText' })
})

test('read back in both languages', () => {
  for (const locale of ['zh-CN', 'en'] as const)
    expect(normalised(field, told(field, ['a b', '返修'], locale))).toEqual(['a b', '返修'])
})
