import { type Condition, compareField, type RecordFacts } from '@tenon/engine'
import {
  drillOf,
  elementUnit,
  type ListRequest,
  planList,
  planQuery,
  type QueryDefinition,
  searchGroups,
  searchTokens,
} from '@tenon/reports'
import { compileCount, compileList, compileQuery, type ListItem, runQuery } from '@tenon/reports/sql'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { agent, type Desk, desk, environment, type OpenDesk, openDesk, type Rows, stored, system } from './desk.ts'
import { record } from './generate.ts'

const all = desk({
  ticket: [
    { id: 'all', role: 'agent', can: ['read'], fields: { note: 'hidden' } },
    {
      id: 'own',
      role: 'agent',
      rows: { fact: 'record', path: '$.owner', operator: 'equal', value: 'u1' },
      can: ['read'],
    },
  ],
  customer: [{ id: 'all', role: '*', can: ['read'] }],
})
const ticket = all.lookup('ticket')!
const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number, seed: number): readonly T[] =>
  fc.sample(arbitrary, { numRuns: count, seed })
const rows: Rows = {
  'crm/region': [],
  customer: sample(record(all.lookup('customer')!, 'c', ['r1']), 3, 3).map((row, index) =>
    stored({ ...row, id: `c${index}` }),
  ),
  ticket: sample(fc.integer({ min: 0, max: 1e9 }), 90, 12).map((seed, index) =>
    stored({
      ...sample(record(ticket, `t${String(index).padStart(2, '0')}`, ['c0', 'c1', 'c2']), 1, seed)[0]!,
      created_at: `2026-01-0${(index % 5) + 1}T00:00:00.000Z`,
    }),
  ),
}

eachDatabase((database) => {
  let open: OpenDesk
  beforeAll(async () => {
    open = await openDesk(database, all)
    await open.fill(rows)
    await fillSearch(open, all)
  })
  afterAll(() => open.close())

  const page = async (request: Partial<ListRequest>, principal = system) => {
    const plan = planList({ form: 'ticket', ...request }, environment(all, principal))
    if (!plan.ok) throw new Error(JSON.stringify(plan.error))
    const list = compileList(plan.value, open.database)
    const count = compileCount(plan.value, open.database)
    return { ...list.page(await open.run(list.statement)), total: count.count(await open.run(count.statement)) }
  }
  const ids = (items: readonly ListItem[]) => items.map(({ id }) => id)

  const sorts = fc.uniqueArray(
    fc.tuple(
      fc.constantFrom('', '-'),
      fc.constantFrom(
        'subject',
        'quantity',
        'hours',
        'price',
        'urgent',
        'due_on',
        'opened_at',
        'effort',
        'owner',
        'customer.name',
        'created_at',
        'title',
      ),
    ),
    { maxLength: 3, selector: ([, field]) => field },
  )

  test('pages by cursor and by number give every row once, in the order of the engine', async () => {
    const customers = new Map(rows.customer!.map((row) => [row.id, row]))
    const cellOf = (row: RecordFacts, field: string) =>
      field === 'customer.name' ? customers.get(String(row.customer))?.name : row[field]
    const modelOf = (field: string) =>
      field === 'customer.name' ? all.lookup('customer')!.fields.get('name')! : ticket.fields.get(field)!
    await fc.assert(
      fc.asyncProperty(sorts, fc.integer({ min: 1, max: 40 }), async (chosen, size) => {
        const sort = chosen.map(([sign, field]) => sign + field)
        const keys = (chosen.length === 0 ? [['-', 'created_at'] as const] : chosen).map(([sign, field]) => ({
          field,
          sign: sign === '-' ? -1 : 1,
        }))
        const tie = keys.at(-1)!.sign
        const expected = [...rows.ticket!].sort((a, b) => {
          for (const { field, sign } of keys) {
            const order = compareField(cellOf(a, field), cellOf(b, field), modelOf(field))
            if (order !== 0) return order * sign
          }
          return a.id < b.id ? -tie : tie
        })
        const found: string[] = []
        let cursor: string | undefined
        for (let turn = 0; turn < 100; turn++) {
          const { items, nextCursor, total } = await page({
            ...(sort.length === 0 ? {} : { sort }),
            size,
            fields: ['id'],
            cursor,
          })
          expect(total).toBe(90)
          found.push(...ids(items))
          if (nextCursor === null) break
          cursor = nextCursor
        }
        expect(found).toEqual(expected.map(({ id }) => id))
        const second = await page({ ...(sort.length === 0 ? {} : { sort }), size, page: 2, fields: ['id'] })
        expect(ids(second.items)).toEqual(expected.slice(size, 2 * size).map(({ id }) => id))
      }),
      { numRuns: 60, seed: 8 },
    )
  })

  test('a page found among the first rows of the order is the page', async () => {
    const conditions: readonly Condition[] = [
      { fact: 'record', path: '$.urgent', operator: 'equal', value: true },
      { fact: 'record', path: '$.owner', operator: 'in', value: ['u1', 'u2'] },
      { fact: 'record', path: '$.customer.name', operator: 'isNotEmpty' },
      { fact: 'record', path: '$.subject', operator: 'equal', value: 'nobody has this' },
    ]
    const found = { full: 0, short: 0 }
    for (const where of conditions)
      for (const sort of ['-created_at', 'created_at', '-updated_at', 'updated_at'])
        for (const principal of [system, agent]) {
          let cursor: string | undefined
          for (let turn = 0; turn < 50; turn += 1) {
            const request: ListRequest = {
              form: 'ticket',
              where,
              sort: [sort],
              fields: ['owner', 'quantity'],
              size: 4,
              cursor,
            }
            const plan = planList(request, environment(all, principal))
            if (!plan.ok) throw new Error(JSON.stringify(plan.error))
            const list = compileList(plan.value, open.database, 25)
            const whole = await open.run(list.statement)
            expect(list.ahead !== undefined).toBe(database.kind === 'sqlite')
            const ahead = list.ahead && (await open.run(list.ahead))
            if (ahead && list.isFull(ahead)) expect(list.page(ahead)).toEqual(list.page(whole))
            if (ahead) found[list.isFull(ahead) ? 'full' : 'short'] += 1
            cursor = list.page(whole).nextCursor ?? undefined
            if (cursor === undefined) break
          }
        }
    if (database.kind === 'sqlite') {
      expect(found.full).toBeGreaterThan(20)
      expect(found.short).toBeGreaterThan(20)
    }
  })

  test('a foreign cursor is refused or finds nothing, and is never SQL', async () => {
    const refused = (cursor: string) => planList({ form: 'ticket', sort: ['subject'], cursor }, environment(all))
    for (const cursor of ['', '{}', '[1]', '["a","b","c"]', '[["x"],"t1"]', 'null'])
      expect(refused(cursor)).toMatchObject({ ok: false, error: [{ code: 'query.cursorInvalid' }] })
    expect((await page({ sort: ['quantity'], cursor: '["1 or 1=1","t00"]' })).items).toEqual([])
    // What PostgreSQL cannot even take as text is nowhere.
    expect((await page({ sort: ['subject'], cursor: '["\\u0000","t00"]' })).items).toEqual([])
    expect((await page({ ids: ['\0', '\ud800'] })).items).toEqual([])
    expect(
      (await page({ where: { fact: 'record', path: '$.subject', operator: 'in', value: ['\0', '\ud800'] } })).items,
    ).toEqual([])
  })

  test('empty titles have their place in the order and on a page', async () => {
    await open.fill({ ...rows, ticket: [...Array(7)].map((_, index) => stored({ id: `e${index}`, title: 't' })) })
    await sql`update r_demo_ticket set title = '' where id < 'e4'`.execute(open.db)
    const found: string[] = []
    for (let cursor: string | undefined, turn = 0; turn < 9; turn++) {
      const { items, nextCursor } = await page({ sort: ['-title'], size: 2, cursor })
      found.push(...ids(items))
      if (nextCursor === null) break
      cursor = nextCursor
    }
    expect(found).toEqual(['e6', 'e5', 'e4', 'e3', 'e2', 'e1', 'e0'])
    await open.fill(rows)
  })

  test('full text finds by every word, Chinese by its characters, and never by what is hidden', async () => {
    const found = async (q: string, principal = system) =>
      ids((await page({ q, size: 500, sort: ['id'] }, principal)).items)
    const having = (text: string, fields: readonly string[]) =>
      rows.ticket!.filter((row) =>
        fields.some((field) =>
          String(row[field] ?? '')
            .toLowerCase()
            .includes(text),
        ),
      )
    expect(await found('卡纸')).toEqual(having('卡纸', ['subject', 'note']).map(({ id }) => id))
    expect(await found('打印机 卡')).toEqual(await found('打印机卡纸'))
    expect((await found('ABC')).length).toBeGreaterThan(0)
    expect(await found('ABC')).toEqual(await found('abc'))
    expect(await found('！！')).toEqual([])
    const own = rows.ticket!.filter((row) => row.owner === 'u1')
    const visible = new Set(
      [...having('卡纸', ['subject']), ...having('卡纸', ['note']).filter((row) => own.includes(row))].map(
        ({ id }) => id,
      ),
    )
    expect(await found('卡纸', agent)).toEqual([...visible].sort())
    expect((await found('卡纸', agent)).length).toBeLessThan((await found('卡纸')).length)
  })

  test('the rows behind every figure are as many as it says', async () => {
    const queries: readonly QueryDefinition[] = [
      { form: 'ticket', by: [{ field: 'priority' }], measures: [{ id: 'n', agg: 'count' }] },
      {
        form: 'ticket',
        by: [{ field: 'opened_at', bucket: 'month' }, { field: 'urgent' }],
        measures: [{ id: 'n', agg: 'count' }],
      },
      {
        form: 'ticket',
        by: [{ field: 'opened_at', bucket: 'week' }],
        measures: [
          {
            id: 'n',
            agg: 'count',
            where: { fact: 'record', path: '$.urgent', operator: 'equal', value: true } as Condition,
          },
        ],
      },
      { form: 'ticket', by: [{ field: 'due_on', bucket: 'quarter' }], measures: [{ id: 'n', agg: 'count' }] },
      {
        form: 'ticket',
        by: [
          { field: 'opened_at', bucket: 'hourOfDay' },
          { field: 'due_on', bucket: 'weekday' },
        ],
        measures: [{ id: 'n', agg: 'count' }],
      },
      { form: 'ticket', by: [{ field: 'tags' }, { field: 'priority' }], measures: [{ id: 'n', agg: 'count' }] },
      {
        form: 'ticket',
        by: [{ field: 'tags' }],
        measures: [{ id: 'n', agg: 'backlog', opened: 'opened_at', closed: 'closed_at' }],
      },
      { form: 'ticket', by: [{ field: 'opened_at', bucket: 'hour' }], measures: [{ id: 'n', agg: 'count' }] },
      {
        form: 'ticket',
        by: [{ field: 'customer.name' }, { field: 'price' }],
        where: { fact: 'record', path: '$.quantity', operator: 'isNotEmpty' },
        measures: [{ id: 'n', agg: 'count' }],
      },
      {
        form: 'ticket',
        by: [{ field: 'closed_at', bucket: 'month' }],
        measures: [{ id: 'n', agg: 'backlog', opened: 'opened_at', closed: 'closed_at' }],
      },
      {
        form: 'ticket',
        by: [{ field: 'opened_at', bucket: 'year' }, { field: 'priority' }],
        where: { fact: 'record', path: '$.opened_at', operator: 'greaterThanInclusive', value: '2026-01-01T00:00:00Z' },
        measures: [{ id: 'n', agg: 'backlog', opened: 'opened_at', closed: 'closed_at' }],
      },
      { form: 'ticket', measures: [{ id: 'n', agg: 'backlog', opened: 'opened_at', closed: 'closed_at' }] },
    ]
    const zone = 'Asia/Shanghai'
    for (const principal of [system, agent]) {
      for (const query of queries) {
        const plan = planQuery({ ...query, zone }, environment(all, principal))
        if (!plan.ok) throw new Error(JSON.stringify(plan.error))
        const answer = await runQuery(compileQuery(plan.value, open.database), open.run)
        expect(answer.rows.length).toBeGreaterThan(0)
        for (const row of answer.rows) {
          const several = answer.columns.filter(({ unit }) => unit === elementUnit).map(({ id }) => id)
          const drill = drillOf(query, { keys: row.slice(0, -1), measure: 'n' }, { zone, several })!
          const { total } = await page({ ...drill, fields: ['id'] }, principal)
          expect(total, JSON.stringify([query, row])).toBe(row.at(-1))
        }
      }
    }
  })

  test('an unreasonable request is refused with a problem', () => {
    const refused = (request: Partial<ListRequest>) => {
      const plan = planList({ form: 'ticket', ...request }, environment(all))
      return plan.ok ? [] : plan.error.map(({ code }) => code)
    }
    expect(refused({ page: 1_000_000, size: 500 })).toEqual(['query.tooLarge'])
    expect(refused({ sort: ['a', 'b', 'c', 'd', 'e', 'f'] })).toContain('query.tooLarge')
    expect(refused({ fields: ['subject"; drop table x --'] })).toEqual(['field.unknown'])
    expect(refused({ form: 'nope' })).toEqual(['form.unknown'])
    expect(refused({ marks: [{ field: 'subject', bucket: 'week', value: '2026-W01' }] })).toEqual(['query.bucketUnfit'])
    expect(refused({ marks: [{ field: 'opened_at', bucket: 'weekday', value: 'x' }] })).toEqual(['query.bucketUnfit'])
    expect(refused({ fields: ['constructor'], sort: ['__proto__'] })).toEqual(['field.unknown', 'field.unknown'])
  })
})

/** The search index as the store keeps it. */
async function fillSearch({ db, kind }: OpenDesk, { lookup }: Desk): Promise<void> {
  const sqlite = [
    'create table search_rows (id integer primary key, app text, form text, record text)',
    'create virtual table search_tokens using fts5(tokens, content=\'\', contentless_delete=1, tokenize="unicode61 remove_diacritics 0")',
  ]
  const postgres = [
    'create table search_rows (id bigint generated always as identity primary key, app text, form text, record text, tokens tsvector not null)',
  ]
  for (const statement of kind === 'sqlite' ? sqlite : postgres) await sql.raw(statement).execute(db)
  let id = 0
  for (const row of rows.ticket!) {
    for (const group of searchGroups(lookup('ticket')!)) {
      const tokens = searchTokens(group.fields.map((field) => String(row[field.id] ?? '')).join(' '))
      id += 1
      if (kind === 'sqlite') {
        await sql`insert into search_rows values (${id}, 'demo', ${group.key}, ${row.id})`.execute(db)
        await sql`insert into search_tokens (rowid, tokens) values (${id}, ${tokens.join(' ')})`.execute(db)
      } else
        await sql`insert into search_rows (app, form, record, tokens) values ('demo', ${group.key}, ${row.id}, array_to_tsvector(${[...tokens]}::text[]))`.execute(
          db,
        )
    }
  }
}
