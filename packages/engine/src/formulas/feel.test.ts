import { describe, expect, test } from 'vitest'
import { evaluateFeel } from './evaluate-feel.ts'

const context = {
  a: 1,
  b: [1, 2, 3],
  t: 'text',
  n: null,
  people: [
    { name: 'Li', age: 30 },
    { name: 'Wang', age: 41 },
  ],
  deep: { er: { est: 7 } },
}
const options = { now: 1_772_438_400_000, zone: 'Asia/Shanghai' }
const value = (expression: string) => {
  const outcome = evaluateFeel(expression, context, options)
  if ('error' in outcome) throw new Error(JSON.stringify(outcome.error))
  return outcome.value
}
const warned = (expression: string) => {
  const outcome = evaluateFeel(expression, context, options)
  return 'error' in outcome
    ? outcome.error.map((problem) => problem.code)
    : [outcome.value, ...outcome.warnings.map((warning) => warning.code)]
}

test.each([
  ['0.1 + 0.2 = 0.3', true],
  ['0.1 + 0.2', 0.3],
  ['1.10 * 3', 3.3],
  ['10 / 4', 2.5],
  ['2 ** 10', 1024],
  ['-2 ** 2', 4],
  ['"a" + "b"', 'ab'],
  ['null + 1', null],
  ['null = null', true],
  ['null != 1', true],
  ['null < 1', null],
  ['true and null', null],
  ['false and null', false],
  ['true or null', true],
  ['not(null)', null],
  ['if null then 1 else 2', 2],
  ['a between 1 and 3', true],
  ['a in (1, 2)', true],
  ['a in [2..3]', false],
  ['5 in (> 3, < 1)', true],
  ['for x in b return x * 2', [2, 4, 6]],
  ['for x in 1..3, y in [10, 20] return x + y', [11, 21, 12, 22, 13, 23]],
  ['for i in 1..4 return if i = 1 then 1 else i * partial[-1]', [1, 2, 6, 24]],
  ['for i in 3..1 return i', [3, 2, 1]],
  ['some x in b satisfies x > 2', true],
  ['every x in b satisfies x > 2', false],
  ['b[item > 1]', [2, 3]],
  ['b[-1]', 3],
  ['people[age > 40].name', ['Wang']],
  ['people[name = "Li"][1].age', 30],
  ['deep.er.est', 7],
  ['{x: 1, y: x + 1}.y', 2],
  ['sum(b)', 6],
  ['求和(b) + 计数(b)', 9],
  ['max([1, 5, 3])', 5],
  ['min("b", "a")', 'a'],
  ['median([8, 2, 5, 3, 4])', 4],
  ['sort(b, function(x, y) x > y)', [3, 2, 1]],
  ['string length("a😀中")', 3],
  ['substring("foobar", -3)', 'bar'],
  ['substring(string: "foobar", start position: 3, length: 2)', 'ob'],
  ['upper case("aß")', 'ASS'],
  ['split("a;b", ";")', ['a', 'b']],
  ['replace("a.b.c", "\\.", "-")', 'a-b-c'],
  ['matches("abc", "^ab")', true],
  ['string join(["a", null, "b"], ", ")', 'a, b'],
  ['decimal(1 / 3, 2)', 0.33],
  ['round half up(5.5, 0)', 6],
  ['modulo(-12, 5)', 3],
  ['number("1 234,56", " ", ",")', 1234.56],
  ['string(1.50)', '1.5'],
  ['string(@"2026-03-02")', '2026-03-02'],
  ['date("2026-01-31") + @"P1M"', '2026-02-28'],
  ['date("2024-02-29") - @"P1Y"', '2023-02-28'],
  ['@"2026-03-02" - @"2026-02-27"', 'P3D'],
  ['(@"2026-03-02" - @"2026-02-27").days', 3],
  ['@"2026-03-02".weekday', 1],
  ['day of week(@"2026-03-02")', 'Monday'],
  ['week of year(@"2026-01-01")', 1],
  ['today()', '2026-03-02'],
  ['now().hour', 16],
  ['now() - @"P1D" < now()', true],
  ['@"2026-10-25T00:30:00@Europe/Berlin" + @"PT3H"', '2026-10-25T02:30:00@Europe/Berlin'],
  ['@"2026-03-29T01:30:00@Europe/Berlin" + @"PT1H"', '2026-03-29T03:30:00@Europe/Berlin'],
  ['years and months duration(@"2011-12-22", @"2013-08-24")', 'P1Y8M'],
  ['duration("P1D") / duration("PT12H")', 2],
  ['duration("PT1H") * 1.5', 'PT1H30M'],
  ['before([1..5), 5)', true],
  ['overlaps([1..5], [5..8])', true],
  ['[1..10].end', 10],
  ['context put({a: 1}, "b", 2)', { a: 1, b: 2 }],
  ['get value({a: {b: 1}}, ["a", "b"])', 1],
  ['get entries({a: 1})[1].key', 'a'],
  ['distinct values([1, 1.0, 2])', [1, 2]],
  ['flatten([1, [2, [3]]])', [1, 2, 3]],
  ['index of([1, 2, 1], 1)', [1, 3]],
  ['is(@"10:00:00", @"10:00:00Z")', false],
  ['// a comment\n1 /* another */ + 1', 2],
] as [string, unknown][])('%s', (expression, expected) => expect(value(expression)).toEqual(expected))

describe('every null has its reason', () => {
  test.each([
    ['1 / 0', [null, 'formula.outOfRange']],
    ['"5" + 3', [null, 'formula.wrongType']],
    ['nothing + 1', [null, 'formula.unknownName']],
    ['people[1].nothing', [null, 'formula.unknownName']],
    ['nothing(1)', [null, 'formula.unknownFunction']],
    ['b[7]', [null, 'formula.outOfRange']],
    ['"a" < 1', [null, 'formula.wrongType']],
    ['date("2026-02-30")', [null, 'formula.wrongArguments']],
    ['sqrt(-1)', [null, 'formula.wrongArguments']],
    ['matches("aaa", "(a+)+$")', [null, 'formula.wrongArguments']],
    ['10 ** 100000', [null, 'formula.outOfRange']],
    ['for i in 1..10001 return i', [null, 'formula.outOfRange']],
    ['if "x" then 1 else 2', [2, 'formula.wrongType']],
    ['n + 1', [null]],
    ['n.x.y', [null]],
  ] as [string, unknown[]][])('%s', (expression, expected) => expect(warned(expression)).toEqual(expected))

  test('with its place in the text', () => {
    expect(evaluateFeel('1 + (2 / 0)', {}, options)).toEqual({
      value: null,
      warnings: [{ code: 'formula.outOfRange', from: 5, to: 10, details: { expected: 'number', got: 'number' } }],
    })
  })
})

test.each([
  ['1 +', 'formula.syntax'],
  ['', 'formula.syntax'],
  ['"open', 'formula.syntax'],
  ['/* open', 'formula.syntax'],
  ['1 2', 'formula.syntax'],
  ['a := 1', 'formula.syntax'],
  [`${'('.repeat(200)}1${')'.repeat(200)}`, 'formula.tooDeep'],
  [`${'not('.repeat(70)}true${')'.repeat(70)}`, 'formula.tooDeep'],
  [Array.from({ length: 1100 }, () => '1').join('+'), 'formula.tooLong'],
  ['x'.repeat(1_000_001), 'formula.tooLong'],
  ['1 + '.repeat(50_000), 'formula.tooLong'],
])('refused: %.20s', (expression, code) => expect(warned(expression)).toEqual([code]))

test('a long chain is not deep', () => expect(value(Array.from({ length: 400 }, () => '1').join(' + '))).toBe(400))

test('unary tests', () => {
  const passes = (tests: string, input: unknown) => {
    const outcome = evaluateFeel(tests, { '?': input, limit: 5 }, { ...options, dialect: 'unaryTests' })
    return 'error' in outcome ? outcome.error : outcome.value
  }
  expect([
    passes('> limit', 6),
    passes('[1..5]', 6),
    passes('"a", "b"', 'b'),
    passes('not("a", "b")', 'b'),
    passes('-', null),
    passes('? > 1 and ? < 3', 2),
    passes('null', null),
    passes('(1..5]', 5),
  ]).toEqual([true, false, true, false, true, true, true, true])
})
