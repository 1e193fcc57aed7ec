import { expect, test } from 'vitest'
import { fieldToText } from '../field.ts'
import { formOf, normalised } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const field: Field = { type: 'users', id: 'team', label: '协办人', maxItems: 3 }

test('ids, each once, in the order given; nobody is blank', () => {
  expect(normalised(field, [' u1 ', 'u2', 'u1'])).toEqual(['u1', 'u2'])
  expect(normalised(field, 'u1、u2; u3')).toEqual(['u1', 'u2', 'u3'])
  for (const raw of [[], '', null, ['']]) expect(normalised(field, raw)).toBe(null)
})

test('not a path, not an object, not more than may be chosen', () => {
  for (const raw of [['../etc'], [{ id: 'u1' }], [7]])
    expect(normalised(field, raw)).toEqual({ code: 'field.notReference' })
  expect(normalised(field, ['a', 'b', 'c', 'd'])).toMatchObject({ code: 'field.tooMany' })
})

test('shown by the names that may be known', () => {
  const form = formOf(field)
  const model = form.fields.get('team')!
  const nameOf = (target: { kind: string }, id: string) => (target.kind === 'user' && id === 'u1' ? '王芳' : undefined)
  expect(model.target).toEqual({ kind: 'user' })
  const shown = (locale: 'zh-CN' | 'en') => fieldToText(['u1', 'u2'], model, { locale, zone: 'UTC', form, nameOf })
  expect([shown('zh-CN'), shown('en')]).toEqual(['王芳、u2', '王芳, u2'])
})
