import { expect, test } from 'vitest'
import { normalised, told } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const field: Field = { type: 'boolean', id: 'warranty', label: '保修' }

test.each([
  [true, true],
  ['是', true],
  ['Y', true],
  ['TRUE', true],
  [1, true],
  ['１', true],
  [false, false],
  ['否', false],
  ['no', false],
  [0, false],
])('%s is %s', (raw, value) => expect(normalised(field, raw)).toBe(value))
test('false is a value, blank is none, anything else is refused', () => {
  expect(normalised(field, '')).toBe(null)
  expect(normalised(field, 2)).toEqual({ code: 'field.notBoolean' })
  expect(normalised(field, '也许')).toEqual({ code: 'field.notBoolean' })
})
test('text', () => {
  expect(told(field, true)).toBe('是')
  expect(told(field, false, 'en')).toBe('No')
})
