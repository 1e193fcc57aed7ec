import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addNumbers,
  asInteger,
  compareNumbers,
  divideNumbers,
  type FeelNumber,
  moduloNumbers,
  multiplyNumbers,
  numberFromJs,
  numberFromText,
  numberToScaledText,
  numberToText,
  roundNumber,
  subtractNumbers,
  toBig,
} from './decimal.ts'

const number = (text: string): FeelNumber => numberFromText(text)!
const say = (value: FeelNumber | undefined): string | undefined =>
  value === undefined ? undefined : numberToText(value)

test.each([
  ['0.1 + 0.2', addNumbers(number('0.1'), number('0.2')), '0.3'],
  ['carries to whole', addNumbers(number('0.5'), number('0.50')), '1'],
  ['beyond 2^53', addNumbers(number('9007199254740991'), number('1')), '9007199254740992'],
  ['34 digits', divideNumbers(number('1'), number('3')), '0.3333333333333333333333333333333333'],
  ['1.10 - 1.1', subtractNumbers(number('1.10'), number('1.1')), '0'],
  ['no minus zero', multiplyNumbers(number('-0.5'), number('0')), '0'],
  ['long product', multiplyNumbers(number('99999999.99'), number('99999999.99')), '9999999998000000.0001'],
  ['exact quotient', divideNumbers(number('7.5'), number('2.5')), '3'],
  ['by zero', divideNumbers(number('1'), number('0')), undefined],
  ['modulo takes the divisor’s sign', moduloNumbers(number('-12'), number('5')), '3'],
  ['modulo of decimals', moduloNumbers(number('10.1'), number('-4.5')), '-3.4'],
  ['half up', roundNumber(number('2.345'), 2, 'halfUp'), '2.35'],
  ['half even', roundNumber(number('2.345'), 2, 'halfEven'), '2.34'],
  ['to hundreds', roundNumber(number('1250'), -2, 'halfUp'), '1300'],
] satisfies [string, FeelNumber | undefined, string | undefined][])('%s', (_, value, expected) =>
  expect(say(value)).toBe(expected),
)

test.each(['', '.', '-', '1.2.3', '0x10', 'Infinity', 'NaN', '1e', ' 1', '1 ', '１', '1e99999', '--1'])(
  '%j is no number',
  (text) => expect(numberFromText(text)).toBeUndefined(),
)
test('scaled text', () => {
  expect([
    numberToScaledText(number('2.345'), 2),
    numberToScaledText(number('-0.001'), 2),
    numberToScaledText(7, 2),
  ]).toEqual(['2.35', '0.00', '7.00'])
})

describe('all three forms agree with decimal128', () => {
  const any = fc.oneof(
    fc.integer({ min: -1000, max: 1000 }).map((value) => numberFromJs(value)!),
    fc.maxSafeInteger(),
    fc
      .tuple(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.integer({ min: 1, max: 8 }))
      .map(([units, scale]) => number(`${units}e-${scale}`)),
    fc
      .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 1, max: 4 }))
      .map(([units, scale]) => number((units / 10 ** scale).toFixed(scale))),
  )
  const seed = { seed: 20260302, numRuns: 3000 }
  test('sum, product, order', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(say(addNumbers(a, b))).toBe(numberToText(toBig(a).plus(toBig(b))))
        expect(say(multiplyNumbers(a, b))).toBe(numberToText(toBig(a).times(toBig(b))))
        expect(compareNumbers(a, b)).toBe(toBig(a).comparedTo(toBig(b)))
        if (compareNumbers(b, 0) !== 0) expect(say(divideNumbers(a, b))).toBe(numberToText(toBig(a).div(toBig(b))))
      }),
      seed,
    )
  })
  test('text and back', () => {
    fc.assert(
      fc.property(any, (a) => {
        expect(compareNumbers(number(numberToText(a)), a)).toBe(0)
      }),
      seed,
    )
  })
  test('an integer is one', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(asInteger(number(`${value}.0`))).toBe(value)
      }),
      seed,
    )
  })
})
