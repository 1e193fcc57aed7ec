import { expect, test } from 'vitest'
import { checkField } from '../field.ts'
import { formOf, normalised } from '../sample-form.ts'
import type { Field } from '../schemas.ts'
import { parseSerialPattern } from './pattern.ts'

const at = Date.UTC(2026, 11, 31, 16, 30)
const read = (pattern: string) => {
  const result = parseSerialPattern(pattern)
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

test.each([
  ['TK{yyyy}{MM}-{0000}', 'Asia/Shanghai', 7, 'TK202701-0007'],
  ['TK{yyyy}{MM}-{0000}', 'UTC', 7, 'TK202612-0007'],
  ['{yy}{MM}{dd}/{00}', 'Asia/Shanghai', 123, '270101/123'],
  ['C{00000}', 'UTC', 42, 'C00042'],
  ['{0}', 'UTC', 1, '1'],
  ['{dd}.{MM} {000} {yyyy}', 'UTC', 5, '31.12 005 2026'],
])('%s in %s gives %s', (pattern, zone, n, text) => {
  const serial = read(pattern)
  expect(serial.render(serial.period(at, zone), n)).toBe(text)
})

test('the counter starts anew with the date part, and only with it', () => {
  const monthly = read('TK{yyyy}{MM}-{0000}')
  expect(monthly.period(Date.UTC(2026, 2, 1), 'UTC')).toBe(monthly.period(Date.UTC(2026, 2, 31), 'UTC'))
  expect(monthly.period(Date.UTC(2026, 2, 1), 'UTC')).not.toBe(monthly.period(Date.UTC(2026, 3, 1), 'UTC'))
  expect(read('C{0000}').period(at, 'UTC')).toBe('')
})

test.each([
  ['TK{yyyy}', 'serial.counter'],
  ['{000}{000}', 'serial.counter'],
  ['{0000}-{mm}', 'serial.unknownPart'],
  ['{0000}{', 'serial.brace'],
  ['{0000}}', 'serial.brace'],
  ['{constructor}{00}', 'serial.unknownPart'],
  ['{}{00}', 'serial.unknownPart'],
  ['a\u0000{00}', 'serial.brace'],
])('%s is no pattern: %s', (pattern, code) => {
  const field: Field = { type: 'serial', id: 'number', label: '编号', pattern }
  expect(checkField(field, formOf(field), '/fields/0')).toMatchObject([{ code, path: '/fields/0/pattern' }])
})

test('imported numbers keep their own shape', () => {
  expect(normalised({ type: 'serial', id: 'number', label: '编号', pattern: 'TK{0000}' }, ' INC0000045 ')).toBe(
    'INC0000045',
  )
})
