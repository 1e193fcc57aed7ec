import { expect, test } from 'vitest'
import { formOf, normalised } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const field: Field = { type: 'department', id: 'group', label: '受理组' }

test('a reference to a department', () => {
  expect(formOf(field).fields.get('group')).toMatchObject({
    value: { kind: 'reference' },
    target: { kind: 'department' },
    stored: true,
  })
  expect(normalised(field, 'd1')).toBe('d1')
  expect(normalised(field, '售后/一部')).toEqual({ code: 'field.notReference' })
})
