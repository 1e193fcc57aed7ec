import fc from 'fast-check'
import { expect, it } from 'vitest'
import { requestKey } from '../conditions/metric.ts'
import type { Condition } from '../definitions/condition.ts'
import type { RuleDefinition } from '../definitions/rule.ts'
import type { Facts, MetricRequest } from '../facts.ts'
import { formModel } from '../forms/form-model.ts'
import { firedRules, holdingRules } from './fired-rules.ts'
import { metricNeeds } from './metric-needs.ts'

const form = formModel(
  {
    id: 'ticket',
    kind: 'form',
    schemaVersion: 1,
    label: 'x',
    title: { formula: 'subject' },
    fields: [
      { id: 'subject', type: 'text', label: 'x' },
      { id: 'amount', type: 'number', label: 'x', scale: 2 },
      {
        id: 'level',
        type: 'select',
        label: 'x',
        options: [
          { id: 'vip', label: 'x' },
          { id: 'key', label: 'x' },
        ],
      },
    ],
  },
  { id: 'app', currency: 'CNY' },
)

const leaf = fc.oneof(
  fc.record({
    fact: fc.constant('record' as const),
    path: fc.constant('$.amount'),
    operator: fc.constantFrom('greaterThan', 'lessThan', 'equal', 'notEqual'),
    value: fc.constantFrom('1.00', '2.50', '10.00'),
  }),
  fc.record({
    fact: fc.constant('record' as const),
    path: fc.constant('$.level'),
    operator: fc.constantFrom('in', 'notIn'),
    value: fc.constant(['vip']),
  }),
  fc.record({
    fact: fc.constant('record' as const),
    path: fc.constant('$.subject'),
    operator: fc.constantFrom('isEmpty', 'isNotEmpty'),
  }),
)
const treeOf = (leaves: fc.Arbitrary<Condition>) =>
  fc.letrec<{ tree: Condition }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      leaves,
      fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('tree'), { maxLength: 3 }) }),
      fc.record({ not: tie('tree') }),
    ),
  })).tree
const condition = treeOf(leaf as fc.Arbitrary<Condition>)

/** A figure of a metric: grouped by what the record says, by a literal or not at all, over any window. */
const figureLeaf = fc
  .record({
    params: fc.record(
      {
        metric: fc.constantFrom('severe', 'spent', 'waited'),
        by: fc.constantFrom(
          {},
          { level: { ref: '$.record.level' } },
          { level: 'vip' },
          { level: { ref: '$.record.level' }, subject: { ref: '$.record.subject' } },
        ),
        window: fc.constantFrom({ last: 'P7D' }, { last: 'P30D' }, { calendar: 'month' as const }),
        value: fc.constantFrom('value' as const, 'change' as const, 'ratio' as const),
        minimumSample: fc.constantFrom(1, 3),
        clear: fc.constantFrom(0, 1),
      },
      { requiredKeys: ['metric'] },
    ),
    test: fc.oneof(
      fc.record({
        operator: fc.constantFrom(
          'greaterThan',
          'greaterThanInclusive',
          'lessThan',
          'lessThanInclusive',
          'equal',
          'notEqual',
        ),
        value: fc.constantFrom(0, 2, 1.2, '2.50', 'PT2H', { ref: '$.record.amount' }),
      }),
      fc.record({ operator: fc.constant('between'), value: fc.constantFrom([0, 2], ['1.00', 3]) }),
      fc.record({ operator: fc.constantFrom('in', 'notIn'), value: fc.constantFrom([0, 2], [2.5]) }),
      fc.record({ operator: fc.constantFrom('isEmpty', 'isNotEmpty') }),
    ),
  })
  .map(({ params, test }) => ({ fact: 'metric', params, ...test }) as unknown as Condition)
const withFigures = treeOf(
  fc.oneof({ weight: 3, arbitrary: figureLeaf }, { weight: 1, arbitrary: leaf as fc.Arbitrary<Condition> }),
)

const facts: fc.Arbitrary<Facts> = fc
  .record({
    subject: fc.constantFrom(null, 'a'),
    amount: fc.constantFrom(null, '1.00', '2.50', '3.00'),
    level: fc.constantFrom(null, 'vip', 'key'),
  })
  .map((record) => ({ now: 0, zone: 'UTC', record }))
const ids = (fired: readonly RuleDefinition[]) => fired.map((rule) => rule.id)
const rulesOf = (conditions: readonly Condition[]) =>
  conditions.map(
    (one, i): RuleDefinition => ({
      id: `r${i}_${JSON.stringify(one).length}`,
      kind: 'rule',
      schemaVersion: 1,
      label: 'x',
      form: 'ticket',
      on: { events: ['created'] },
      if: one,
      then: [],
    }),
  )

it('json-rules-engine and the compiled predicates fire the same rules, in the same order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(condition, { minLength: 1, maxLength: 4 }), facts, async (conditions, given) => {
      const rules = rulesOf(conditions)
      const own = formModel(form.definition, { id: 'app', currency: 'CNY' })
      expect(ids(await firedRules(rules, given, own, () => undefined))).toEqual(
        ids(holdingRules(rules, given, own, () => undefined)),
      )
    }),
    { seed: 7, numRuns: 300 },
  )
})

/** What every figure is in one run: none, a count, money, a time. The same for the same request. */
const figures = fc
  .array(fc.constantFrom(null, 0, 1, 2, 3, '2.50', '1.200000000000', '-0.50', 'PT2H', 'PT30M'), {
    minLength: 7,
    maxLength: 7,
  })
  .map((values) => (request: MetricRequest) => {
    const key = requestKey(request)
    return values[[...key].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % values.length] ?? null
  })

it('with figures they fire the same rules too, and the figures asked for are all that is needed', async () => {
  let [fired, asked, idle] = [0, 0, 0]
  await fc.assert(
    fc.asyncProperty(
      fc.array(withFigures, { minLength: 1, maxLength: 4 }),
      facts,
      figures,
      async (conditions, bare, figure) => {
        const rules = rulesOf(conditions)
        const own = formModel(form.definition, { id: 'app', currency: 'CNY' })
        const all = { ...bare, metric: figure }
        const compiled = ids(holdingRules(rules, all, own, () => undefined))
        expect(ids(await firedRules(rules, all, own, () => undefined))).toEqual(compiled)
        const needs = conditions.flatMap((one) => metricNeeds(one, bare, own, () => undefined))
        const needed = new Map(needs.map((need) => [requestKey(need), figure(need)]))
        const only = { ...bare, metric: (request: MetricRequest) => needed.get(requestKey(request)) ?? null }
        expect(ids(await firedRules(rules, only, own, () => undefined))).toEqual(compiled)
        fired += compiled.length
        asked += needs.length
        idle += conditions.length - compiled.length
      },
    ),
    { seed: 11, numRuns: 1000 },
  )
  // Rules fired, did not, and asked for figures often enough for the comparison to mean something.
  expect(Math.min(fired, asked, idle)).toBeGreaterThan(500)
})
