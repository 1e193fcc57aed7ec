import { expect, test } from 'vitest'
import { normalised } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const field: Field = { type: 'text', id: 'subject', label: '主题' }

test.each([
  ['trims, the wide blank too', '　 打印机 \t', '打印机'],
  ['line breaks become blanks', '第一行\r\n第二行', '第一行 第二行'],
  ['composed (Unicode NFC)', 'Cafe\u0301', 'Café'],
  ['a number is text here, as spreadsheets send it', 13_800_138_000, '13800138000'],
  ['full-width text stays as written', 'ＡＢＣ', 'ＡＢＣ'],
])('%s', (_, raw, value) => expect(normalised(field, raw)).toBe(value))

test.each([
  ['NUL', 'a\0b', 'field.controlCharacter'],
  ['escape', '\u001b[31m', 'field.controlCharacter'],
  ['half a surrogate pair', 'x\ud83d', 'field.controlCharacter'],
  ['a boolean', true, 'field.notText'],
  ['a list', ['a'], 'field.notText'],
])('%s is refused', (_, raw, code) => expect(normalised(field, raw)).toEqual({ code }))

test('the length counts characters as people do, not UTF-16 units', () => {
  const short: Field = { ...field, maxLength: 3 }
  expect(normalised(short, '😀😀😀')).toBe('😀😀😀')
  expect(normalised(short, '打印机坏')).toEqual({ code: 'field.tooLong', details: { max: 3 } })
  expect(normalised(field, 'x'.repeat(500))).toHaveLength(500)
  expect(normalised(field, 'x'.repeat(501))).toEqual({ code: 'field.tooLong', details: { max: 500 } })
})

test.each([
  ['postcode', '51800', 'field.pattern.postcode'],
  ['digits', '12a', 'field.pattern.digits'],
  ['letters_digits', 'SN-1', 'field.pattern.letters_digits'],
] as const)('pattern %s refuses %s', (pattern, raw, code) =>
  expect(normalised({ ...field, pattern }, raw)).toEqual({ code }),
)

test('with a pattern full-width spelling is read', () => {
  expect(normalised({ ...field, pattern: 'letters_digits' }, 'ＳＮ０１')).toBe('SN01')
})
