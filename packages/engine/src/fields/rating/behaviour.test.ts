import { expect, test } from 'vitest'
import { normalised } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const field: Field = { type: 'rating', id: 'satisfaction', label: '满意度' }

test.each([
  ['1', 1],
  [5, 5],
  ['4 星', 4],
  ['３分', 3],
])('%s is %i', (raw, value) => expect(normalised(field, raw)).toBe(value))
test('outside of 1 … highest is refused', () => {
  expect(normalised(field, 0)).toEqual({ code: 'field.tooSmall', details: { min: 1 } })
  expect(normalised(field, 6)).toEqual({ code: 'field.tooLarge', details: { max: 5 } })
  expect(normalised({ ...field, max: 10 }, 10)).toBe(10)
  expect(normalised(field, '4.5')).toEqual({ code: 'field.notWhole' })
})
