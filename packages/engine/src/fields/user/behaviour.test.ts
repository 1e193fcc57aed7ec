import { expect, test } from 'vitest'
import { fieldToText } from '../field.ts'
import { formOf, normalised } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const field: Field = { type: 'user', id: 'owner', label: '负责人' }

test('an id; not a path, not two words, not an object', () => {
  expect(normalised(field, ' u1 ')).toBe('u1')
  for (const raw of ['../etc', 'a b', { id: 'u1' }, 7, 'x'.repeat(101), 'a\u0000'])
    expect(normalised(field, raw)).toEqual({ code: 'field.notReference' })
})
test('shown by name where the name may be known', () => {
  const form = formOf(field)
  const model = form.fields.get('owner')!
  const nameOf = (target: { kind: string }, id: string) => (target.kind === 'user' && id === 'u1' ? '王芳' : undefined)
  expect(model.target).toEqual({ kind: 'user' })
  expect(fieldToText('u1', model, { locale: 'zh-CN', zone: 'UTC', form, nameOf })).toBe('王芳')
  expect(fieldToText('u2', model, { locale: 'zh-CN', zone: 'UTC', form, nameOf })).toBe('u2')
})
