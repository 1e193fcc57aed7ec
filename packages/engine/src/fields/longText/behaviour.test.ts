import { expect, test } from 'vitest'
import { normalised } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const field: Field = { type: 'longText', id: 'note', label: '备注' }

test('keeps lines and tabs, with one kind of line end', () => {
  expect(normalised(field, 'a\r\nb\rc\u2028d\te\n\n')).toBe('a\nb\nc\nd\te')
})
test('other control characters are refused', () => {
  expect(normalised(field, 'a\u0000b')).toEqual({ code: 'field.controlCharacter' })
  expect(normalised(field, 'a\u0085b')).toBe('a\nb')
})
test('length', () => {
  expect(normalised(field, 'x'.repeat(20_001))).toEqual({ code: 'field.tooLong', details: { max: 20_000 } })
  expect(normalised({ ...field, maxLength: 30_000 }, 'x'.repeat(20_001))).toHaveLength(20_001)
})
