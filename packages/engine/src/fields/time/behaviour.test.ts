import { expect, test } from 'vitest'
import { normalised, told } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const field: Field = { type: 'time', id: 'at', label: '时刻' }

test.each([
  ['9:05', '09:05:00'],
  ['09：05', '09:05:00'],
  ['23:59:59', '23:59:59'],
  ['0:00', '00:00:00'],
  ['3:20 PM', '15:20:00'],
  ['3:20pm', '15:20:00'],
  ['3 p.m.', '15:00:00'],
  ['12:30 am', '00:30:00'],
  ['下午3:20', '15:20:00'],
  ['下午 15:20', '15:20:00'],
  ['下午3点20分', '15:20:00'],
  ['下午3点', '15:00:00'],
  ['早上8点半', '08:30:00'],
  ['早上08:30', '08:30:00'],
  ['上午9时5分', '09:05:00'],
  ['中午12点', '12:00:00'],
  ['中午11:45', '11:45:00'],
  ['中午1点半', '13:30:00'],
  ['晚上8:00', '20:00:00'],
  ['晚上20:00', '20:00:00'],
  ['凌晨0:30', '00:30:00'],
  ['凌晨12点', '00:00:00'],
  ['15时', '15:00:00'],
])('%s is %s', (raw, value) => expect(normalised(field, raw)).toBe(value))

test.each([
  '24:00',
  '9:60',
  '13:00 PM',
  '9',
  '905',
  '9:5',
  '9.05',
  905,
  0.378,
  '晚上12点',
  '晚上1点',
  '凌晨9点',
  '09:05Z',
  '09:05+08:00',
  '09:05:00.5',
  '2026-03-02 09:05',
  '早',
])('%s is no time of day, or could be two', (raw) => expect(normalised(field, raw)).toEqual({ code: 'field.notTime' }))

test('shown as on a clock, with seconds only where there are any', () => {
  expect([told(field, '09:05:00'), told(field, '23:59:59', 'en')]).toEqual(['09:05', '23:59:59'])
})
