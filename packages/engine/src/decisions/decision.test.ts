import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { facts, lookup, ticket } from '../conditions/fixture.ts'
import type { DecisionDefinition, HitPolicy } from '../definitions/decision.ts'
import { compileDecision, type DecisionOutcome } from './compile-decision.ts'
import { checkCompleteness } from './completeness.ts'
import { evaluateDecision } from './evaluate-decision.ts'
import { combinationText } from './words.ts'

type Cells = { readonly [input: string]: string }
type Then = DecisionDefinition['rows'][number]['then']

function table(
  inputs: readonly (string | DecisionDefinition['inputs'][number])[],
  rows: readonly (readonly [Cells, Then])[],
  more: Partial<DecisionDefinition> = {},
): DecisionDefinition {
  return {
    id: 'd',
    kind: 'decision',
    schemaVersion: 1,
    label: 'd',
    form: 'ticket',
    hitPolicy: 'unique',
    inputs: inputs.map((input) => (typeof input === 'string' ? { id: input, expression: input } : input)),
    outputs: [{ id: 'result' }],
    rows: rows.map(([when, then], at) => ({ id: `row_${at + 1}`, when, then })),
    ...more,
  }
}
const options = { now: 0, zone: 'UTC' }
function decided(definition: DecisionDefinition, given: string): DecisionOutcome & { readonly result: unknown } {
  const outcome = evaluateDecision(definition, given, options)
  if ('error' in outcome) throw new Error(JSON.stringify(outcome.error))
  return outcome
}

describe('hit policies (DMN 1.5 §8.2.11)', () => {
  const rows: readonly (readonly [Cells, Then])[] = [
    [{ age: '>= 18' }, { result: 'adult' }],
    [{ age: '>= 65' }, { result: 'senior' }],
    [{ age: '< 18' }, { result: 'minor' }],
  ]
  const order = [{ id: 'result', values: ['senior', 'adult', 'minor'] }]
  const under = (hitPolicy: HitPolicy, more: Partial<DecisionDefinition> = {}) =>
    table(['age'], rows, { hitPolicy, outputs: order, ...more })

  test.each([
    ['unique', '70', null, ['row_1', 'row_2'], ['decision.severalRows']],
    ['unique', '20', 'adult', ['row_1'], []],
    ['any', '70', null, ['row_1', 'row_2'], ['decision.contradiction']],
    ['any', '5', 'minor', ['row_3'], []],
    ['first', '70', 'adult', ['row_1'], []],
    ['priority', '70', 'senior', ['row_2'], []],
    ['ruleOrder', '70', ['adult', 'senior'], ['row_1', 'row_2'], []],
    ['outputOrder', '70', ['senior', 'adult'], ['row_2', 'row_1'], []],
    ['collect', '70', ['adult', 'senior'], ['row_1', 'row_2'], []],
    ['unique', 'null', null, [], []],
  ] as const)('%s with age %s gives %j', (policy, age, result, hit, warnings) => {
    const outcome = decided(under(policy), `{age: ${age}}`)
    expect([outcome.result, outcome.rows, outcome.warnings.map(({ code }) => code)]).toEqual([result, hit, warnings])
  })

  test.each([
    ['sum', 5],
    ['min', 2],
    ['max', 3],
    ['count', 2],
  ] as const)('collect with %s is %i', (aggregation, result) => {
    const numbers = table(
      ['a'],
      [
        [{ a: '> 1' }, { result: 2 }],
        [{ a: '> 2' }, { result: 3 }],
        [{ a: '> 3' }, { result: 7 }],
      ],
      { hitPolicy: 'collect', aggregation },
    )
    expect(decided(numbers, '{a: 3}').result).toBe(result)
  })

  test('the sum of 0.1 and 0.2 is 0.3', () => {
    const rows = [0.1, 0.2].map((result) => [{}, { result }] as const)
    expect(decided(table(['a'], rows, { hitPolicy: 'collect', aggregation: 'sum' }), '{a: 1}').result).toBe(0.3)
  })

  test('no row: the default; it says that it is one', () => {
    const outcome = decided(under('first', { outputs: [{ id: 'result', default: 'unknown' }] }), '{age: null}')
    expect([outcome.result, outcome.isDefault, outcome.rows]).toEqual(['unknown', true, []])
  })

  test('several outputs are a context; entries may compute', () => {
    const both = table(['a'], [[{ a: '[1..5]' }, { result: 'low', twice: { formula: 'a * 2' } }]], {
      outputs: [{ id: 'result' }, { id: 'twice' }],
    })
    expect(decided(both, '{a: 4}')).toMatchObject({
      result: { result: 'low', twice: 8 },
      outputs: { result: 'low', twice: 8 },
      inputs: { a: '4' },
    })
  })
})

test('over a form, fields are bare names and links are followed; the row that hit is named', () => {
  const definition = table(
    [{ id: 'level', expression: 'customer.level' }, 'priority'],
    [
      [{ level: '"vip", "key"', priority: 'not("low")' }, { result: 'soon' }],
      [{}, { result: 'later' }],
    ],
    { hitPolicy: 'first' },
  )
  const compiled = compileDecision(definition, { form: ticket, lookup })
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error))
  const outcome = compiled.value.decide(facts({ priority: 'high', customer: 'c1' }))
  expect([outcome.outputs, outcome.rows]).toEqual([
    { result: outcome.rows[0] === 'row_1' ? 'soon' : 'later' },
    outcome.rows,
  ])
  expect(compiled.value.reads.map((read) => read.path.join('.'))).toEqual(['customer.level', 'priority'])
})

test('what is wrong in a cell is told with its place', () => {
  const wrong = table(['subject'], [[{ subject: '>= ' }, { result: { formula: 'nothing_there + 1' } }]])
  const compiled = compileDecision(wrong, { form: ticket, lookup })
  expect(compiled.ok ? [] : compiled.error.map(({ code, path }) => [code, path])).toEqual([
    ['formula.syntax', '/rows/0/when/subject'],
    ['formula.unknownName', '/rows/0/then/result/formula'],
  ])
})

describe('completeness', () => {
  const gaps = (definition: DecisionDefinition) => checkCompleteness(definition).gaps

  test.each<[string, readonly Cells[], readonly Cells[]]>([
    ['numbers with a hole', [{ a: '< 10' }, { a: '> 10' }], [{ a: '10, null' }]],
    ['numbers without', [{ a: '<= 10' }, { a: '(10..20]' }, { a: '> 20' }, { a: 'null' }], []],
    ['dates, day by day', [{ a: '<= date("2026-03-01")' }, { a: '>= date("2026-03-02")' }, { a: 'null' }], []],
    ['text', [{ a: '"x"' }, { a: 'not("x", "y")' }], [{ a: '"y"' }]],
    ['boolean', [{ a: 'true' }], [{ a: 'false, null' }]],
    ['two columns', [{ a: '>= 5', b: 'true' }, { a: '< 5' }, { a: 'null' }], [{ a: '>= 5', b: 'false, null' }]],
  ])('%s', (_, rows, expected) => {
    const columns = ['a', ...(rows.some((row) => 'b' in row) ? ['b'] : [])]
    expect(
      gaps(
        table(
          columns,
          rows.map((when) => [when, { result: 1 }]),
        ),
      ),
    ).toEqual(expected)
  })

  test('what is listed as a column’s values, and nothing else, has to be covered; in words', () => {
    const definition = table(
      [
        { id: 'tier', expression: 'tier', label: { 'zh-CN': '客户等级', en: 'Tier' }, values: ['vip', 'standard'] },
        { id: 'impact', expression: 'impact', label: { 'zh-CN': '影响', en: 'Impact' }, values: ['high', 'low'] },
      ],
      [
        [{ tier: '"vip"' }, { result: 1 }],
        [{ impact: '"high"' }, { result: 2 }],
      ],
    )
    const found = checkCompleteness(definition)
    expect(found.gaps.map((gap) => combinationText(definition, gap, 'zh-CN'))).toEqual([
      '客户等级 "standard"；影响 "low"',
    ])
    expect(found.overlaps).toEqual([{ rows: [0, 1], when: { tier: '"vip"', impact: '"high"' } }])
  })

  test('a row behind one that takes everything is never reached', () => {
    const rows: readonly (readonly [Cells, Then])[] = [
      [{ a: '> 5' }, { result: 1 }],
      [{ a: '[7..9]' }, { result: 2 }],
    ]
    expect(checkCompleteness(table(['a'], rows, { hitPolicy: 'first' })).unreachable).toEqual([{ row: 1, behind: 0 }])
  })

  test('a cell that asks the record is named, and nothing is claimed', () => {
    const found = checkCompleteness(
      table(
        ['a'],
        [
          [{ a: '> 5' }, { result: 1 }],
          [{ a: '> b' }, { result: 2 }],
        ],
      ),
    )
    expect([found.unchecked, found.gaps]).toEqual([{ row: 1, input: 'a' }, []])
  })

  test('a long table is checked whole', () => {
    const rows = Array.from(
      { length: 400 },
      (_, at) => [{ a: `[${at * 10}..${at * 10 + 10})` }, { result: at }] as const,
    )
    const found = checkCompleteness(table(['a'], rows))
    expect([found.gaps, found.overlaps]).toEqual([[{ a: '< 0, >= 4000, null' }], []])
  })

  // The oracle: ask the table itself for every value of a small world.
  const cell = fc.oneof(
    fc.constantFrom('-', 'null', 'not(null)', '2, 4', 'not(3)', 'not(1, 2)'),
    fc
      .tuple(fc.constantFrom('<', '<=', '>', '>=', '='), fc.integer({ min: 0, max: 6 }))
      .map(([op, end]) => `${op} ${end}`),
    fc
      .tuple(fc.constantFrom('[', '('), fc.integer({ min: 0, max: 6 }), fc.nat({ max: 3 }), fc.constantFrom(']', ')'))
      .map(([open, low, size, close]) => `${open}${low}..${low + size}${close}`),
  )
  const world = [null, ...Array.from({ length: 17 }, (_, at) => at / 2 - 1)]
  const asked = (definition: DecisionDefinition) => {
    const compiled = compileDecision(definition, { names: ['a', 'b'] })
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.error))
    return (params: Record<string, unknown>) => compiled.value.decide({ ...options, params }).rows
  }

  test('gaps and overlaps are those that every value of a small world shows', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (cells) => {
        const definition = table(
          ['a', 'b'],
          cells.map(([a, b]) => [{ a, b }, { result: 1 }]),
          { hitPolicy: 'collect' },
        )
        const found = checkCompleteness(definition)
        if (found.unchecked || found.isCut) return
        const gapTable = table(
          ['a', 'b'],
          found.gaps.map((gap) => [gap, { result: 1 }]),
          { hitPolicy: 'collect' },
        )
        const rowsOf = asked(definition)
        const gapsOf = found.gaps.length > 0 ? asked(gapTable) : () => []
        const met = new Set<string>()
        for (const a of world) {
          for (const b of world) {
            const given = { a, b }
            const rows = rowsOf(given)
            const isGap = gapsOf(given).length > 0
            expect([given, isGap]).toEqual([given, rows.length === 0])
            for (const later of rows) for (const earlier of rows) if (earlier < later) met.add(`${earlier} ${later}`)
          }
        }
        const claimed = found.overlaps.map(({ rows: [one, other] }) => `row_${one + 1} row_${other + 1}`)
        expect([...met].sort()).toEqual(claimed.sort())
      }),
      { seed: 20260301, numRuns: 40 },
    )
  })
})
