import {
  type Condition,
  compileCondition,
  type FieldValue,
  type FormDefinition,
  fieldRights,
  mayDo,
  type Principal,
  type RecordFacts,
} from '@tenon/engine'
import { type ListRequest, planList, planQuery, type QueryDefinition } from '@tenon/reports'
import { compileCount, compileList, compileQuery, runQuery } from '@tenon/reports/sql'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import {
  agent,
  type Desk,
  desk,
  environment,
  facts,
  linkedIn,
  type OpenDesk,
  openDesk,
  type Rows,
  stored,
  system,
} from './desk.ts'
import { condition, pathsOf, record } from './generate.ts'

type Access = NonNullable<FormDefinition['access']>
const leaf = (path: string, operator: string, value?: unknown): Condition =>
  ({ fact: 'record', path: `$.${path}`, operator, ...(value === undefined ? {} : { value }) }) as Condition

// An agent reads the tickets of his own and those of his customers; the price only of his own, the note never.
// Customers are his where he keeps them; their turnover is hidden from him.
const ticketAccess: Access = [
  {
    id: 'own',
    role: 'agent',
    rows: leaf('owner', 'equal', { ref: '$.user.id' }),
    can: ['read'],
    fields: { note: 'hidden' },
  },
  {
    id: 'kept',
    role: 'agent',
    rows: leaf('customer.keeper', 'in', { ref: '$.user.departments' }),
    can: ['read'],
    fields: { note: 'hidden', price: 'hidden', customer: 'read' },
  },
]
const customerAccess: Access = [
  {
    id: 'kept',
    role: '*',
    rows: leaf('keeper', 'in', ['u1', 'd1', 'd2']),
    can: ['read'],
    fields: { turnover: 'hidden' },
  },
]
const mine = desk({ ticket: ticketAccess, customer: customerAccess, region: [{ id: 'all', role: '*', can: ['read'] }] })

const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number, seed: number): readonly T[] =>
  fc.sample(arbitrary, { numRuns: count, seed })
const fill = ({ lookup }: Desk): Rows => ({
  'crm/region': ['r1', 'r2'].map((id, index) =>
    stored(sample(record(lookup('crm/region')!, id, []), 1, 1 + index)[0]!),
  ),
  customer: ['c1', 'c2', 'c3', 'c4'].map((id, index) =>
    stored({
      ...sample(record(lookup('customer')!, id, ['r1', 'r2']), 1, 5 + index)[0]!,
      keeper: ['u1', 'u2', 'd1', 'u9'][index] ?? null,
    }),
  ),
  ticket: sample(fc.integer({ min: 0, max: 1e9 }), 70, 99).map((seed, index) =>
    stored(
      sample(
        record(lookup('ticket')!, `t${String(index).padStart(2, '0')}`, ['c1', 'c2', 'c3', 'c4', 'gone']),
        1,
        seed,
      )[0]!,
    ),
  ),
})
const rows = fill(mine)
const ticket = mine.lookup('ticket')!
const customer = mine.lookup('customer')!

/** What the reader may see of a record, decided row by row by the engine: the oracle of the SQL. */
function seen(form: typeof ticket, row: RecordFacts, principal: Principal): RecordFacts | undefined {
  const own = facts({ record: row, linked: linkedIn(rows) })
  if (!mayDo(form, principal, 'read', own, mine.lookup)) return undefined
  const rights = fieldRights(form, principal, own, mine.lookup)
  return Object.fromEntries(Object.entries(row).filter(([id]) => rights.get(id) !== 'hidden'))
}
const seenLinks = (principal: Principal) => (form: string, id: string) => {
  const row = linkedIn(rows)(form, id)
  return row && seen(mine.lookup(form)!, row, principal)
}

describe('two readers', () => {
  eachDatabase((database) => {
    let open: OpenDesk
    beforeAll(async () => {
      open = await openDesk(database, mine)
      await open.fill(rows)
    })
    afterAll(() => open.close())

    const list = async (request: Partial<ListRequest>, principal: Principal) => {
      const plan = planList({ form: 'ticket', sort: ['id'], size: 500, ...request }, environment(mine, principal))
      if (!plan.ok) return plan.error
      const compiled = compileList(plan.value, open.database)
      return compiled.page(await open.run(compiled.statement)).items
    }

    test('a reader gets his rows and of each what he may see, through links too', async () => {
      for (const principal of [agent, system]) {
        const visible = rows.ticket!.flatMap((row) => {
          const shown = seen(ticket, row, principal)
          return shown ? [{ ...shown, id: row.id }] : []
        })
        const found = await list(
          { fields: ['subject', 'price', 'owner', 'customer', 'customer.name', 'customer.region.name'] },
          principal,
        )
        expect(found).toEqual(
          visible.map((row: RecordFacts) => {
            const linked = typeof row.customer === 'string' ? seenLinks(principal)('customer', row.customer) : undefined
            const further =
              typeof linked?.region === 'string' ? seenLinks(principal)('crm/region', linked.region) : undefined
            const values = {
              subject: row.subject,
              price: row.price,
              owner: row.owner,
              customer: row.customer,
              'customer.name': linked?.name,
              'customer.region.name': further?.name,
            }
            return {
              id: row.id,
              version: 1,
              values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
            }
          }),
        )
      }
      const everything = (await list({}, system)) as readonly unknown[]
      const own = (await list({}, agent)) as readonly unknown[]
      expect(own.length).toBeGreaterThan(3)
      expect(everything.length).toBeGreaterThan(own.length)
    })

    test('conditions see what their asker sees', async () => {
      const hidden = new Set(['note', 'customer.turnover'])
      const paths = pathsOf(ticket, mine.lookup).filter(({ path }) => !hidden.has(path.join('.')))
      await fc.assert(
        fc.asyncProperty(condition(paths), async (where) => {
          const holds = compileCondition(where, ticket, mine.lookup)
          const expected = rows.ticket!.filter((row) => {
            const shown = seen(ticket, row, agent)
            return shown !== undefined && holds(facts({ record: shown, linked: seenLinks(agent) }))
          })
          expect(
            ((await list({ where, fields: ['id'] }, agent)) as readonly { id: string }[]).map(({ id }) => id),
          ).toEqual(expected.map(({ id }) => id))
        }),
        { numRuns: 400, seed: 5 },
      )
    })

    test('a hidden field answers exactly like one that does not exist', async () => {
      const requests = (field: string): readonly Partial<ListRequest>[] => [
        { fields: [field] },
        { sort: [field] },
        { sort: [`-${field}`] },
        { where: leaf(field, 'isEmpty') },
        { where: { not: { any: [leaf(field, 'equal', 'x')] } } },
        { where: leaf('subject', 'equal', { ref: `$.record.${field}` }) },
        { marks: [{ field, bucket: 'hourOfDay', value: 3 }] },
      ]
      const queries = (field: string): readonly QueryDefinition[] => [
        { form: 'ticket', measures: [{ id: 'n', agg: 'min', field }] },
        { form: 'ticket', measures: [{ id: 'n', agg: 'countDistinct', field }] },
        { form: 'ticket', measures: [{ id: 'n', agg: 'count', where: leaf(field, 'isNotEmpty') }] },
        { form: 'ticket', measures: [{ id: 'n', agg: 'ratio', of: leaf(field, 'isNotEmpty') }] },
        { form: 'ticket', measures: [{ id: 'n', agg: 'avg', between: ['opened_at', field] }] },
        { form: 'ticket', measures: [{ id: 'n', agg: 'backlog', opened: field, closed: 'closed_at' }] },
        { form: 'ticket', by: [{ field }], measures: [{ id: 'n', agg: 'count' }] },
        { form: 'ticket', where: leaf(field, 'equal', 'x'), measures: [{ id: 'n', agg: 'count' }] },
      ]
      const ask = (query: QueryDefinition) => planQuery(query, environment(mine, agent))
      for (const [secret, missing] of [
        ['note', 'nope'],
        ['customer.turnover', 'customer.nothing'],
      ] as const) {
        const renamed = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll(secret, missing)) as unknown
        for (const [index, request] of requests(secret).entries()) {
          const answer = await list(request, agent)
          expect(answer).toMatchObject([{ code: 'field.unknown' }])
          expect(renamed(answer)).toEqual(await list(requests(missing)[index]!, agent))
        }
        for (const [index, query] of queries(secret).entries()) {
          const answer = ask(query)
          expect(answer.ok).toBe(false)
          expect(renamed(answer)).toEqual(ask(queries(missing)[index]!))
        }
      }
    })

    // Two databases that differ only in what the agent may not see must be the same to him.
    test('no question tells the agent what is hidden from him', async () => {
      const questions: readonly QueryDefinition[] = [
        {
          form: 'ticket',
          by: [{ field: 'customer.level' }],
          measures: [
            { id: 'n', agg: 'count' },
            { id: 'p', agg: 'sum', field: 'price' },
          ],
        },
        { form: 'ticket', by: [{ field: 'price' }], measures: [{ id: 'n', agg: 'count' }], sort: ['-n'] },
        {
          form: 'ticket',
          where: leaf('price', 'greaterThan', '1'),
          measures: [
            { id: 'n', agg: 'count' },
            { id: 'm', agg: 'max', field: 'price' },
            { id: 'q', agg: 'median', field: 'price' },
            { id: 'd', agg: 'countDistinct', field: 'price' },
          ],
        },
        {
          form: 'ticket',
          measures: [
            { id: 'r', agg: 'ratio', of: leaf('price', 'lessThan', '1') },
            { id: 'x', agg: 'percentile', field: 'price', p: 0.9 },
          ],
        },
        { form: 'customer', by: [{ field: 'name' }], measures: [{ id: 'n', agg: 'count' }] },
      ]
      const lists: readonly Partial<ListRequest>[] = [
        {},
        { sort: ['price'] },
        { sort: ['-price', 'customer.name'] },
        { where: { not: leaf('price', 'equal', '1.00') } },
        { where: leaf('customer.name', 'isEmpty') },
        { form: 'customer' },
      ]
      const view = async () => {
        const answers: unknown[] = []
        for (const query of questions) {
          const plan = planQuery(query, environment(mine, agent))
          if (!plan.ok) throw new Error(JSON.stringify(plan.error))
          answers.push(await runQuery(compileQuery(plan.value, open.database), open.run))
        }
        for (const request of lists) {
          answers.push(await list(request, agent))
          const plan = planList({ form: 'ticket', ...request }, environment(mine, agent))
          if (!plan.ok) throw new Error(JSON.stringify(plan.error))
          const count = compileCount(plan.value, open.database)
          answers.push(count.count(await open.run(count.statement)))
        }
        return answers
      }
      const before = await view()
      const hide = (value: FieldValue): FieldValue =>
        typeof value === 'string' && /^-?\d+\.\d\d$/.test(value) ? '777.77' : `${String(value)}!`
      const changed = (form: typeof ticket, row: RecordFacts & { id: string }, keep: readonly string[]) => {
        const shown = seen(form, row, agent)
        const touch = form === ticket ? ['note', 'price', 'subject'] : ['turnover', 'name', 'level']
        return {
          ...row,
          ...Object.fromEntries(
            touch
              .filter(
                (id) => !keep.includes(id) && shown?.[id] === undefined && row[id] !== undefined && row[id] !== null,
              )
              .map((id) => [id, hide(row[id]!)]),
          ),
        }
      }
      const other: Rows = {
        ...rows,
        ticket: rows.ticket!.map((row) => changed(ticket, row, [])),
        customer: rows.customer!.map((row) => changed(customer, row, ['level'])),
      }
      expect(other).not.toEqual(rows)
      await open.fill(other)
      expect(await view()).toEqual(before)
      await open.fill(rows)
    })

    test('nobody and somebody without a role find no form at all', async () => {
      for (const principal of [{ kind: 'anonymous' } as const, { ...agent, grants: [] } as Principal]) {
        expect(await list({}, principal)).toMatchObject([
          { code: 'form.unknown', path: '/form', details: { form: 'ticket' } },
        ])
      }
    })
  })
})
