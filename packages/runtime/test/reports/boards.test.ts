import type { Condition } from '@tenon/engine'
import {
  type BoardDefinition,
  defaultChoices,
  drillOf,
  type FilterChoices,
  type MetricDefinition,
  type MetricLookup,
  planList,
  planQuery,
  type QueryWidget,
  widgetQuery,
} from '@tenon/reports'
import { compileCount, compileQuery, runQuery } from '@tenon/reports/sql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { agent, desk, environment, type OpenDesk, openDesk, type Rows, stored } from './desk.ts'

const zone = 'Asia/Shanghai'
const leaf = (path: string, operator: string, value?: unknown): Condition =>
  ({ fact: 'record', path: `$.${path}`, operator, ...(value === undefined ? {} : { value }) }) as Condition
const all = desk({ ticket: [{ id: 'all', role: 'agent', can: ['read'], fields: { price: 'hidden' } }] })

const head = { kind: 'metric', schemaVersion: 1, form: 'ticket', doc: '…' } as const
const metrics: readonly MetricDefinition[] = [
  {
    ...head,
    id: 'closed',
    label: '关闭数',
    measure: { count: true },
    where: leaf('closed_at', 'isNotEmpty'),
    at: 'closed_at',
  },
  {
    ...head,
    id: 'time',
    label: '解决时长',
    measure: { between: ['opened_at', 'closed_at'], agg: 'avg' },
    at: 'closed_at',
  },
  { ...head, id: 'revenue', label: '收入', measure: { sum: 'price' } },
  { ...head, id: 'open', label: '积压', measure: { backlog: { opened: 'opened_at', closed: 'closed_at' } } },
  {
    ...head,
    id: 'urgent',
    label: '加急率',
    measure: { ratio: { of: leaf('urgent', 'equal', true), over: leaf('urgent', 'isNotEmpty') } },
  },
]
const lookup: MetricLookup = (id) => metrics.find((metric) => metric.id === id)

const at = { x: 0, y: 0, w: 4, h: 4 }
const widget = (query: QueryWidget['query']): QueryWidget => ({ type: 'number', id: 'w', label: 'w', at, query })
const board: BoardDefinition = {
  id: 'b',
  kind: 'board',
  schemaVersion: 1,
  label: 'b',
  widgets: [],
  filters: [
    { type: 'period', id: 'period', label: '期间', default: 'P30D' },
    { type: 'field', id: 'owner', label: '负责人', fields: { ticket: 'owner' } },
  ],
}

const moment = (day: string, hour = 2) => `${day}T${String(hour).padStart(2, '0')}:00:00.000Z`
const ticket = (id: string, opened: string, closed: string | undefined, more = {}) =>
  stored({
    id,
    opened_at: moment(opened),
    ...(closed === undefined ? {} : { closed_at: moment(closed, 5) }),
    owner: 'u1',
    ...more,
  })
// Now is 2026-03-02, 16:00 in Shanghai.
const rows: Rows = {
  'crm/region': [],
  customer: [],
  ticket: [
    ticket('a', '2026-01-05', '2026-01-20', { urgent: true }),
    ticket('b', '2026-01-10', '2026-02-10', { urgent: false, owner: 'u2' }),
    ticket('c', '2026-01-31', '2026-02-28', { urgent: true }),
    ticket('d', '2026-02-03', '2026-02-03'),
    ticket('e', '2026-02-20', undefined, { urgent: false }),
    ticket('f', '2026-03-01', undefined, { owner: 'u2' }),
  ],
}

eachDatabase((database) => {
  let open: OpenDesk
  beforeAll(async () => {
    open = await openDesk(database, all)
    await open.fill(rows)
  })
  afterAll(() => open.close())

  const env = (principal?: typeof agent) => ({ ...environment(all, principal), metrics: lookup })
  const ask = async (one: QueryWidget, choices: FilterChoices) => {
    const plan = planQuery(widgetQuery(one, board, choices, { zone, metrics: lookup }), env())
    if (!plan.ok) throw new Error(JSON.stringify(plan.error))
    return runQuery(compileQuery(plan.value, open.database), open.run)
  }

  test('a period looks at the time of the metric, and is compared with the one before it', async () => {
    const closed = widget({ form: 'ticket', measures: [{ id: 'n', metric: 'closed' }], compare: { previous: 'P1M' } })
    const opening = await ask(closed, defaultChoices(board))
    expect([opening.rows, opening.previous?.rows]).toEqual([[[3]], [[1]]])
    const february = await ask(closed, { period: { from: '2026-02-01', to: '2026-02-28' } })
    expect([february.rows, february.previous?.rows]).toEqual([[[3]], [[1]]])
    expect((await ask(closed, { period: { from: '2026-02-10', to: '2026-02-10' } })).rows).toEqual([[1]])
    expect((await ask(closed, {})).rows).toEqual([[4]])
    expect((await ask(closed, { owner: { values: ['u2'] } })).rows).toEqual([[1]])
  })

  test('months beside the months before them', async () => {
    const monthly = widget({
      form: 'ticket',
      by: [{ field: 'opened_at', bucket: 'month' }],
      measures: [{ id: 'n', agg: 'count' }],
      compare: { previous: 'P1M' },
    })
    const answer = await ask(monthly, {})
    expect(answer.rows).toEqual([
      ['2026-01', 3],
      ['2026-02', 2],
      ['2026-03', 1],
    ])
    expect(answer.previous?.rows).toEqual([
      ['2026-01', 0],
      ['2026-02', 3],
      ['2026-03', 2],
    ])
  })

  test('means and shares of the dictionary', async () => {
    const answer = await ask(
      widget({
        form: 'ticket',
        measures: [
          { id: 't', metric: 'time' },
          { id: 'u', metric: 'urgent' },
        ],
      }),
      {},
    )
    // (15 d + 31 d + 28 d + 0 d) / 4 + 3 h; 2 of the 4 that say.
    expect(answer.rows).toEqual([['P18DT15H', '0.500000']])
    expect(answer.columns.map(({ label, unit }) => [label, unit])).toEqual([
      ['解决时长', 'duration'],
      ['加急率', 'ratio'],
    ])
  })

  test('a backlog counts what was opened before the period, too; its rows are those open then', async () => {
    const backlog = widget({
      form: 'ticket',
      by: [{ field: 'opened_at', bucket: 'month' }],
      measures: [
        { id: 'n', metric: 'open' },
        { id: 'new', agg: 'count' },
      ],
    })
    const choices: FilterChoices = { period: { from: '2026-02-01', to: '2026-03-31' } }
    const answer = await ask(backlog, choices)
    expect(answer.rows).toEqual([
      ['2026-02', 1, 2],
      ['2026-03', 2, 1],
    ])
    const query = widgetQuery(backlog, board, choices, { zone, metrics: lookup })
    for (const [month, n, fresh] of answer.rows) {
      for (const [measure, figure] of [
        ['n', n],
        ['new', fresh],
      ] as const) {
        const plan = planList(
          { ...drillOf(query, { keys: [month ?? null], measure }, { zone, metrics: lookup })! },
          env(),
        )
        if (!plan.ok) throw new Error(JSON.stringify(plan.error))
        const count = compileCount(plan.value, open.database)
        expect(count.count(await open.run(count.statement))).toBe(figure)
      }
    }
  })

  test('a metric that looks at what I may not see is no metric for me', () => {
    const refused = (metric: string) => planQuery({ form: 'ticket', measures: [{ id: 'n', metric }] }, env(agent))
    expect(refused('revenue')).toEqual({
      ok: false,
      error: [{ code: 'metric.unknown', path: '/measures/0/metric', details: { metric: 'revenue' } }],
    })
    expect(refused('nope')).toEqual({
      ok: false,
      error: [{ code: 'metric.unknown', path: '/measures/0/metric', details: { metric: 'nope' } }],
    })
    expect(planQuery({ form: 'ticket', measures: [{ id: 'n', metric: 'revenue' }] }, env()).ok).toBe(true)
  })

  test('everything that is wrong is said at once, each at its place', () => {
    const plan = planQuery(
      {
        form: 'ticket',
        by: [{ field: 'tags' }, { field: 'due_on', bucket: 'hour' }, { field: 'nope' }],
        measures: [
          { id: 'a', agg: 'sum', field: 'subject' },
          { id: 'a', agg: 'count' },
          { id: 'b', agg: 'avg', between: ['opened_at', 'due_on'] },
        ],
        sort: ['-x'],
      },
      env(),
    )
    expect(plan.ok ? [] : plan.error.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'query.bucketUnfit /by/1/bucket',
      'field.unknown /by/2/field',
      'query.notMeasurable /measures/0',
      'query.notMeasurable /measures/2/between',
      'query.duplicateMeasure /measures/1/id',
      'query.sortUnknown /sort/0',
    ])
    expect(
      planQuery({ form: 'ticket', zone: 'Mars/Olympus', measures: [{ id: 'n', agg: 'count' }] }, env()),
    ).toMatchObject({ error: [{ code: 'query.zoneUnknown' }] })
  })
})
