import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { examine } from '../../src/server/doctor/examine.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, tickets, wireFiles } from './desk.ts'

type Standing = {
  node: string
  version: number
  count: number
  movable: number
  blocked: { code: string; count: number; examples: object[] }[]
}
type Plan = { standings: Standing[]; outcome: { keep: number; move: number; park: number; blocked: number } }
type Overview = {
  standings: Standing[]
  parked: { instance: string; record: string; title: string | null; reasons: { code: string }[] }[]
  moves: { moved: number; kept: number; parked: number; state: string }[]
}

/** Two steps; a name gives each generation of them other ids. */
const steps =
  (first: string, second: string, more: (nodes: object[]) => void = () => {}) =>
  (files: Documents) => {
    const flow = files['flows/handling.json']
    const [begin, work, end] = flow.nodes
    flow.nodes = [
      begin,
      { ...work, id: first },
      { ...work, id: second, label: '复核', stage: undefined, limit: undefined },
      end,
    ]
    flow.edges = [
      { id: 'e1', from: 'begin', to: first },
      { id: 'e2', from: first, to: second },
      { id: 'e3', from: second, to: 'end' },
    ]
    more(flow.nodes)
  }

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url, {}, steps('work', 'check'))
  })
  afterAll(() => desk.close())
  const design = (what: string, body?: object, caller = desk.boss) =>
    caller.send(body ? 'POST' : 'GET', `/api/design/apps/desk/${what}`, body, { 'accept-language': 'en' })
  const create = async (subject: string) =>
    (await desk.boss.send('POST', tickets, { values: { subject } })).json<{ id: string }>().id
  const db = () => desk.app.ports.store.read
  const taskOf = (record: string) =>
    db()
      .selectFrom('tasks')
      .selectAll()
      .where('record', '=', record)
      .where('state', '=', 'open')
      .executeTakeFirstOrThrow()

  test('publishing keeps running instances where they are unless something else is chosen', async () => {
    const record = await create('flow keep')
    const files = wireFiles(
      steps('work', 'check', (nodes) =>
        nodes.push(
          { id: 'late', type: 'boundaryEvent', attachedTo: 'work', on: { timer: 'P1D' }, interrupting: false },
          { id: 'told', type: 'endEvent' },
        ),
      ),
    )
    const flow = files.find((file) => file.path === 'flows/handling.json')
    const json = JSON.parse(flow?.text ?? '')
    json.edges.push({ id: 'e4', from: 'late', to: 'told' })
    const changed = files.map((file) => (file === flow ? { ...file, text: JSON.stringify(json) } : file))
    const plan = (await design('plan', { files: changed })).json<{ instances: Plan }>().instances
    expect(plan).toMatchObject({
      standings: [{ flow: 'handling', node: 'work', version: 1, count: 1, movable: 1, blocked: [] }],
      outcome: { keep: 1, move: 0, park: 0, blocked: 0 },
    })
    const dry = (
      await design('plan', { files: changed, instances: { choices: [{ flow: 'handling', choice: 'move' }] } })
    ).json<{ instances: Plan }>()
    expect(dry.instances.outcome).toEqual({ keep: 0, move: 1, park: 0, blocked: 0 })
    expect((await design('publish', { files: changed })).statusCode).toBe(200)
    await desk.app.doors.instances.idle()
    expect((await design('instances')).json<Overview>().standings).toMatchObject([
      { node: 'work', version: 1, count: 1 },
    ])

    // Later, without a publish: the same instance goes over; the added event opens its wait, the task stays as it was.
    const before = await taskOf(record)
    const moved = await design('instances/migrate', { choices: [{ flow: 'handling', choice: 'move' }] })
    expect(moved.json()).toMatchObject({ plan: { outcome: { move: 1 } }, move: expect.any(String) })
    await desk.app.doors.instances.idle()
    expect((await design('instances')).json<Overview>()).toMatchObject({
      standings: [],
      parked: [],
      moves: [{ moved: 1, kept: 0, parked: 0, state: 'done' }],
    })
    expect(await taskOf(record)).toEqual(before)
    expect(await db().selectFrom('timers').select('key').where('key', 'like', '%/late/1').execute()).toHaveLength(1)
  })

  test('a step under another id: task, assignee, limit and moment go along; then it is worked to its end', async () => {
    const record = await create('flow rename')
    const before = await taskOf(record)
    const clock = await db()
      .selectFrom('clocks')
      .select(['due_at'])
      .where('task', '=', before.id)
      .executeTakeFirstOrThrow()
    const files = wireFiles(steps('repair', 'check'))
    const blocked = (
      await design('plan', { files, instances: { choices: [{ flow: 'handling', node: 'work', choice: 'move' }] } })
    ).json<{ instances: Plan }>().instances
    expect(blocked.standings.find((one) => one.node === 'work')?.blocked).toMatchObject([
      {
        code: 'migration.nodeGone',
        message: 'The new version has no node "处理"',
        examples: expect.arrayContaining([
          { form: 'ticket', id: record, title: expect.stringContaining('flow rename') },
        ]),
      },
    ])
    expect(blocked.outcome.blocked).toBe(2)
    const instances = { choices: [{ flow: 'handling', node: 'work', choice: 'move', to: 'repair' }] }
    expect((await design('publish', { files, instances })).statusCode).toBe(200)
    await desk.app.doors.instances.idle()
    const after = await taskOf(record)
    expect(after).toEqual({ ...before, node: 'repair', version: before.version + 1 })
    expect(
      await db().selectFrom('clocks').select(['due_at', 'owner_ref']).where('task', '=', before.id).executeTakeFirst(),
    ).toMatchObject({ due_at: clock.due_at })
    const owner = desk.ids.li === after.assignee ? desk.li : desk.wang
    expect((await owner.send('POST', `/api/tasks/${after.id}/complete`, { outcome: 'solved' })).statusCode).toBe(200)
    expect(await taskOf(record)).toMatchObject({ node: 'check' })
  })

  test('parked instances are listed with their reasons, and a person moves, keeps or ends each', async () => {
    const ids = [await create('flow park 1'), await create('flow park 2'), await create('flow park 3')]
    const files = wireFiles(steps('fix', 'check'))
    const choices = [{ flow: 'handling', choice: 'move' }]
    expect((await design('publish', { files, instances: { choices } })).statusCode).toBe(200)
    await desk.app.doors.instances.idle()
    const { parked } = (await design('instances')).json<Overview>()
    const mine = ids.map((id) => parked.find((one) => one.record === id))
    expect(mine.map((one) => one?.reasons[0]?.code)).toEqual([
      'migration.nodeGone',
      'migration.nodeGone',
      'migration.nodeGone',
    ])
    const resolve = (at: number, body: object, caller = desk.boss) =>
      caller.send('POST', `/api/design/apps/desk/instances/${mine[at]?.instance}/resolve`, body)
    expect((await resolve(0, { do: 'move' }, desk.li)).statusCode).toBe(403)
    expect((await resolve(0, { do: 'move' })).json()).toMatchObject({
      status: 422,
      code: 'migration.blocked',
      errors: [{ code: 'migration.nodeGone' }],
    })
    expect((await resolve(0, { do: 'move', to: { repair: 'fix' } })).statusCode).toBe(204)
    expect((await resolve(1, { do: 'keep' })).statusCode).toBe(204)
    expect((await resolve(2, { do: 'cancel', reason: 'duplicate' })).statusCode).toBe(204)
    expect((await taskOf(ids[0] ?? '')).node).toBe('fix')
    expect((await taskOf(ids[1] ?? '')).node).toBe('repair')
    const left = (await design('instances')).json<Overview>().parked.filter((one) => ids.includes(one.record))
    expect(left).toEqual([])
    const trail = await db()
      .selectFrom('events')
      .select(['record', 'type'])
      .where('record', 'in', ids)
      .where('type', 'in', ['flow.parked', 'flow.migrated', 'flow.kept', 'flow.ended'])
      .execute()
    expect(
      ids.map((id) =>
        trail
          .filter((one) => one.record === id)
          .map((one) => one.type)
          .toSorted(),
      ),
    ).toEqual([
      ['flow.migrated', 'flow.parked'],
      ['flow.kept', 'flow.parked'],
      ['flow.ended', 'flow.parked'],
    ])
  })

  test('the way back to a version asks the same of what is running: kept, moved and parked as was chosen', async () => {
    const older = wireFiles(steps('sort', 'check'))
    const newer = wireFiles(steps('mend', 'check'))
    const publish = async (files: object) => (await design('publish', { files })).json<{ version: number }>().version
    const hashOf = async (record: string) =>
      (await db().selectFrom('instances').select('flow_hash').where('record', '=', record).executeTakeFirstOrThrow())
        .flow_hash
    const back = await publish(older)
    const old = await hashOf(await create('flow of the old version'))
    await publish(newer)
    const kept = await create('flow kept')
    const young = await hashOf(kept)
    const dry = await design('rollback', { version: back, dryRun: true })
    expect(dry.json<{ plan: { instances: Plan } }>().plan.instances.standings).toContainEqual(
      expect.objectContaining({
        node: 'mend',
        count: 1,
        targets: expect.arrayContaining([{ node: 'sort', label: '处理' }]),
      }),
    )
    expect((await design('rollback', { version: back })).statusCode).toBe(200)
    await desk.app.doors.instances.idle()
    expect([await hashOf(kept), (await taskOf(kept)).node]).toEqual([young, 'mend'])

    await publish(newer)
    const [moved, parked] = [await create('flow back'), await create('flow held')]
    const task = await taskOf(parked)
    const owner = desk.ids.li === task.assignee ? desk.li : desk.wang
    expect((await owner.send('POST', `/api/tasks/${task.id}/complete`, { outcome: 'solved' })).statusCode).toBe(200)
    const choices = [
      { flow: 'handling', node: 'mend', choice: 'move', to: 'sort' },
      { flow: 'handling', node: 'check', choice: 'park' },
    ]
    const wished = { version: back, instances: { choices } }
    const planned = (await design('rollback', { ...wished, dryRun: true })).json<{ plan: { instances: Plan } }>()
    expect(planned.plan.instances.outcome).toMatchObject({ move: 2 })
    expect((await design('rollback', wished)).statusCode).toBe(200)
    await desk.app.doors.instances.idle()
    expect([await hashOf(moved), (await taskOf(moved)).node]).toEqual([old, 'sort'])
    expect([await hashOf(kept), (await taskOf(kept)).node]).toEqual([old, 'sort'])
    expect([await hashOf(parked), (await taskOf(parked)).node]).toEqual([young, 'check'])
    const held = (await design('instances')).json<Overview>().parked
    expect(held.map((one) => one.record)).toContain(parked)
    expect(held.map((one) => one.record)).not.toContain(moved)
  })

  test('only builders decide about instances', async () => {
    for (const [what, body] of [['instances'], ['instances/migrate', { choices: [] }]] as const)
      expect((await design(what, body, desk.li)).statusCode).toBe(403)
  })

  describe('500 running instances through random edits', () => {
    test('none is lost, none repeated, none stands at a node that is gone', async () => {
      const { executor, store } = desk.app.ports
      const before = await db().selectFrom('instances').select('id').execute()
      const commands = Array.from({ length: 500 }, (_, n) => ({
        command: `bulk${n}`,
        type: 'record.create' as const,
        app: 'desk',
        form: 'ticket',
        values: { subject: `flow ${n}` },
        principal: { kind: 'system' as const, reason: 'test' },
        source: 'system' as const,
      }))
      expect(await executor.executeBatch(commands, 'stop')).toMatchObject({ ok: true })
      let seed = 7
      const random = (below: number) => {
        seed = (seed * 1103515245 + 12345) % 2147483648
        return seed % below
      }
      let [first, second] = ['fix', 'check']
      for (let round = 0; round < 4; round += 1) {
        // Some of them go a step on between two publishes.
        const open = await db()
          .selectFrom('tasks')
          .select(['id'])
          .where('state', '=', 'open')
          .where('node', '=', first)
          .limit(40)
          .execute()
        await executor.executeBatch(
          open.map(({ id }) => ({
            command: `done${round}${id}`,
            type: 'task.complete' as const,
            task: id,
            outcome: 'solved',
            principal: { kind: 'system' as const, reason: 'test' },
            source: 'system' as const,
          })),
          'skip',
        )
        const [nextFirst, nextSecond] = [
          random(2) ? `${first.slice(0, 4)}${round}` : first,
          random(2) ? `chk${round}` : second,
        ]
        const files = wireFiles(
          steps(nextFirst, nextSecond, (nodes) => Object.assign(nodes[1] ?? {}, { label: `r${round}` })),
        )
        const choice = (node: string, to: string) => ({
          flow: 'handling',
          node,
          choice: (['move', 'move', 'keep', 'park'] as const)[random(4)],
          to,
        })
        const answer = await design('publish', {
          files,
          instances: { choices: [choice(first, nextFirst), choice(second, nextSecond)] },
        })
        expect(answer.statusCode).toBe(200)
        await desk.app.doors.instances.idle()
        ;[first, second] = [nextFirst, nextSecond]
      }
      const known = new Set(before.map((row) => row.id))
      const rows = (await db().selectFrom('instances').selectAll().execute()).filter((row) => !known.has(row.id))
      expect(rows).toHaveLength(500)
      expect(new Set(rows.map((row) => row.record)).size).toBe(500)
      const texts = new Map(
        (await db().selectFrom('flow_texts').selectAll().execute()).map((row) => [
          row.hash,
          JSON.parse(row.text) as { nodes: { id: string }[] },
        ]),
      )
      const tasks = await db().selectFrom('tasks').selectAll().where('state', '=', 'open').execute()
      for (const row of rows.filter((one) => one.status === 'running')) {
        const nodes = new Set(texts.get(row.flow_hash)?.nodes.map((node) => node.id))
        const snapshot = JSON.parse(row.snapshot) as { tokens: { node: string; visit: number }[] }
        expect(snapshot.tokens).toHaveLength(1)
        expect(snapshot.tokens.filter((token) => !nodes.has(token.node))).toEqual([])
        expect(tasks.filter((task) => task.instance === row.id).map((task) => task.node)).toEqual(
          snapshot.tokens.map((token) => token.node),
        )
      }
      const findings: object[] = []
      for await (const one of examine({
        db: store.read,
        memory: desk.app.ports.memory.now,
        filesFolder: desk.config.dataFolder,
        now: desk.app.ports.clock.now(),
      }))
        findings.push(...one.findings)
      expect(findings).toEqual([])
    }, 300_000)
  })
})
