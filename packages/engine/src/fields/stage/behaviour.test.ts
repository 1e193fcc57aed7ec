import { expect, test } from 'vitest'
import { formOf, normalised, told } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const field: Field = { type: 'stage', id: 'stage', label: '阶段' }

test("one of the form's stages, by id or name", () => {
  expect(formOf(field).stageField).toBe('stage')
  expect(normalised(field, 'closed')).toBe('closed')
  expect(normalised(field, '处理中')).toBe('in_progress')
  expect(normalised(field, 'gone')).toEqual({ code: 'field.notChoice', details: { value: 'gone' } })
})
test('text', () => {
  expect(told(field, 'new')).toBe('新建')
  expect(told(field, 'new', 'en')).toBe('New')
})
