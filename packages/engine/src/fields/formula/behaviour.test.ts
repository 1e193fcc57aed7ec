import { expect, test } from 'vitest'
import { formOf, normalised, told } from '../sample-form.ts'
import type { FieldOf } from '../schemas.ts'

const formula = (result: FieldOf<'formula'>['result'], scale?: number): FieldOf<'formula'> => ({
  type: 'formula',
  id: 'total',
  label: '合计',
  formula: '1',
  result,
  ...(scale === undefined ? {} : { scale }),
})

test.each([
  ['number', undefined, '2.5', 3],
  ['number', undefined, -2.5, -3],
  ['number', 2, '1.005', '1.01'],
  ['number', 2, 7, '7.00'],
  ['money', undefined, '0.125', '0.13'],
  ['percent', 1, '33.333', '33.3'],
  ['text', undefined, 'a\r\nb', 'a\nb'],
  ['text', undefined, 5, '5'],
  ['boolean', undefined, true, true],
  ['date', undefined, '2026-03-02', '2026-03-02'],
  ['dateTime', undefined, '2026-03-02T08:00:00+08:00', '2026-03-02T00:00:00.000Z'],
  ['duration', undefined, 'PT27H', 'P1DT3H'],
  ['number', 2, '-0.001', '0.00'],
] as const)('%s with scale %s: %s becomes %s, rounded half up', (result, scale, raw, value) =>
  expect(normalised(formula(result, scale), raw)).toBe(value),
)

test.each([
  ['number', 'abc'],
  ['number', true],
  ['money', '9999999999999999'],
  ['boolean', 'true'],
  ['date', '2026-02-30'],
  ['dateTime', '2026-03-02'],
  ['duration', 'P1M'],
  ['date', 20_260_302],
] as const)('%s: %s is not of the type', (result, raw) =>
  expect(normalised(formula(result), raw)).toEqual({ code: 'formula.resultType', details: { result } }),
)

test("the value type follows the result, money in the app's currency", () => {
  expect(formOf(formula('money'), 'JPY').fields.get('total')?.value).toEqual({
    kind: 'money',
    scale: 0,
    currency: 'JPY',
  })
  expect(formOf(formula('number')).fields.get('total')?.value).toEqual({ kind: 'integer' })
  expect(formOf(formula('number', 2)).fields.get('total')?.value).toEqual({ kind: 'decimal', scale: 2 })
  expect(formOf(formula('dateTime')).fields.get('total')?.value).toEqual({ kind: 'instant' })
})

test.each([
  ['money', '1234.50', '¥1,234.50'],
  ['percent', '12', '12%'],
  ['boolean', false, '否'],
  ['date', '2026-03-02', '2026年3月2日'],
  ['dateTime', '2026-03-02T00:00:00.000Z', '2026年3月2日 08:00'],
  ['duration', 'P1DT3H', '1 天 3 小时'],
  ['text', 'x', 'x'],
] as const)('%s %s reads %s', (result, value, text) => expect(told(formula(result), value)).toBe(text))
