import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { RecordView, ReplayAnswer, TaskPage } from '../../src/contract/index.ts'
import { run } from '../../src/server/store/statement.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, tickets, wireFiles } from './desk.ts'

const dear = (line: string) => ({
  id: 'dear',
  kind: 'rule',
  schemaVersion: 1,
  label: '费用高',
  form: 'ticket',
  on: { events: ['changed'], fields: ['cost'] },
  if: { fact: 'record', path: '$.cost', operator: 'greaterThan', value: line },
  then: [{ id: 'set', type: 'set', values: { priority: 'urgent' } }],
})
const app = (files: Documents) => {
  // What the system gives and nobody may enter is given anew, to the millisecond or not.
  const ticket = files['forms/ticket.json']
  ticket.fields.push({ type: 'dateTime', id: 'opened', label: '受理时间', default: { ref: '$.now' } })
  for (const entry of ticket.access) entry.fields = { ...entry.fields, opened: 'read' }
  files['rules/dear.json'] = dear('1000.00')
  files['policies/promise.json'] = {
    id: 'promise',
    kind: 'policy',
    schemaVersion: 1,
    label: '承诺',
    form: 'ticket',
    clocks: [
      {
        id: 'solved',
        label: '解决',
        kind: 'resolution',
        targets: [{ id: 'all', within: 'PT4H' }],
        stopWhen: { fact: 'record', path: '$.stage', operator: 'equal', value: 'done' },
      },
    ],
  }
  const flow = files['flows/handling.json']
  flow.nodes.splice(2, 0, { id: 'split', type: 'exclusiveGateway' })
  flow.nodes.push({
    id: 'check',
    type: 'userTask',
    label: '复核',
    assign: [{ role: 'manager' }],
    outcomes: [{ id: 'fine', label: '通过' }],
  })
  flow.edges = [
    { id: 'e1', from: 'begin', to: 'work' },
    { id: 'e2', from: 'work', to: 'split' },
    { id: 'e3', from: 'split', to: 'check', when: { fact: 'record', path: '$.paid', operator: 'equal', value: true } },
    { id: 'e4', from: 'split', to: 'end', default: true },
    { id: 'e5', from: 'check', to: 'end' },
  ]
}

const edited = (edit: (files: Documents) => void) => (files: Documents) => {
  app(files)
  edit(files)
}

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url, { TENON_TEST_CLOCK: '1' }, app)
  })
  afterAll(() => desk.close())

  const advance = (by: string) => desk.inject({ method: 'POST', url: '/api/test/clock', payload: { advance: by } })
  const make = async (values: object) => (await desk.li.send('POST', tickets, { values })).json<RecordView>()
  const change = async (id: string, values: object) => {
    const { version } = (await desk.boss.send('GET', `${tickets}/${id}`)).json<RecordView>()
    const answer = await desk.boss.send('PATCH', `${tickets}/${id}`, { values, version })
    expect(answer.statusCode, answer.body).toBe(200)
  }
  /** Done by whoever has the task; from a pool by Li, or the boss. */
  const complete = async (id: string, outcome: string, values: object = {}) => {
    const { items } = (await desk.boss.send('GET', `/api/tasks?record=${id}&state=open`)).json<TaskPage>()
    const [task] = items
    const name = (['li', 'wang', 'boss'] as const).find((one) => desk.ids[one] === task?.assignee)
    const by = name ? desk[name] : outcome === 'fine' ? desk.boss : desk.li
    if (!name) expect((await by.send('POST', `/api/tasks/${task?.id}/claim`)).statusCode).toBe(200)
    const answer = await by.send('POST', `/api/tasks/${task?.id}/complete`, { outcome, values, comment: '好了' })
    expect(answer.statusCode, `${JSON.stringify(task)} ${answer.body}`).toBe(200)
  }
  const replay = async (edit?: (files: Documents) => void, by = desk.boss) => {
    const files = edit && wireFiles(edited(edit))
    const answer = await by.send('POST', '/api/design/apps/desk/replay', {
      form: 'ticket',
      ...(files ? { files } : {}),
    })
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json<ReplayAnswer>()
  }
  const of = (answer: ReplayAnswer, record: RecordView) => answer.differences.find((one) => one.record === record.id)
  const rows = async () => {
    const counts: unknown[] = []
    for (const table of [
      'events',
      'instances',
      'tasks',
      'clocks',
      'timers',
      'rule_runs',
      'notifications',
      'r_desk_ticket',
    ])
      counts.push([table, await run(desk.app.ports.store.read, `SELECT count(*) AS n FROM ${table}`, [])])
    return counts
  }
  let quick: RecordView
  let paid: RecordView
  let late: RecordView

  test('under the definitions that were live nothing goes differently, and each record takes the way it has gone', async () => {
    quick = await make({ subject: 'flow quick' })
    await advance('PT1H')
    await complete(quick.id, 'solved', { hours: '1.5' })
    paid = await make({ subject: 'flow paid', paid: true })
    await advance('PT30M')
    await complete(paid.id, 'solved')
    await advance('PT10M')
    await change(paid.id, { cost: '500.00' })
    await complete(paid.id, 'fine')
    late = await make({ subject: 'flow late' })
    await advance('PT5H')
    await desk.li.send('POST', `${tickets}/${late.id}/comments`, { body: '等配件' })
    const before = await rows()
    expect(await replay()).toEqual({ records: 3, more: false, differing: 0, notReplayed: [], differences: [] })
    expect(await rows()).toEqual(before)
  })

  test('an approval that is put in is waited for; what came after it could not have been done', async () => {
    const answer = await replay((all) => {
      const flow = all['flows/handling.json']
      flow.nodes.push({
        id: 'approve',
        type: 'userTask',
        label: '审批',
        assign: [{ role: 'manager' }],
        outcomes: [{ id: 'agree', label: '同意' }],
      })
      flow.edges[0] = { id: 'e1', from: 'begin', to: 'approve' }
      flow.edges.push({ id: 'e9', from: 'approve', to: 'work' })
    })
    expect(answer).toMatchObject({ records: 3, differing: 3 })
    expect(of(answer, quick)).toMatchObject({
      title: expect.stringContaining('flow quick'),
      faithful: true,
      path: {
        before: ['begin', 'work', 'split', 'end'].map((node) => ({ flow: 'handling', node })),
        after: ['begin', 'approve'].map((node) => ({ flow: 'handling', node })),
      },
      rules: [],
    })
    expect(of(answer, quick)?.refused.at(-1)).toMatchObject({ do: 'task.complete', node: 'work' })
    expect(of(answer, quick)?.clocks).toContainEqual({
      clock: 'solved',
      before: expect.objectContaining({ state: 'stopped', met: true, breached: false }),
      after: expect.objectContaining({ state: 'running', met: null, breached: false }),
    })
  })

  test('a gateway that decides otherwise shows in the way of exactly the records it concerns; so do a target and a rule', async () => {
    const gateway = await replay((all) => {
      all['flows/handling.json'].edges[2].when = {
        fact: 'record',
        path: '$.cost',
        operator: 'greaterThan',
        value: '400.00',
      }
    })
    expect(gateway.differences.map(({ record, path }) => [record, path?.after.map(({ node }) => node)])).toEqual([
      [paid.id, ['begin', 'work', 'split', 'end']],
    ])
    expect(of(gateway, paid)?.refused.at(-1)).toMatchObject({ do: 'task.complete', by: 'boss', node: 'check' })

    const target = await replay((all) => {
      all['policies/promise.json'].clocks[0].targets = [{ id: 'all', within: 'PT20M' }]
    })
    expect(target.differing).toBe(3)
    expect(of(target, quick)).toMatchObject({
      path: null,
      clocks: [{ clock: 'solved', before: { met: true, breached: false }, after: { met: false, breached: true } }],
    })
    const files = wireFiles(
      edited((all) => {
        all['policies/promise.json'].clocks[0].targets = [{ id: 'all', within: 'PT20M' }]
      }),
    )
    const forecast = await desk.boss.send('POST', '/api/design/apps/desk/recalculation', { files })
    expect(forecast.statusCode, forecast.body).toBe(200)
    expect(forecast.json()).toMatchObject({
      clocks: 1,
      more: false,
      items: [
        { record: late.id, policy: 'promise', clock: 'solved', targetMsBefore: 14_400_000, targetMsAfter: 1_200_000 },
      ],
    })
    const wrong = { files, recalculate: ['promise', 'nobody'] }
    expect((await desk.admin.send('POST', '/api/design/apps/desk/publish', wrong)).json()).toMatchObject({
      code: 'app.invalid',
      errors: [{ path: '/recalculate' }],
    })
    // It was breached either way.
    expect(of(target, late)?.clocks).toMatchObject([{ before: { breached: true }, after: { breached: true } }])

    const rule = await replay((all) => {
      all['rules/dear.json'] = dear('100.00')
    })
    expect(rule.differences).toMatchObject([
      {
        record: paid.id,
        path: null,
        rules: [{ rule: 'dear', before: 0, after: 1 }],
        values: [{ field: 'priority', before: 'normal', after: 'urgent' }],
        refused: [],
      },
    ])
  })

  test('is for those who build the app, and shows them only what they may read', async () => {
    for (const by of [desk.li, desk.guest])
      expect([403, 404]).toContain(
        (await by.send('POST', '/api/design/apps/desk/replay', { form: 'ticket' })).statusCode,
      )
    const unseen = (all: Documents) => {
      all['forms/ticket.json'].access[1].rows = { fact: 'record', path: '$.paid', operator: 'equal', value: true }
      all['forms/ticket.json'].access[1].fields = { priority: 'hidden' }
    }
    await desk.publish(edited(unseen))
    const answer = await replay((all) => {
      unseen(all)
      all['rules/dear.json'] = dear('100.00')
    })
    expect(answer).toMatchObject({ records: 1, differences: [{ record: paid.id, values: [] }] })
  })
})
