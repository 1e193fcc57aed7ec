import fc from 'fast-check'
import { evaluate } from 'feelin'
import { expect, test } from 'vitest'
import type { Json } from '../kernel/json.ts'
import { evaluateFeel } from './evaluate-feel.ts'

/**
 * Differential test against feelin, on the part of FEEL that both define the same: small whole numbers (feelin counts
 * in binary floating point), no zones, and no operations between types that are never equal (there feelin says false
 * where the standard says null).
 */
const context = {
  a: 3,
  b: [1, 2, 3],
  t: 'text',
  n: null,
  l: [
    { k: 1, s: 'x' },
    { k: 2, s: 'y' },
  ],
}

const number: fc.Memo<string> = fc.memo((depth) => {
  const leaf = fc.oneof(
    fc.integer({ min: -9, max: 9 }).map((value) => (value < 0 ? `(${value})` : String(value))),
    fc.constantFrom('a', 'b[1]', 'b[-1]', 'l[2].k', 'n'),
  )
  if (depth <= 1) return leaf
  const below = number(depth - 1)
  return fc.oneof(
    leaf,
    fc.tuple(below, fc.constantFrom('+', '-', '*'), below).map(([x, operator, y]) => `(${x} ${operator} ${y})`),
    fc.tuple(truth(depth - 1), below, below).map(([when, x, y]) => `(if ${when} then ${x} else ${y})`),
    fc
      .tuple(fc.constantFrom('sum', 'max', 'min', 'count'), numbers(depth - 1))
      .map(([name, list]) => `${name}(${list})`),
    text(depth - 1).map((value) => `string length(${value})`),
    below.map((x) => `abs(${x})`),
  )
})
const text: fc.Memo<string> = fc.memo((depth) => {
  const leaf = fc.constantFrom('"a"', '"中文"', '"abc"', 't', 'l[1].s')
  if (depth <= 1) return leaf
  const below = text(depth - 1)
  return fc.oneof(
    leaf,
    fc.tuple(below, below).map(([x, y]) => `(${x} + ${y})`),
    below.map((x) => `upper case(${x})`),
    fc.tuple(below, below).map(([x, y]) => `substring before(${x}, ${y})`),
    fc.tuple(truth(depth - 1), below, below).map(([when, x, y]) => `(if ${when} then ${x} else ${y})`),
  )
})
const numbers: fc.Memo<string> = fc.memo((depth) => {
  const leaf = fc.constantFrom('[1, 2, 3]', 'b', '[4]', 'l.k')
  if (depth <= 1) return leaf
  const below = numbers(depth - 1)
  return fc.oneof(
    leaf,
    fc.tuple(below, fc.integer({ min: 0, max: 3 })).map(([list, least]) => `${list}[item >= ${least}]`),
    below.map((list) => `(for x in ${list} return x + 1)`),
    fc.tuple(below, below).map(([x, y]) => `concatenate(${x}, ${y})`),
    below.map((list) => `reverse(${list})`),
    below.map((list) => `distinct values(${list})`),
    fc.integer({ min: 1, max: 4 }).map((top) => `(for i in 1..${top} return i * i)`),
  )
})
const truth: fc.Memo<string> = fc.memo((depth) => {
  const leaf = fc.constantFrom('true', 'false')
  if (depth <= 1) return leaf
  const below = truth(depth - 1)
  return fc.oneof(
    leaf,
    fc.tuple(below, fc.constantFrom('and', 'or'), below).map(([x, operator, y]) => `(${x} ${operator} ${y})`),
    below.map((x) => `not(${x})`),
    fc
      .tuple(number(depth - 1), fc.constantFrom('<', '<=', '>', '>=', '=', '!='), number(depth - 1))
      .map(([x, operator, y]) => `(${x} ${operator} ${y})`),
    // With its ends the wrong way round feelin swaps them; the standard does not.
    fc
      .tuple(number(depth - 1), fc.nat(4), fc.nat(4))
      .map(([x, low, size]) => `(${x} between ${low} and ${low + size})`),
    fc
      .tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom('(1, 2)', '[1..3]', '(1..3)', '(> 2, < 1)'))
      .map(([x, test]) => `(${x} in ${test})`),
    fc
      .tuple(fc.constantFrom('some', 'every'), numbers(depth - 1), fc.integer({ min: 0, max: 4 }))
      .map(([how, list, limit]) => `(${how} x in ${list} satisfies x > ${limit})`),
    fc.tuple(text(depth - 1), text(depth - 1)).map(([x, y]) => `contains(${x}, ${y})`),
    fc
      .tuple(text(depth - 1), fc.constantFrom('=', '!=', '<'), text(depth - 1))
      .map(([x, operator, y]) => `(${x} ${operator} ${y})`),
    fc
      .tuple(numbers(depth - 1), fc.integer({ min: 0, max: 4 }))
      .map(([list, value]) => `list contains(${list}, ${value})`),
  )
})

const ours = (expression: string): Json | 'error' => {
  const outcome = evaluateFeel(expression, context, { now: 0, zone: 'UTC' })
  return 'error' in outcome ? 'error' : outcome.value
}

test.each([
  ['numbers', number(4)],
  ['texts', text(4)],
  ['lists', numbers(4)],
  ['truths', truth(4)],
] as const)('same as feelin: %s', (_, expressions) => {
  fc.assert(
    fc.property(expressions, (expression) => {
      expect(ours(expression), expression).toEqual(evaluate(expression, context).value ?? null)
    }),
    { seed: 20260302, numRuns: 300 },
  )
})
