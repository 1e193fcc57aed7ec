import { expect, test } from 'vitest'
import { normalised } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const field: Field = { type: 'file', id: 'photos', label: '照片', maxFiles: 2 }

test('a list of ids, each once, in the order given', () => {
  expect(normalised(field, ['f2', 'f1', 'f2'])).toEqual(['f2', 'f1'])
  expect(normalised(field, 'f1')).toEqual(['f1'])
  expect(normalised(field, [])).toBe(null)
})
test('too many, or no id', () => {
  expect(normalised(field, ['a', 'b', 'c'])).toEqual({ code: 'field.tooMany', details: { max: 2 } })
  expect(normalised(field, [{}])).toEqual({ code: 'field.notReference' })
})
