import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Condition } from '../definitions/condition.ts'
import type { RuleDefinition } from '../definitions/rule.ts'
import type { Facts } from '../facts.ts'
import { formModel } from '../forms/form-model.ts'
import { firedRules, holdingRules } from './fired-rules.ts'

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
const condition = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf as fc.Arbitrary<Condition>,
    fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ not: tie('tree') }),
  ),
})).tree
const facts: fc.Arbitrary<Facts> = fc
  .record({
    subject: fc.constantFrom(null, 'a'),
    amount: fc.constantFrom(null, '1.00', '2.50', '3.00'),
    level: fc.constantFrom(null, 'vip', 'key'),
  })
  .map((record) => ({ now: 0, zone: 'UTC', record }))

it('json-rules-engine and the compiled predicates fire the same rules, in the same order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(condition, { minLength: 1, maxLength: 4 }), facts, async (conditions, given) => {
      const rules = conditions.map(
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
      const own = formModel(form.definition, { id: 'app', currency: 'CNY' })
      const ids = (fired: readonly RuleDefinition[]) => fired.map((rule) => rule.id)
      expect(ids(await firedRules(rules, given, own, () => undefined))).toEqual(
        ids(holdingRules(rules, given, own, () => undefined)),
      )
    }),
    { seed: 7, numRuns: 300 },
  )
})
