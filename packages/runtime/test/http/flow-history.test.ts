import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { FlowHistory, FlowHistoryRecords, RecordView, Spans, TaskPage } from '../../src/contract/index.ts'
import { run } from '../../src/server/store/statement.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, tickets } from './desk.ts'

const minute = 60_000
const hour = 60 * minute

const app = (files: Documents) => {
  const flow = files['flows/handling.json']
  // Else it would escalate to the manager.
  delete flow.nodes[1].limit
  flow.nodes.splice(2, 0, {
    id: 'check',
    type: 'userTask',
    label: '复核',
    assign: [{ role: 'manager' }],
    outcomes: [
      { id: 'fine', label: '通过' },
      { id: 'again', label: '重做' },
    ],
  })
  flow.edges = [
    { id: 'e1', from: 'begin', to: 'work' },
    { id: 'e2', from: 'work', to: 'check' },
    { id: 'e3', from: 'check', to: 'end', outcome: 'fine' },
    { id: 'e4', from: 'check', to: 'work', outcome: 'again' },
  ]
}
const renamed = (files: Documents) => {
  app(files)
  files['flows/handling.json'].label = '处理（新）'
}

eachDatabase((database) => {
  let desk: Desk
  let start: number
  beforeAll(async () => {
    desk = await openDesk(database.url, { TENON_TEST_CLOCK: '1' }, app)
    start = desk.app.ports.clock.now()
  })
  afterAll(() => desk.close())

  const advance = (by: string) => desk.inject({ method: 'POST', url: '/api/test/clock', payload: { advance: by } })
  const make = async (values: object) => (await desk.li.send('POST', tickets, { values })).json<RecordView>()
  const openTask = async (record: string) => {
    const { items } = (await desk.boss.send('GET', `/api/tasks?record=${record}&state=open`)).json<TaskPage>()
    const [task] = items
    if (!task) throw new Error('no open task')
    return task
  }
  const at = (moment: number) => new Date(moment).toISOString()
  const whose = (node: string) => (node === 'check' ? desk.boss : desk.li)
  const act = async (record: string, what: 'claim' | 'complete', outcome?: string) => {
    const task = await openTask(record)
    const answer = await whose(task.node).send(
      'POST',
      `/api/tasks/${task.id}/${what}`,
      outcome ? { outcome } : undefined,
    )
    expect(answer.statusCode, answer.body).toBe(200)
  }
  const history = async (query = '', by = desk.boss) => {
    const answer = await by.send('GET', `/api/design/apps/desk/flows/handling/history${query}`)
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json<FlowHistory>()
  }
  const behind = async (query: string) => {
    const answer = await desk.boss.send('GET', `/api/design/apps/desk/flows/handling/history/records${query}`)
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json<FlowHistoryRecords>()
  }
  /** The clock of the test goes on by itself too: what is counted by hand is counted in minutes. */
  const rounded = (told: Spans | null) =>
    told && {
      ...told,
      ...Object.fromEntries(
        (['averageMs', 'medianMs', 'longestMs'] as const).map((of) => [of, Math.round(told[of] / minute) * minute]),
      ),
    }
  const nodeOf = ({ nodes }: FlowHistory, id: string) => {
    const found = nodes.find(({ node }) => node === id)
    return (
      found && { ...found, stay: rounded(found.stay), waiting: rounded(found.waiting), working: rounded(found.working) }
    )
  }
  const minutes = (...all: readonly number[]) => rounded(spans(...all.map((one) => one * minute)))
  const spans = (...ms: readonly number[]) => ({
    count: ms.length,
    averageMs: Math.round(ms.reduce((sum, one) => sum + one, 0) / ms.length),
    medianMs: ms.toSorted((one, other) => one - other)[Math.floor((ms.length - 1) / 2)] ?? 0,
    longestMs: Math.max(...ms),
  })
  let first: RecordView
  let second: RecordView

  test('volumes, returns, waiting and working time are those counted by hand', async () => {
    first = await make({ subject: 'flow first' })
    await advance('PT10M')
    await act(first.id, 'claim')
    await advance('PT20M')
    await act(first.id, 'complete', 'solved')
    await advance('PT30M')
    await act(first.id, 'claim')
    await act(first.id, 'complete', 'again')
    await advance('PT5M')
    await act(first.id, 'claim')
    await advance('PT6M')
    await act(first.id, 'complete', 'solved')
    await desk.publish(renamed)
    second = await make({ subject: 'flow second', paid: true })
    await advance('PT1H')
    await act(second.id, 'claim')
    await advance('PT2H')
    await act(second.id, 'complete', 'solved')
    await act(second.id, 'claim')
    await advance('PT4M')
    await act(second.id, 'complete', 'fine')

    const told = await history()
    expect(told.runs).toEqual({ started: 2, ended: 1 })
    expect(told.versions).toEqual([
      { version: 2, runs: 1 },
      { version: 1, runs: 1 },
    ])
    expect(told.edges).toEqual([
      { edge: 'e1', passed: 2, records: 2 },
      { edge: 'e2', passed: 3, records: 2 },
      { edge: 'e3', passed: 1, records: 1 },
      { edge: 'e4', passed: 1, records: 1 },
    ])
    expect(nodeOf(told, 'work')).toEqual({
      node: 'work',
      visits: 3,
      records: 2,
      returns: 1,
      standing: 0,
      stay: minutes(30, 11, 180),
      waiting: minutes(10, 5, 60),
      working: minutes(20, 6, 120),
    })
    expect(nodeOf(told, 'check')).toEqual({
      node: 'check',
      visits: 3,
      records: 2,
      returns: 1,
      standing: 1,
      stay: minutes(30, 4),
      waiting: minutes(30, 0),
      working: minutes(0, 4),
    })
    expect(nodeOf(told, 'end')).toMatchObject({ visits: 1, stay: null, waiting: null, working: null })
  })

  test('a version and a period count what belongs to them; a time counts where it ended', async () => {
    const old = await history('?versions=1')
    expect(nodeOf(old, 'work')).toMatchObject({ visits: 2, returns: 1, working: minutes(20, 6) })
    expect(old.versions).toHaveLength(2)
    expect(nodeOf(await history('?versions=2'), 'work')).toMatchObject({ visits: 1, waiting: minutes(60) })
    expect(nodeOf(await history('?versions=1,2'), 'work')).toMatchObject({ visits: 3 })
    expect(await history('?versions=9')).toMatchObject({ nodes: [], edges: [] })
    // Entered before the period, left in it; the second visit the other way round.
    const early = await history(`?from=${at(start + 20 * minute)}&to=${at(start + 65 * minute)}`)
    expect(nodeOf(early, 'work')).toMatchObject({
      visits: 1,
      returns: 1,
      stay: minutes(30),
      waiting: minutes(10),
    })
  })

  test('behind a number are its records, as many as it says, of times the longest first', async () => {
    const worked = await behind('?figure=working&element=work')
    expect(worked.items.map(({ id, ms }) => [id, Math.round((ms ?? 0) / minute)])).toEqual([
      [second.id, 120],
      [first.id, 20],
      [first.id, 6],
    ])
    expect(worked.items[0]?.title).toContain('flow second')
    expect((await behind('?figure=returns&element=work')).items).toMatchObject([{ id: first.id, ms: null }])
    expect((await behind('?figure=passed&element=e2')).items).toHaveLength(3)
    expect((await behind('?figure=passed&element=e2&versions=2')).items).toMatchObject([{ id: second.id }])
    expect((await behind('?figure=standing&element=check')).items).toMatchObject([{ id: first.id }])
  })

  test('a hundred and twenty steps of chance are told as a replay of the trail tells them', async () => {
    let seed = 7
    const chance = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return Math.floor((seed / 2_147_483_648) * below)
    }
    const open: string[] = []
    for (let step = 0; step < 120; step += 1) {
      await advance(`PT${1 + chance(40)}M`)
      const record = open[chance(open.length + 1)]
      if (record === undefined) {
        open.push((await make({ subject: `flow ${step}` })).id)
        continue
      }
      const task = await openTask(record)
      if (task.assignee === null && chance(2) === 0) await act(record, 'claim')
      else if (task.node === 'work') await act(record, 'complete', 'solved')
      else if (chance(3) === 0) await act(record, 'complete', 'again')
      else {
        await act(record, 'complete', 'fine')
        open.splice(open.indexOf(record), 1)
      }
    }
    const now = desk.app.ports.clock.now()
    const middle = start + Math.floor((now - start) / 2)
    const periods = [
      [start, now + 1],
      [start, middle],
      [middle, now + 1],
      [middle - 3 * hour, middle],
    ] as const
    for (const [from, to] of periods) {
      const told = await history(`?from=${at(from)}&to=${at(to)}`)
      const { nodes, edges } = replayed(await trail(desk), from, to)
      expect(told.nodes.filter(({ visits, stay }) => visits > 0 || stay).map(withoutStanding)).toEqual(nodes)
      expect(told.edges).toEqual(edges)
    }
  })

  test('is for those who build the app, and tells them only of records they may read', async () => {
    for (const by of [desk.li, desk.guest])
      for (const rest of ['', '/records?figure=visits&element=work'])
        expect([403, 404]).toContain(
          (await by.send('GET', `/api/design/apps/desk/flows/handling/history${rest}`)).statusCode,
        )
    await desk.publish((files) => {
      renamed(files)
      files['forms/ticket.json'].access[1].rows = { fact: 'record', path: '$.paid', operator: 'equal', value: true }
    })
    const told = await history()
    expect(told.runs).toEqual({ started: 1, ended: 1 })
    expect(told.versions).toEqual([{ version: 2, runs: 1 }])
    expect(nodeOf(told, 'work')).toMatchObject({ visits: 1, records: 1, returns: 0, working: minutes(120) })
    expect((await behind('?figure=visits&element=work')).items.map(({ id }) => id)).toEqual([second.id])
    expect((await behind('?figure=passed&element=e4')).items).toEqual([])
    await desk.publish((files) => {
      renamed(files)
      files['forms/ticket.json'].access = [files['forms/ticket.json'].access[0]]
    })
    expect(await history()).toMatchObject({ versions: [], nodes: [], edges: [], runs: { started: 0, ended: 0 } })
  })

  test('of a flow that was never published there is nothing to tell', async () => {
    const answer = await desk.boss.send('GET', '/api/design/apps/desk/flows/nobody/history')
    expect(answer.json()).toMatchObject({ versions: [], nodes: [], edges: [] })
  })

  type Told = {
    readonly instance: string
    readonly node: string
    readonly visit: number
    readonly task: string
    readonly edges: readonly string[]
  }
  type Event = { readonly record: string; readonly at: number; readonly type: string; readonly data: string }
  const trail = async ({ app: { ports } }: Desk) =>
    (
      await run<Event>(
        ports.store.read,
        "SELECT record, at, type, data FROM events WHERE form = 'ticket' ORDER BY record, seq",
        [],
      )
    ).map((event) => ({ ...event, at: Number(event.at), data: JSON.parse(event.data) as Told }))

  const withoutStanding = ({ standing: _, ...node }: FlowHistory['nodes'][number]) => node

  /** The same figures, by going through the trail entry by entry. */
  function replayed(events: Awaited<ReturnType<typeof trail>>, from: number, to: number) {
    const isIn = (moment: number) => moment >= from && moment < to
    const nodes = new Map<
      string,
      { visits: string[]; returns: number; stay: number[]; waiting: number[]; working: number[] }
    >()
    const edges = new Map<string, string[]>()
    const came = new Map<string, number>()
    const tasks = new Map<string, { created: number; claimed?: number }>()
    const of = (id: string) => {
      const found = nodes.get(id) ?? { visits: [], returns: 0, stay: [], waiting: [], working: [] }
      nodes.set(id, found)
      return found
    }
    for (const { record, at: moment, type, data } of events) {
      const visit = `${data.instance}/${data.node}/${data.visit}`
      const task = tasks.get(data.task)
      if (type === 'node.entered') {
        came.set(visit, moment)
        if (isIn(moment)) {
          of(data.node).visits.push(record)
          if (data.visit > 1) of(data.node).returns += 1
        }
      } else if (type === 'node.left' && isIn(moment)) {
        of(data.node).stay.push(moment - (came.get(visit) ?? Number.NaN))
        for (const edge of data.edges) edges.set(edge, [...(edges.get(edge) ?? []), record])
      } else if (type === 'task.created') tasks.set(data.task, { created: moment })
      else if (type === 'task.claimed' && task) task.claimed = moment
      else if (type === 'task.completed' && task && isIn(moment)) {
        const claimed = task.claimed ?? moment
        of(data.node).waiting.push(claimed - task.created)
        of(data.node).working.push(moment - claimed)
      }
    }
    const some = (ms: readonly number[]) => (ms.length === 0 ? null : spans(...ms))
    const byId = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]) => (one < other ? -1 : 1)
    return {
      nodes: [...nodes].sort(byId).map(([node, { visits, returns, stay, waiting, working }]) => ({
        node,
        visits: visits.length,
        records: new Set(visits).size,
        returns,
        stay: some(stay),
        waiting: some(waiting),
        working: some(working),
      })),
      edges: [...edges].sort(byId).map(([edge, all]) => ({ edge, passed: all.length, records: new Set(all).size })),
    }
  }
})
