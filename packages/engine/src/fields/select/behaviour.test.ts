import { expect, test } from 'vitest'
import { checkField } from '../field.ts'
import { formOf, normalised, told } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const field: Field = {
  type: 'select',
  id: 'priority',
  label: '优先级',
  options: [
    { id: 'urgent', label: { 'zh-CN': '紧急', en: 'Urgent' } },
    { id: 'high', label: '高' },
    { id: 'low', label: 'high' },
    { id: 'old', label: '高', retired: true },
    { id: 'twin_a', label: '相同' },
    { id: 'twin_b', label: '相同' },
  ],
}

test.each([
  ['the id', 'urgent', 'urgent'],
  ['the label', '紧急', 'urgent'],
  ['in any language and case', 'URGENT', 'urgent'],
  ['full width', 'Ｕrgent', 'urgent'],
  ['an id wins over a label', 'high', 'high'],
  ['a retired option does not answer to a label that is offered', '高', 'high'],
  ['a retired id is still a value', 'old', 'old'],
])('%s', (_, raw, value) => expect(normalised(field, raw)).toBe(value))

test('no such option, or two of that name', () => {
  expect(normalised(field, '特急')).toEqual({ code: 'field.notChoice', details: { value: '特急' } })
  expect(normalised(field, '相同')).toEqual({ code: 'field.ambiguousChoice', details: { value: '相同' } })
  expect(normalised(field, '__proto__')).toEqual({ code: 'field.notChoice', details: { value: '__proto__' } })
})
test('text is the label; a value without an option shows itself', () => {
  expect(told(field, 'urgent', 'en')).toBe('Urgent')
  expect(told(field, 'gone')).toBe('gone')
})
test('two options of one id are a problem of the definition', () => {
  const twice: Field = {
    ...field,
    options: [
      { id: 'a', label: 'A' },
      { id: 'a', label: 'B' },
    ],
  }
  expect(checkField(twice, formOf(twice), '/fields/0')).toEqual([
    { code: 'document.duplicateId', path: '/fields/0/options/1/id', details: { id: 'a' } },
  ])
})
