import type { Condition, FormDefinition } from '@tenon/engine'
import { planList, planQuery, type QueryDefinition } from '@tenon/reports'
import { compileCount, compileList, compileQuery, type Sql } from '@tenon/reports/sql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { agent, desk, environment, type OpenDesk, openDesk, stored } from './desk.ts'

// Text that breaks out of every kind of quoting, as somebody would send it and as somebody would have stored it.
const canary = `c'"\`]\\;--/*%_$1?:a{{x}}canary`
const mask: NonNullable<FormDefinition['access']> = [
  {
    id: 'own',
    role: 'agent',
    rows: {
      any: [
        { fact: 'record', path: '$.customer.name', operator: 'notEqual', value: canary },
        { fact: 'record', path: '$.subject', operator: 'contains', value: canary },
      ],
    },
    can: ['read'],
  },
]
const all = desk({ ticket: mask, customer: [{ id: 'all', role: '*', can: ['read'] }] })

const leaf = (path: string, operator: string, value: unknown): Condition =>
  ({ fact: 'record', path: `$.${path}`, operator, value }) as Condition
const conditions: readonly Condition[] = [
  ...['equal', 'notEqual', 'lessThan', 'greaterThanInclusive', 'contains', 'doesNotContain', 'startsWith'].map(
    (operator) => leaf('subject', operator, canary),
  ),
  ...['in', 'notIn', 'between'].map((operator) => leaf('customer.name', operator, [canary, `${canary}2`])),
  leaf('tags', 'contains', canary),
  leaf('tags', 'containsAny', [canary]),
  leaf('owner', 'equal', canary),
  leaf('due_on', 'equal', canary),
  leaf('opened_at', 'within', canary),
  leaf('price', 'greaterThan', canary),
  leaf('urgent', 'equal', canary),
  { formula: `subject = ${JSON.stringify(canary)} or customer.name in ("a", ${JSON.stringify(canary)})` },
]

describe('SQL canary', () => {
  eachDatabase((database) => {
    let open: OpenDesk
    beforeAll(async () => {
      open = await openDesk(database, all)
      await open.fill({
        customer: [stored({ id: 'c1', name: canary, level: 'vip' })],
        ticket: [
          stored({ id: canary, subject: canary, customer: 'c1', tags: [canary, 'hw'], owner: canary, title: canary }),
          stored({ id: 't2', subject: 'x' }),
        ],
      })
    })
    afterAll(() => open.close())

    /** Runs it; the canary must be nowhere in its text. */
    const run = async (statement: Sql) => {
      expect(statement.compile(open.db as never).sql).not.toContain('canary')
      return open.run(statement)
    }

    test('values are bound, whatever they say and wherever they stand', async () => {
      for (const where of conditions) {
        const plan = planList(
          {
            form: 'ticket',
            where,
            ids: [canary, 't2'],
            marks: [{ field: 'opened_at', bucket: 'month', value: canary }],
          },
          environment(all, agent),
        )
        if (!plan.ok) throw new Error(JSON.stringify([where, plan.error]))
        await run(compileList(plan.value, open.database).statement)
        await run(compileCount(plan.value, open.database).statement)
        for (const agg of ['count', 'ratio'] as const) {
          const query = {
            form: 'ticket',
            where,
            by: [{ field: 'customer.name' }],
            measures: [agg === 'count' ? { id: 'n', agg, where } : { id: 'n', agg, of: where }],
          } as QueryDefinition
          const planned = planQuery(query, environment(all, agent))
          if (!planned.ok) throw new Error(JSON.stringify(planned.error))
          for (const statement of compileQuery(planned.value, open.database).statements) await run(statement)
        }
      }
    })

    test('what is stored comes back as it is, also as a group, a cursor or an id', async () => {
      const plan = planList({ form: 'ticket', ids: [canary], sort: ['subject'], size: 1 }, environment(all, agent))
      if (!plan.ok) throw new Error(JSON.stringify(plan.error))
      const list = compileList(plan.value, open.database)
      expect(list.page(await run(list.statement)).items[0]).toMatchObject({
        id: canary,
        values: { subject: canary, tags: [canary, 'hw'] },
      })
      const after = planList(
        { form: 'ticket', sort: ['subject'], cursor: JSON.stringify([canary, canary]) },
        environment(all),
      )
      if (!after.ok) throw new Error(JSON.stringify(after.error))
      const page = compileList(after.value, open.database)
      expect(page.page(await run(page.statement)).items.map(({ id }) => id)).toEqual(['t2'])
    })

    test('names never come from a request', () => {
      const bad = [
        'subject"',
        'f_subject',
        'r.id',
        'id; drop table x',
        'subject--',
        'SUBJECT',
        'customer..name',
        'customer.name.x',
        '*',
        'rowid',
        'history',
        'toString',
        '',
      ]
      for (const field of bad) {
        for (const request of [{ sort: [field] }, { fields: [field] }, { where: leaf(field, 'isEmpty', undefined) }]) {
          const plan = planList({ form: 'ticket', ...request } as never, environment(all, agent))
          // An empty path is the record itself, that is its id.
          if (field === '' && 'where' in request) continue
          expect(plan, JSON.stringify(request)).toMatchObject({ ok: false })
        }
        for (const query of [
          { by: [{ field }] },
          { measures: [{ id: 'n', agg: 'sum', field }] },
          { sort: [field], by: [{ field: 'subject' }] },
        ]) {
          expect(
            planQuery(
              { form: 'ticket', measures: [{ id: 'n', agg: 'count' }], ...query } as never,
              environment(all, agent),
            ),
            JSON.stringify(query),
          ).toMatchObject({ ok: false })
        }
      }
    })
  })
})
