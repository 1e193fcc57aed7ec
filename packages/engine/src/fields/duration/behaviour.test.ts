import { expect, test } from 'vitest'
import { normalised, told } from '../sample-form.ts'
import type { Field } from '../schemas.ts'

const field: Field = { type: 'duration', id: 'effort', label: '工时' }

test.each([
  ['PT90M', 'PT1H30M'],
  ['pt90m', 'PT1H30M'],
  ['P1W', 'P7D'],
  ['1 天 3 小时', 'P1DT3H'],
  ['1天3个小时', 'P1DT3H'],
  ['90分钟', 'PT1H30M'],
  ['1.5 小时', 'PT1H30M'],
  ['２小时', 'PT2H'],
  ['1d 3h', 'P1DT3H'],
  ['90 min', 'PT1H30M'],
  ['2 hours 30 minutes', 'PT2H30M'],
  ['-1 h', '-PT1H'],
  ['0 分钟', 'PT0S'],
  ['PT0.5S', 'PT0.5S'],
])('%s is %s', (raw, value) => expect(normalised(field, raw)).toBe(value))

test.each([
  ['no unit', '90'],
  ['clock or hours?', '1:30'],
  ['a month has no length', 'P1M'],
  ['unknown word', '3 fortnights'],
  ['rest', '3 h and'],
  ['too long', 'P999999999999D'],
])('refused: %s (%s)', (_, raw) => expect(normalised(field, raw)).toEqual({ code: 'field.notDuration' }))
test('a bare number says no unit', () => expect(normalised(field, 90)).toEqual({ code: 'field.notDuration' }))

test.each([
  ['P1DT3H', '1 天 3 小时', '1 d 3 h'],
  ['PT0S', '0 分钟', '0 min'],
  ['-PT90S', '-1 分钟 30 秒', '-1 min 30 s'],
  ['PT1.5S', '1.5 秒', '1.5 s'],
])('%s reads %s', (value, zh, en) => {
  expect(told(field, value)).toBe(zh)
  expect(told(field, value, 'en')).toBe(en)
})
