import { expect, test } from 'vitest'
import { smsLength } from './sms-length.ts'

test.each([
  ['', 0, 0],
  ['a'.repeat(160), 160, 1],
  ['a'.repeat(161), 161, 2],
  ['a'.repeat(306), 306, 2],
  ['a'.repeat(307), 307, 3],
  ['单'.repeat(70), 70, 1],
  ['单'.repeat(71), 71, 2],
  ['单'.repeat(134), 134, 2],
  ['单'.repeat(135), 135, 3],
  ['€5', 3, 1],
  ['😀', 2, 1],
])('%s', (text, length, segments) => {
  expect(smsLength(text)).toMatchObject({ length, segments })
})
