import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { BacktestAnswer, RecordView, RuleRunList, ScenarioRun, Simulated } from '../../src/contract/index.ts'
import { connect } from '../../src/server/store/connect.ts'
import { run } from '../../src/server/store/statement.ts'
import type { Store } from '../../src/server/store/store.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, tickets, wireFiles } from './desk.ts'

const many = (line: number) => ({
  id: 'many',
  kind: 'rule',
  schemaVersion: 1,
  label: '工单太多',
  form: 'ticket',
  on: { events: ['created', 'changed', 'stageChanged'], fields: ['paid'] },
  if: {
    any: [
      { fact: 'metric', params: { metric: 'all_tickets' }, operator: 'greaterThanInclusive', value: line },
      { fact: 'record', path: '$.paid', operator: 'equal', value: true },
      { fact: 'record', path: '$.customer.level', operator: 'equal', value: 'vip' },
    ],
  },
  then: [{ id: 'set', type: 'set', values: { priority: 'urgent' } }],
})
const app = (files: Documents) => {
  files['metrics/all_tickets.json'] = {
    id: 'all_tickets',
    kind: 'metric',
    schemaVersion: 1,
    label: '工单数',
    form: 'ticket',
    measure: { count: true },
    doc: '所有工单的数量。',
  }
  files['rules/many.json'] = many(3)
  files['app.json'].variables = [{ id: 'site', label: '站点', default: '上海' }]
  files['forms/ticket.json'].access[1].fields = { hours: 'hidden' }
  files['flows/handling.json'].nodes[1].limit.ladder[0].escalateTo = [{ role: 'manager' }]
}

eachDatabase((database) => {
  let desk: Desk
  let store: Store
  beforeAll(async () => {
    desk = await openDesk(database.url, { TENON_TEST_CLOCK: '1' }, app)
    store = await connect(database.url)
  })
  afterAll(async () => {
    await store.close()
    await desk.close()
  })

  const make = async (values: object, form = tickets) =>
    (await desk.li.send('POST', form, { values })).json<RecordView>()
  const ask = (what: string, body: object, by = desk.boss) => by.send('POST', `/api/design/apps/desk/${what}`, body)
  const change = async (id: string, values: object) => {
    const { version } = (await desk.boss.send('GET', `${tickets}/${id}`)).json<RecordView>()
    expect((await desk.boss.send('PATCH', `${tickets}/${id}`, { values, version })).statusCode).toBe(200)
  }
  const rowsOfAllTables = async () => {
    const tables = await store.read.introspection.getTables()
    const counts: Record<string, number> = {}
    for (const { schema, name } of tables) {
      const table = schema === undefined ? `"${name}"` : `"${schema}"."${name}"`
      const [row] = await run<{ n: number }>(store.read, `SELECT count(*) AS n FROM ${table}`, [])
      counts[table] = Number(row?.n)
    }
    return counts
  }
  const advance = (by: string) => desk.inject({ method: 'POST', url: '/api/test/clock', payload: { advance: by } })
  let customer: RecordView
  let flowing: RecordView

  test('a rule over what has happened is what the live rule was, look by look, and nothing is written', async () => {
    customer = await make({ name: 'V', level: 'vip' }, tickets.replace('ticket', 'customer'))
    const one = await make({ subject: 'one', hours: '2.0' })
    await advance('PT1M')
    await make({ subject: 'vip', customer: customer.id })
    await advance('PT1M')
    flowing = await make({ subject: 'flow three', customer: customer.id })
    await change(one.id, { paid: true })
    await change(one.id, { subject: 'not watched' })
    const live = (await desk.boss.send('GET', '/api/apps/desk/rule-runs?rule=many')).json<RuleRunList>().items
    const before = await rowsOfAllTables()

    const answer = await ask('backtest', { rule: 'many' })
    expect(answer.statusCode, answer.body).toBe(200)
    const found = answer.json<BacktestAnswer>()
    const looks = (
      runs: readonly { record: string | null; at: string; event: string; fired: boolean; why: unknown }[],
    ) => runs.map((run) => JSON.stringify(run)).toSorted()
    expect(live.length).toBeGreaterThanOrEqual(4)
    expect(
      looks(found.runs.map(({ record, at, event, holds, why }) => ({ record, at, event, fired: holds, why }))),
    ).toEqual(
      looks(
        live.map(({ record, at, event, outcome, why }) => ({
          record: record?.id ?? null,
          at,
          event,
          fired: outcome === 'fired',
          why,
        })),
      ),
    )
    expect(found).toMatchObject({ records: 3, more: false, hidden: [], looks: live.length })
    expect(found.runs.find((run) => run.holds)?.actions).toEqual([
      {
        id: 'set',
        type: 'set',
        what: { 'zh-CN': '修改字段：值 {"priority":"urgent"}', en: 'Set fields: Values {"priority":"urgent"}' },
      },
    ])
    expect(await rowsOfAllTables()).toEqual(before)
  })

  test('a draft rule acts elsewhere; it sees nothing its author may not read', async () => {
    const draft = many(1)
    const answer = (await ask('backtest', { rule: draft })).json<BacktestAnswer>()
    const live = (await ask('backtest', { rule: 'many' })).json<BacktestAnswer>()
    expect([live.runs[0]?.holds, answer.runs[0]?.holds]).toEqual([false, true])
    expect(answer.runs[0]?.why).toMatchObject([{ kind: 'any' }, { kind: 'metric', actual: 1, result: true }, {}, {}])
    const hours = { fact: 'record', path: '$.hours', operator: 'isNotEmpty' }
    const hidden = (await ask('backtest', { rule: { ...draft, if: hours } })).json<BacktestAnswer>()
    expect(hidden).toMatchObject({ fired: 0, hidden: ['hours'] })
    expect(hidden.runs[0]?.why).toMatchObject([{ hidden: true, actual: null }])
    // What holds in the app whatever the record is there too: its variables, as its calendars.
    const site = { fact: 'env', path: '$.site', operator: 'equal', value: '上海' }
    const set = (await ask('backtest', { rule: { ...draft, if: site } })).json<BacktestAnswer>()
    expect([set.fired, set.looks]).toEqual([set.looks, live.looks])
    expect((await ask('backtest', { rule: 'many', limit: 1 })).json()).toMatchObject({ records: 1, more: true })
    expect((await ask('backtest', { rule: 'many' }, desk.li)).statusCode).toBe(403)
    expect((await ask('backtest', { rule: 'nowhere' })).statusCode).toBe(404)
    expect((await ask('backtest', { rule: { ...draft, form: 'nowhere' } })).json()).toMatchObject({
      code: 'app.invalid',
    })
  })

  test('a copy of a real record is played through the flow; nothing is written, and the recording plays it again', async () => {
    const before = await rowsOfAllTables()
    const simulate = async (steps: object[], more: object = { record: flowing.id }) => {
      const answer = await ask('simulate', { form: 'ticket', ...more, steps })
      expect(answer.statusCode, answer.body).toBe(200)
      return answer.json<Simulated>()
    }
    const start = await simulate([])
    expect(start).toMatchObject({
      failures: [],
      record: { form: 'ticket', values: { subject: 'flow three', priority: 'urgent', stage: 'open' } },
      instances: [{ flow: 'handling', status: 'running', nodes: ['work'] }],
      tasks: [{ node: 'work', label: '处理', outcomes: [{ id: 'solved' }, { id: 'back' }] }],
    })
    expect(start.tasks[0]?.dueAt).not.toBeNull()
    expect(start.timers.length).toBeGreaterThan(0)
    expect(start.clocks).toMatchObject([{ clock: 'work', state: 'running' }])
    expect(start.scenario).toMatchObject({
      given: { records: { customer_1: { values: { name: 'V', level: 'vip' } }, it: { form: 'ticket' } } },
    })

    const late = await simulate([{ advance: 'PT20M' }])
    expect(late.audit.map(({ type }) => type)).toContain('clock.breached')
    expect(Date.parse(late.now) - Date.parse((late.scenario.given as { now: string }).now)).toBe(20 * 60_000)

    const done = await simulate([
      { do: 'task.claim', by: 'li', node: 'work' },
      { advance: 'PT5M' },
      { do: 'task.complete', by: 'li', node: 'work', outcome: 'solved', values: {} },
    ])
    expect(done).toMatchObject({
      failures: [],
      record: { values: { stage: 'done' } },
      instances: [{ status: 'completed', nodes: [] }],
      tasks: [],
      timers: [],
    })
    expect(done.audit.filter(({ type }) => type === 'task.completed')).toMatchObject([{ actor: 'li' }])
    const path = `scenarios/${String(done.scenario.id)}.json`
    const files = [...wireFiles(app), { path, text: JSON.stringify(done.scenario) }]
    expect((await ask('scenarios/run', { files })).json<ScenarioRun>()).toMatchObject({ passed: 1, failed: 0 })

    // A step may link a real record: a copy of it is among those the recording begins with.
    const linked = await simulate(
      [
        { do: 'task.claim', by: 'li', of: 'it', node: 'work' },
        { do: 'task.complete', by: 'li', of: 'it', node: 'work', outcome: 'solved', values: { customer: customer.id } },
      ],
      {
        values: { subject: 'flow without a customer' },
        files: wireFiles((files) => {
          app(files)
          files['flows/handling.json'].nodes[1].fields = { customer: 'required' }
        }),
      },
    )
    expect(linked).toMatchObject({ failures: [], record: { values: { customer: expect.any(String) } } })
    expect(linked.scenario).toMatchObject({
      given: { records: { customer_0: { values: { name: 'V', level: 'vip' } } } },
      steps: [{}, { values: { customer: { record: 'customer_0' } } }],
    })
    expect(linked.names[String(linked.record?.values.customer)]).toBe('V')

    const refused = await simulate([{ do: 'task.complete', by: 'li', node: 'work', outcome: 'nothing' }])
    expect(refused.failures).toMatchObject([{ step: 0, message: expect.stringContaining('task.outcomeUnknown') }])
    const fresh = await simulate([], { values: { subject: 'flow new' } })
    expect(fresh).toMatchObject({ record: { values: { subject: 'flow new' } }, tasks: [{ node: 'work' }] })
    const draft = await simulate([], {
      record: flowing.id,
      files: wireFiles((files) => {
        app(files)
        files['flows/handling.json'].nodes[1].outcomes = [{ id: 'fine', label: '好' }]
      }),
    })
    expect(draft.tasks).toMatchObject([{ outcomes: [{ id: 'fine' }] }])
    expect(await rowsOfAllTables()).toEqual(before)
  })

  test('a simulation shows its author only what he may read, and nobody else anything', async () => {
    const one = await make({ subject: 'secret', hours: '3.0' })
    const body = { form: 'ticket', record: one.id, steps: [] }
    expect(JSON.stringify((await ask('simulate', body)).json<Simulated>())).not.toContain('3.0')
    expect((await ask('simulate', body, desk.li)).statusCode).toBe(403)
    expect((await ask('simulate', { ...body, record: '00000000-0000-7000-8000-000000000000' })).statusCode).toBe(404)
    expect((await ask('simulate', { ...body, steps: [{ do: 'nonsense' }] })).json()).toMatchObject({
      code: 'app.invalid',
    })
  })

  test('an app that nobody has published or works in is tried: somebody stands in for each role', async () => {
    const files = wireFiles((all) => {
      all['app.json'].id = 'newborn'
      all['app.json'].roles[0].label = { 'zh-CN': '客服', en: 'Agent' }
    })
    const body = { form: 'ticket', values: { subject: 'flow first' }, files }
    const tried = async (steps: object[]) => {
      const answer = await desk.admin.send('POST', '/api/design/apps/newborn/simulate', { ...body, steps })
      expect(answer.statusCode, answer.body).toBe(200)
      return answer.json<Simulated>()
    }
    expect((await tried([])).tasks).toMatchObject([{ node: 'work', people: ['客服'] }])
    const about = { by: '客服', of: 'it', node: 'work' }
    const done = await tried([
      { do: 'task.claim', ...about },
      { do: 'task.complete', ...about, outcome: 'solved' },
    ])
    expect(done).toMatchObject({ failures: [], tasks: [], instances: [{ status: 'completed' }] })
    const copy = await desk.admin.send('POST', '/api/design/apps/newborn/simulate', {
      form: 'ticket',
      record: '00000000-0000-7000-8000-000000000000',
      files,
      steps: [],
    })
    expect(copy.statusCode).toBe(404)
    expect((await desk.boss.send('POST', '/api/design/apps/newborn/simulate', { ...body, steps: [] })).statusCode).toBe(
      403,
    )
  })
})
