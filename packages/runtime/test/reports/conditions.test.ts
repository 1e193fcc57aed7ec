import { compileCondition } from '@tenon/engine'
import { planList } from '@tenon/reports'
import { compileCount, compileList } from '@tenon/reports/sql'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { desk, environment, facts, linkedIn, type OpenDesk, openDesk, type Rows, stored } from './desk.ts'
import { condition, formula, pathsOf, record } from './generate.ts'

const all = desk()
const [ticket, customer, region] = ['ticket', 'customer', 'crm/region'].map((name) => all.lookup(name)!)
const regions = ['r1', 'r2']
const customers = ['c1', 'c2', 'c3']

const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number, seed: number): readonly T[] =>
  fc.sample(arbitrary, { numRuns: count, seed })

const rows: Rows = {
  'crm/region': regions.map((id, index) => stored(sample(record(region!, id, []), 1, 11 + index)[0]!)),
  customer: customers.map((id, index) =>
    stored(sample(record(customer!, id, [...regions, 'gone']), 1, 21 + index)[0]!),
  ),
  ticket: sample(fc.integer({ min: 0, max: 1e9 }), 60, 31).map((seed, index) =>
    stored(sample(record(ticket!, `t${String(index).padStart(3, '0')}`, [...customers, 'gone']), 1, seed)[0]!),
  ),
}

eachDatabase((database) => {
  let open: OpenDesk
  beforeAll(async () => {
    open = await openDesk(database, all)
    await open.fill(rows)
  })
  afterAll(() => open.close())

  test('a condition in SQL holds for exactly the rows for which it holds in memory', async () => {
    const env = environment(all)
    let chosen = 0
    await fc.assert(
      fc.asyncProperty(condition(pathsOf(ticket!, all.lookup)), async (where) => {
        const holds = compileCondition(where, ticket!, all.lookup)
        const expected = rows
          .ticket!.filter((row) => holds(facts({ record: row, linked: linkedIn(rows) })))
          .map(({ id }) => id)
        const plan = planList({ form: 'ticket', where, fields: ['id'], sort: ['id'], size: 500 }, env)
        if (!plan.ok) throw new Error(JSON.stringify(plan.error))
        const list = compileList(plan.value, open.database)
        const { items } = list.page(await open.run(list.statement))
        expect(items.map(({ id }) => id)).toEqual(expected)
        const count = compileCount(plan.value, open.database)
        expect(count.count(await open.run(count.statement))).toBe(expected.length)
        if (expected.length > 0 && expected.length < rows.ticket!.length) chosen += 1
      }),
      { numRuns: 1500, seed: 4711 },
    )
    // The conditions told rows apart often enough for the comparison to mean something.
    expect(chosen).toBeGreaterThan(500)
  })

  test('a formula that can be said in SQL holds for exactly the rows for which it holds in memory', async () => {
    const env = environment(all)
    let [chosen, refused] = [0, 0]
    await fc.assert(
      fc.asyncProperty(formula, async (text) => {
        const where = { formula: text }
        const holds = compileCondition(where, ticket!, all.lookup)
        const expected = rows
          .ticket!.filter((row) => holds(facts({ record: row, linked: linkedIn(rows) })))
          .map(({ id }) => id)
        const plan = planList({ form: 'ticket', where, fields: ['id'], sort: ['id'], size: 500 }, env)
        if (!plan.ok) {
          refused += 1
          return
        }
        const list = compileList(plan.value, open.database)
        expect(list.page(await open.run(list.statement)).items.map(({ id }) => id)).toEqual(expected)
        if (expected.length > 0 && expected.length < rows.ticket!.length) chosen += 1
      }),
      { numRuns: 600, seed: 42 },
    )
    expect(chosen).toBeGreaterThan(250)
    expect(refused).toBeLessThan(120)
  })
})
