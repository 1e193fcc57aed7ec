import { expect, test } from 'vitest'
import { normalised } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const field: Field = { type: 'email', id: 'email', label: '邮箱' }

test.each([
  ['Wang@Example.COM', 'Wang@example.com'],
  ['a＠b．cn', 'a@b.cn'],
  ['mailto:a@b.cn', 'a@b.cn'],
  ['first.last+tag@sub.example.co', 'first.last+tag@sub.example.co'],
  ["o'neil@example.org", "o'neil@example.org"],
  ['a@例子.中国', 'a@例子.中国'],
])('%s is %s', (raw, value) => expect(normalised(field, raw)).toBe(value))

test.each([
  'a',
  'a@',
  '@b.cn',
  'a@b',
  'a b@c.cn',
  'a@b.cn, c@d.cn',
  'a..b@c.cn',
  '.a@c.cn',
  'a@-b.cn',
  'a@b..cn',
  '<a@b.cn>',
  'a@b.c',
  `${'x'.repeat(65)}@b.cn`,
  'a@b.cn\r\nBcc: c@d.cn',
])('%s is no address', (raw) => expect(normalised(field, raw)).toEqual({ code: 'field.notEmail' }))
test('a header cannot be smuggled in', () =>
  expect(normalised(field, 'a@b.cn\0')).toEqual({ code: 'field.controlCharacter' }))
