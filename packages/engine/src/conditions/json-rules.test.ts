import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Condition, ConditionValue } from '../definitions/condition.ts'
import { operatorNames } from '../definitions/condition.ts'
import type { RecordFacts } from '../facts.ts'
import { compileCondition } from './compile.ts'
import { facts, lookup, ticket } from './fixture.ts'
import { compileJsonRules } from './json-rules.ts'

const scalar = fc.constantFrom<ConditionValue>(
  'a',
  'b',
  '😀',
  '',
  'high',
  'low',
  'hw',
  'c1',
  0,
  1,
  2.5,
  '2.50',
  true,
  false,
  null,
  '2026-03-01',
  '2026-02-27T08:00:00.000Z',
  'P3D',
  'PT2H',
  { ref: '$.user.id' },
  { ref: '$.record.quantity' },
  { ref: '$.now' },
)
const operand = fc.oneof(
  scalar,
  fc.array(scalar.filter((value) => value !== null) as fc.Arbitrary<string>, { maxLength: 3 }),
)
const path = fc.constantFrom(
  'subject',
  'quantity',
  'hours',
  'price',
  'urgent',
  'due_on',
  'reported_at',
  'effort',
  'priority',
  'tags',
  'owner',
  'customer',
  'customer.level',
  'customer.turnover',
  'nothing',
  'constructor',
)
const leaf: fc.Arbitrary<Condition> = fc
  .record({
    fact: fc.constantFrom('record' as const, 'previous' as const),
    path,
    operator: fc.constantFrom(...operatorNames),
    value: operand,
  })
  .map((each) => ({ ...each, path: `$.${each.path}` }))
const formula = fc.constantFrom<Condition>(
  { formula: 'quantity > 1' },
  { formula: 'urgent' },
  { formula: 'price * quantity > 5' },
  { formula: 'nothing = 1' },
)
const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leaf,
    formula,
    fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ not: tie('tree') }),
  ),
}))
const maybe = <T>(...values: readonly T[]) => fc.constantFrom<T | null>(null, ...values)
const record: fc.Arbitrary<RecordFacts> = fc.record({
  subject: maybe('a', 'b', '😀', '｡'),
  quantity: maybe(0, 1, 2),
  hours: maybe('2.50', '10.00'),
  price: maybe('2.50', '100.00'),
  urgent: maybe(true, false),
  due_on: maybe('2026-03-01', '2026-03-02'),
  reported_at: maybe('2026-02-27T08:00:00.000Z', '2026-03-02T07:00:00.000Z'),
  effort: maybe('PT2H', 'P3D'),
  priority: maybe('high', 'low'),
  tags: maybe(['hw'], ['hw', 'sw']),
  owner: maybe('u1', 'u2'),
  customer: maybe('c1', 'gone'),
})

describe('json-rules-engine and the closures', () => {
  test('hold the same conditions on generated data', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(tree, { minLength: 1, maxLength: 4 }),
        record,
        record,
        async (conditions, now, before) => {
          const named = conditions.map((condition, at) => ({ id: `r${at}`, condition }))
          const given = facts(now, { previous: before })
          const compiled = named
            .filter(({ condition }) => compileCondition(condition, ticket, lookup)(given))
            .map(({ id }) => id)
          expect(await compileJsonRules(named, ticket, lookup)(given)).toEqual(compiled)
        },
      ),
      { seed: 20260302, numRuns: 400 },
    )
  })

  test('generated leaves are often true, so parity says something', () => {
    let yes = 0
    fc.assert(
      fc.property(leaf, record, (condition, now) => {
        if (compileCondition(condition, ticket, lookup)(facts(now))) yes++
      }),
      { seed: 1, numRuns: 2000 },
    )
    expect(yes).toBeGreaterThan(100)
  })

  test('runs at the same time do not disturb each other', async () => {
    const run = compileJsonRules(
      [{ id: 'one', condition: { fact: 'record', path: '$.quantity', operator: 'equal', value: 1 } }],
      ticket,
      lookup,
    )
    const results = await Promise.all([1, 2, 1].map((quantity) => run(facts({ quantity }))))
    expect(results).toEqual([['one'], [], ['one']])
  })
})
