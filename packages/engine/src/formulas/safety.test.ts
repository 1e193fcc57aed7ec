import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { facts, lookup, ticket } from '../conditions/fixture.ts'
import { compileFormula } from './compile.ts'
import { evaluateFeel } from './evaluate-feel.ts'

const options = { now: 1_772_438_400_000, zone: 'Asia/Shanghai' }
const context = { a: 1, b: [1, 2, 3], t: 'text', o: { p: 1 }, f: null }

/** Names that lead out of an object in JavaScript (RT-A1), in every way a name can be written. */
const dangerous = [
  'constructor',
  'prototype',
  '__proto__',
  'caller',
  'arguments',
  '__lookupGetter__',
  '__lookupSetter__',
  '__defineGetter__',
  '__defineSetter__',
  'valueOf',
  'toString',
  'hasOwnProperty',
  'isPrototypeOf',
  'call',
  'apply',
  'bind',
  'globalThis',
  'process',
  'require',
  'module',
  'eval',
  'Function',
  'this',
  'self',
  'window',
  'import',
  'then',
  'length',
  'push',
  'map',
]
const spellings: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => `${name}()`,
  (name) => `a.${name}`,
  (name) => `t.${name}`,
  (name) => `b.${name}`,
  (name) => `o.${name}`,
  (name) => `o.${name}.${name}`,
  (name) => `o.${name}()`,
  (name) => `o["${name}"]`,
  (name) => `o[item.${name}]`,
  (name) => `b[${name}]`,
  (name) => `get value(o, "${name}")`,
  (name) => `get value(o, "${name.slice(0, 3)}" + "${name.slice(3)}")`,
  (name) => `get value(o, ["${name}", "${name}"])`,
  (name) => `get value(o, "\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}")`,
  (name) => `{x: o}.x.${name}`,
  (name) => `context put({}, "q", 1).${name}`,
  (name) => `(function(x) x.${name})(o)`,
  (name) => `(function(x) x)(o).${name}`,
  (name) => `for ${name} in [o] return ${name}.${name}`,
  (name) => `[o].${name}`,
  (name) => `sum.${name}`,
  (name) => `@"2026-01-01".${name}`,
  (name) => `(now()).${name}`,
  (name) => `[1..2].${name}`,
  (name) => `abs(${name}: -1)`,
  (name) => `sort([2, 1], ${name})`,
]

describe('RT-A1: no spelling of a dangerous name reaches the host', () => {
  for (const name of dangerous) {
    test(name, () => {
      for (const spelling of spellings) {
        const expression = spelling(name)
        const outcome = evaluateFeel(expression, context, options)
        const value = 'error' in outcome ? null : outcome.value
        const harmless = new Set(['null', '[]', '[null]', '[null,null,null]', '2', 'false'])
        expect(harmless.has(JSON.stringify(value)), `${expression} → ${JSON.stringify(value)}`).toBe(true)
        const formula = compileFormula(expression, { form: ticket, lookup })
        if (formula.ok)
          expect(harmless.has(JSON.stringify(formula.value.evaluate(facts({ subject: 'a' })).value)), expression).toBe(
            true,
          )
      }
    })
  }

  test('a key with such a name is a key like any other, and nobody’s prototype', () => {
    const outcome = evaluateFeel('{"__proto__": 1, "constructor": 2}', {}, options)
    expect('error' in outcome ? undefined : JSON.stringify(outcome.value)).toBe('{"__proto__":1,"constructor":2}')
    const polluted = evaluateFeel('context merge([{"__proto__": {x: 1}}, {y: 2}]).x', {}, options)
    expect('error' in polluted ? undefined : polluted.value).toBe(null)
    const given = evaluateFeel('x', JSON.parse('{"__proto__": {"x": 1}}'), options)
    expect('error' in given ? undefined : given.value).toBe(null)
  })
})

describe('budget', () => {
  const outcome = (expression: string) => {
    const result = evaluateFeel(expression, context, options)
    return 'error' in result
      ? result.error.map((problem) => problem.code)
      : [result.value, ...result.warnings.map((warning) => warning.code)]
  }
  const exhausted = [null, 'formula.budget']
  test.each([
    ['nested loops', 'count(for a in 1..10000, b in 1..10000 return 1)'],
    [
      'text that doubles',
      'count(for i in 1..100 return if i = 1 then "xxxxxxxxxxxxxxxxxxxxxxxx" else partial[-1] + partial[-1])',
    ],
    [
      'lists that double',
      'count(for i in 1..100 return if i = 1 then [1, 2] else concatenate(partial[-1], partial[-1]))',
    ],
    ['recursion through a function that takes itself', '(function(g) g(g))(function(g) g(g))'],
    ['flatten of much', 'count(flatten(for i in 1..1000 return for j in 1..1000 return 1))'],
    ['a quantifier', 'some a in 1..10000, b in 1..10000 satisfies a + b < 0'],
  ])('%s ends with null and a warning', (_, expression) => expect(outcome(expression)).toEqual(exhausted))

  test('work within the budget is done', () => expect(outcome('sum(for i in 1..10000 return i)')).toEqual([50_005_000]))
})

/** Everything that code could lean on, as text: own keys, values and prototypes of the intrinsics. */
function fingerprint(): string {
  const intrinsics = [
    Object,
    Array,
    String,
    Number,
    Boolean,
    Function,
    Map,
    Set,
    Symbol,
    Promise,
    RegExp,
    Error,
    Math,
    JSON,
    Reflect,
  ].flatMap((one) => ('prototype' in one && one.prototype ? [one, one.prototype] : [one]))
  return intrinsics
    .map((one) =>
      Reflect.ownKeys(one as object)
        .map((key) => {
          const { value, get, set, ...flags } = Object.getOwnPropertyDescriptor(one as object, key) ?? {}
          return [
            String(key),
            typeof value,
            String(get),
            String(set),
            JSON.stringify(flags),
            typeof value === 'function' ? value.name : typeof value === 'object' ? '' : String(value),
          ].join(':')
        })
        .join('\n'),
    )
    .join('\n\n')
}

/** Generated FEEL text for the tests: every construct of the profile, names of `context` in safety.test.ts. */
const literal = fc.oneof(
  { arbitrary: fc.integer({ min: -20, max: 20 }).map(String), weight: 4 },
  { arbitrary: fc.constantFrom('1.5', '0.1', '.25', '1e3', '99999999999999999999'), weight: 2 },
  {
    arbitrary: fc.constantFrom(
      'true',
      'false',
      'null',
      '"a"',
      '"中文😀"',
      '""',
      '"2026-03-02"',
      'a',
      'b',
      't',
      'o',
      'f',
      'nothing',
      'now()',
      'today()',
    ),
    weight: 4,
  },
  {
    arbitrary: fc.constantFrom(
      '@"2026-03-02"',
      '@"PT2H"',
      '@"P1M"',
      '@"10:00:00"',
      '@"2026-03-02T10:00:00Z"',
      '@"2026-03-02T10:00:00@Europe/Berlin"',
      '@"nothing"',
    ),
    weight: 2,
  },
)
const binary = fc.constantFrom('+', '-', '*', '/', '**', '=', '!=', '<', '<=', '>', '>=', 'and', 'or')
const unaryFunction = fc.constantFrom(
  'not',
  'string',
  'number',
  'date',
  'time',
  'duration',
  'abs',
  'floor',
  'sqrt',
  'log',
  'exp',
  'odd',
  'count',
  'sum',
  'min',
  'max',
  'mean',
  'median',
  'mode',
  'stddev',
  'all',
  'any',
  'reverse',
  'flatten',
  'distinct values',
  'sort',
  'string length',
  'upper case',
  'day of week',
  'week of year',
  'get entries',
  'context',
  'is defined',
  'date and time',
  'product',
  'union',
  'last day of month',
  '求和',
)
const binaryFunction = fc.constantFrom(
  'contains',
  'starts with',
  'substring',
  'substring before',
  'split',
  'modulo',
  'decimal',
  'round half up',
  'round down',
  'list contains',
  'append',
  'concatenate',
  'index of',
  'remove',
  'sublist',
  'before',
  'after',
  'includes',
  'during',
  'overlaps',
  'meets',
  'coincides',
  'get value',
  'is',
  'years and months duration',
  'date and time',
  'string join',
  'matches',
  'partition',
)

const { feelText } = fc.letrec<{ feelText: string }>((tie) => {
  const part = tie('feelText')
  const two = (write: (a: string, b: string) => string) => fc.tuple(part, part).map(([a, b]) => write(a, b))
  const three = (write: (a: string, b: string, c: string) => string) =>
    fc.tuple(part, part, part).map(([a, b, c]) => write(a, b, c))
  return {
    feelText: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { arbitrary: literal, weight: 4 },
      { arbitrary: fc.tuple(part, binary, part).map(([a, operator, b]) => `(${a}) ${operator} (${b})`), weight: 6 },
      part.map((a) => `-(${a})`),
      fc.tuple(unaryFunction, part).map(([name, a]) => `${name}(${a})`),
      fc.tuple(binaryFunction, part, part).map(([name, a, b]) => `${name}(${a}, ${b})`),
      three((a, b, c) => `if ${a} then ${b} else ${c}`),
      three((a, b, c) => `(${a}) between (${b}) and (${c})`),
      three((a, b, c) => `(${a}) in (${b}, > (${c}))`),
      two((a, b) => `[${a}, ${b}]`),
      two((a, b) => `[(${a})..(${b}))`),
      two((a, b) => `{x: ${a}, y: x, z: ${b}}`),
      two((a, b) => `(${a})[${b}]`),
      part.map((a) => `(${a}).x`),
      part.map((a) => `(${a}).year`),
      two((a, b) => `(for x in (${a}) return (${b}))`),
      two((a, b) => `(for x in -3..3, y in [${a}] return (${b}))`),
      two((a, b) => `(some x in (${a}) satisfies (${b}))`),
      two((a, b) => `(every x in (${a}) satisfies (${b}))`),
      two((a, b) => `sort(${a}, function(x, y) ${b})`),
      part.map((a) => `(function(x) ${a})(x: 1)`),
    ),
  }
})

/** The text with some characters removed, doubled, swapped or replaced. */
const mutated = (text: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.tuple(
        fc.nat(),
        fc.constantFrom('remove', 'double', 'swap', 'replace'),
        fc.constantFrom(
          '(',
          ')',
          '[',
          ']',
          '{',
          '}',
          '"',
          '\\',
          '.',
          ',',
          ':',
          '@',
          '?',
          '$',
          '\u0000',
          '\ud800',
          '😀',
          '/*',
          '//',
          '..',
          ' ',
          '`',
          '；',
        ),
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map((changes) =>
      changes.reduce((current, [place, kind, put]) => {
        const at = current.length === 0 ? 0 : place % current.length
        if (kind === 'remove') return current.slice(0, at) + current.slice(at + 1)
        if (kind === 'double') return current.slice(0, at) + current.slice(at, at + 5) + current.slice(at)
        if (kind === 'swap')
          return current.slice(0, at) + (current[at + 1] ?? '') + (current[at] ?? '') + current.slice(at + 2)
        return current.slice(0, at) + put + current.slice(at + 1)
      }, text),
    )

describe('totality', () => {
  const said = (expression: string) => JSON.stringify(evaluateFeel(expression, context, options))

  test('10,000 generated expressions give a value or a problem and leave the host as it was', {
    timeout: 120_000,
  }, () => {
    const before = fingerprint()
    let values = 0
    fc.assert(
      fc.property(feelText, (expression) => {
        if (!said(expression).startsWith('{"error"')) values++
      }),
      { seed: 20260302, numRuns: 10_000 },
    )
    expect(fingerprint()).toBe(before)
    expect(values).toBeGreaterThan(9_000)
  })

  test('the same text gives the same result', () => {
    fc.assert(
      fc.property(feelText, (expression) => {
        expect(said(expression)).toBe(said(expression))
      }),
      { seed: 20260304, numRuns: 1_000 },
    )
  })

  test('10,000 mutated texts never throw', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(feelText.chain(mutated), (expression) => {
        said(expression)
      }),
      { seed: 20260303, numRuns: 10_000 },
    )
  })
})
