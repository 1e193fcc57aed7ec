import { expect, test } from 'vitest'
import { normalised, told } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const field: Field = {
  type: 'multiSelect',
  id: 'tags',
  label: '标签',
  options: [
    { id: 'a', label: '甲' },
    { id: 'b', label: '乙' },
    { id: 'c', label: '丙、丁' },
  ],
}

test.each([
  ['a list, in the order of the definition', ['b', 'a'], ['a', 'b']],
  ['labels in a text', '乙，甲', ['a', 'b']],
  ['semicolons and lines', 'a; b\n', ['a', 'b']],
  ['twice is once', ['a', '甲', 'a'], ['a']],
  ['a label with a separator in it', '丙、丁', ['c']],
  ['nothing', [], null],
  ['only blanks', ['', null], null],
])('%s', (_, raw, value) => expect(normalised(field, raw)).toEqual(value))

test('an unknown part, a foreign shape, too many', () => {
  expect(normalised(field, ['a', 'x'])).toEqual({ code: 'field.notChoice', details: { value: 'x' } })
  expect(normalised(field, [1])).toEqual({ code: 'field.notText' })
  expect(normalised({ ...field, maxItems: 1 }, ['a', 'b'])).toEqual({ code: 'field.tooMany', details: { max: 1 } })
})
test('text', () => {
  expect(told(field, ['a', 'b'])).toBe('甲、乙')
  expect(told(field, ['a', 'b'], 'en')).toBe('甲, 乙')
})
