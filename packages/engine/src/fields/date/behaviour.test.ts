import { expect, test } from 'vitest'
import { normalised, told } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const field: Field = { type: 'date', id: 'day', label: '日期' }

test.each([
  '2026-03-02',
  '2026-3-2',
  '2026/3/2',
  '2026/03/02',
  '2026.3.2',
  '20260302',
  '2026年3月2日',
  '2026年03月02号',
  '２０２６－０３－０２',
  '2 Mar 2026',
  'March 2, 2026',
  '2026-03-02 00:00:00',
  '2026/3/2 0:00',
])('%s is one day', (raw) => expect(normalised(field, raw)).toBe('2026-03-02'))

test.each([
  ['day first or month first', '03/02/2026'],
  ['a day that does not exist', '2026-02-30'],
  ['29 February of a common year', '2025-02-29'],
  ['a month 13', '2026-13-01'],
  ['a moment of the day', '2026-03-02 08:00'],
  ['a moment with a zone', '2026-03-02T16:00:00Z'],
  ['two digits of a year', '26-3-2'],
  ['a spreadsheet serial number', 46_083],
  ['half a date', '2026-03'],
  ['mixed joints', '2026-03/02'],
])('%s is refused', (_, raw) => expect(normalised(field, raw)).toEqual({ code: 'field.notDate' }))

test('29 February of a leap year exists', () => expect(normalised(field, '2028/2/29')).toBe('2028-02-29'))
test('text', () => {
  expect(told(field, '2026-03-02')).toBe('2026年3月2日')
  expect(told(field, '2026-12-31', 'en')).toBe('31 Dec 2026')
})
