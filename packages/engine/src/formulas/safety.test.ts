import { describe, expect, test } from 'vitest'
import { Chance } from '../../test/chance.ts'
import { formulaContext as context, feelText, mutated } from '../../test/feel-text.ts'
import { facts, lookup, ticket } from '../conditions/fixture.ts'
import { compileFormula } from './compile.ts'
import { evaluateFeel } from './evaluate-feel.ts'

const options = { now: 1_772_438_400_000, zone: 'Asia/Shanghai' }

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

/** What a push can afford; promised are 100,000 of each. */
const cases = Number(process.env.TENON_P16_CASES ?? 40_000)
const seed = Number(process.env.TENON_P16_SEED ?? 20_260_302)

describe('totality', () => {
  const said = (expression: string) => JSON.stringify(evaluateFeel(expression, context, options))

  test('generated expressions give a value or a problem, the same one again, and leave the host as it was', {
    timeout: 1_200_000,
  }, () => {
    const before = fingerprint()
    const chance = new Chance(seed)
    const different: string[] = []
    let values = 0
    for (let made = 0; made < cases; made++) {
      const expression = feelText(chance)
      const once = said(expression)
      if (once !== said(expression)) different.push(expression)
      if (!once.startsWith('{"error"')) values++
    }
    expect(different).toEqual([])
    expect(fingerprint()).toBe(before)
    expect(values).toBeGreaterThan(0.9 * cases)
  })

  test('mutated texts never throw', { timeout: 1_200_000 }, () => {
    const chance = new Chance(seed + 1)
    const crashed: string[] = []
    for (let made = 0; made < cases; made++) {
      const text = mutated(feelText(chance), chance)
      try {
        said(text)
      } catch {
        crashed.push(text)
      }
    }
    expect(crashed).toEqual([])
  })
})
