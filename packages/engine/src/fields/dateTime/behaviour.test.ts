import { expect, test } from 'vitest'
import { normalised, told } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const field: Field = { type: 'dateTime', id: 'at', label: '时间' }

test.each([
  ['2026-03-02T08:00:00+08:00', '2026-03-02T00:00:00.000Z'],
  ['2026-03-02T00:00:00.123456Z', '2026-03-02T00:00:00.123Z'],
  ['2026-03-02 00:00:00Z', '2026-03-02T00:00:00.000Z'],
  ['2026-03-02 08:00', '2026-03-02T00:00:00.000Z'],
  ['2026-03-02T08:00', '2026-03-02T00:00:00.000Z'],
  ['2026/3/2 8:05:09', '2026-03-02T00:05:09.000Z'],
  ['2026年3月2日 08:00', '2026-03-02T00:00:00.000Z'],
  ['2026年3月2日 下午 3:30', '2026-03-02T07:30:00.000Z'],
  ['2 Mar 2026, 08:00', '2026-03-02T00:00:00.000Z'],
  ['March 2, 2026 12:30 am', '2026-03-01T16:30:00.000Z'],
  ['2026-03-02', '2026-03-01T16:00:00.000Z'],
])('%s is %s in Shanghai', (raw, value) => expect(normalised(field, raw)).toBe(value))

test('a wall clock in spring that skips an hour moves forward, in autumn the earlier hour counts (Temporal "compatible")', () => {
  expect(normalised(field, '2026-03-29 02:30', { zone: 'Europe/Berlin' })).toBe('2026-03-29T01:30:00.000Z')
  expect(normalised(field, '2026-10-25 02:30', { zone: 'Europe/Berlin' })).toBe('2026-10-25T00:30:00.000Z')
})

test.each([
  ['without a zone a wall clock means nothing', '2026-03-02 08:00', { zone: null }, 'field.zoneMissing'],
  ['an unknown zone', '2026-03-02 08:00', { zone: 'Mars/Olympus' }, 'field.notDateTime'],
  ['hour 24', '2026-03-02 24:00', {}, 'field.notDateTime'],
  ['30 February', '2026-02-30T00:00:00Z', {}, 'field.notDateTime'],
  ['13 pm', '2026-03-02 13:00 pm', {}, 'field.notDateTime'],
  ['milliseconds since 1970', 1_772_409_600_000, {}, 'field.notDateTime'],
  ['day first', '02/03/2026 08:00', {}, 'field.notDateTime'],
] as const)('refused: %s', (_, raw, options, code) => {
  expect(normalised(field, raw, options)).toEqual({ code })
})

test("text is in the reader's zone, with seconds only where there are any", () => {
  expect(told(field, '2026-03-02T00:00:00.000Z')).toBe('2026年3月2日 08:00')
  expect(told(field, '2026-03-02T00:00:07.000Z', 'en', { zone: 'Europe/Berlin' })).toBe('2 Mar 2026, 01:00:07')
})
