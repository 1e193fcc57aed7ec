import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, tickets } from './desk.ts'

type Task = {
  id: string
  node: string
  assignee: string | null
  owner: string | null
  advice: string | null
  via: { kind: string; of: string | null } | null
  can: string[]
  record: { id: string }
  completedBy: string | null
}
type Approval = {
  people: { person: string | null; state: string; outcome: string | null; removable: boolean }[]
  targets: { node: string; person: string | null }[]
  draft: { values: Record<string, unknown>; comment: string | null } | null
  needed: number | null
}

const outcomes = [
  { id: 'agree', label: '同意' },
  { id: 'refuse', label: '不同意', requiresComment: true },
]
/** write → check (two people) → close: with somebody to copy. */
const threeSteps = (files: Documents) => {
  files['flows/handling.json'].nodes = [
    { id: 'begin', type: 'startEvent' },
    { id: 'write', type: 'userTask', assign: [{ user: 'li' }], fields: { hours: 'edit' }, outcomes },
    {
      id: 'check',
      type: 'userTask',
      assign: [{ user: 'li' }, { user: 'wang' }],
      mode: 'all',
      copyTo: [{ user: 'boss' }, { user: 'guest' }],
      outcomes,
    },
    { id: 'close', type: 'userTask', assign: [{ user: 'boss' }], outcomes },
    { id: 'end', type: 'endEvent' },
  ]
  files['flows/handling.json'].edges = [
    { id: 'e1', from: 'begin', to: 'write' },
    { id: 'e2', from: 'write', to: 'check' },
    { id: 'e3', from: 'check', to: 'close' },
    { id: 'e4', from: 'close', to: 'end' },
  ]
}

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url, {}, threeSteps)
  })
  afterAll(() => desk.close())

  type Who = 'boss' | 'li' | 'wang' | 'guest'
  let count = 0
  const started = async () => {
    count += 1
    const made = await desk.boss.send('POST', tickets, { values: { subject: `flow ${count}` } })
    expect(made.statusCode).toBe(201)
    return made.json<{ id: string }>().id
  }
  const open = async (record: string) =>
    (await desk.boss.send('GET', `/api/tasks?record=${record}`)).json<{ items: Task[] }>().items
  const taskOf = async (record: string, node: string, who: Who): Promise<Task> => {
    const found = (await open(record)).find((task) => task.node === node && task.assignee === desk.ids[who])
    if (!found) throw new Error(`${who} has no task ${node}: ${JSON.stringify(await open(record))}`)
    return found
  }
  const act = (who: Who, task: { id: string }, verb: string, body: object = {}, headers = {}) =>
    desk[who].send('POST', `/api/tasks/${task.id}/${verb}`, body, headers)
  const approval = async (who: Who, task: { id: string }) =>
    (await desk[who].send('GET', `/api/tasks/${task.id}/approval`)).json<Approval>()
  const agreed = { outcome: 'agree' }
  const ok = async (answer: ReturnType<typeof act>) => {
    const got = await answer
    if (got.statusCode !== 200) throw new Error(got.body)
    return got.json<{ task: Task }>().task
  }
  /** A ticket of which the first step is done. */
  const atCheck = async () => {
    const record = await started()
    await ok(act('li', await taskOf(record, 'write', 'li'), 'complete', agreed))
    return record
  }

  test('委派: done by somebody else, back to the owner to be confirmed; the owner may take it back', async () => {
    const record = await started()
    const task = await taskOf(record, 'write', 'li')
    const seen = (await desk.li.send('GET', `/api/tasks/${task.id}`)).json<Task>()
    expect(seen.can).toEqual([
      'claim',
      'complete',
      'saveDraft',
      'transfer',
      'delegate',
      'addAssignee',
      'removeAssignee',
      'return',
    ])
    expect(await ok(act('li', task, 'delegate', { to: desk.ids.wang, comment: 'please' }))).toMatchObject({
      assignee: desk.ids.wang,
      owner: desk.ids.li,
      via: { kind: 'delegate', of: desk.ids.li },
    })
    expect((await act('wang', task, 'delegate', { to: desk.ids.boss })).json()).toMatchObject({
      code: 'task.delegated',
    })
    expect(await ok(act('li', task, 'withdraw'))).toMatchObject({ assignee: desk.ids.li, owner: null })
    await ok(act('li', task, 'delegate', { to: desk.ids.wang }))
    const back = await ok(act('wang', task, 'complete', { ...agreed, values: { hours: '2' } }))
    expect(back).toMatchObject({ assignee: desk.ids.li, owner: null, advice: 'agree', completedBy: null })
    const done = await act('li', task, 'complete', agreed)
    expect(done.json()).toMatchObject({ record: { values: { hours: '2.0' } }, task: { completedBy: desk.ids.li } })
    expect((await open(record)).map(({ node }) => node)).toEqual(['check', 'check'])
  })

  test('加签 before, and 减签 by who added; who cannot see the record cannot be added', async () => {
    const record = await atCheck()
    const task = await taskOf(record, 'check', 'wang')
    const added = { to: desk.ids.boss, position: 'before' }
    expect((await act('wang', task, 'add-assignee', { to: desk.ids.guest, position: 'after' })).json()).toMatchObject({
      code: 'task.recipientBlind',
    })
    expect((await act('wang', task, 'add-assignee', { to: desk.ids.li, position: 'after' })).statusCode).toBe(409)
    await ok(act('wang', task, 'add-assignee', added))
    const first = await taskOf(record, 'check', 'boss')
    expect(first.via).toEqual({ kind: 'signer', of: desk.ids.wang })
    const people = (await approval('wang', first)).people
    expect(people.map(({ person, state }) => [person, state])).toEqual([
      [desk.ids.li, 'open'],
      [desk.ids.boss, 'open'],
      [desk.ids.wang, 'next'],
    ])
    expect((await act('li', first, 'remove-assignee', { person: desk.ids.boss })).statusCode).toBe(403)
    await ok(act('wang', first, 'remove-assignee', { person: desk.ids.boss }))
    await ok(act('wang', await taskOf(record, 'check', 'wang'), 'complete', agreed))
    await ok(act('li', await taskOf(record, 'check', 'li'), 'complete', agreed))
    expect((await open(record)).map(({ node }) => node)).toEqual(['close'])
  })

  test('退回 to whoever did the step, then straight back; only to what was done', async () => {
    const record = await atCheck()
    const task = await taskOf(record, 'check', 'wang')
    expect((await approval('wang', task)).targets).toMatchObject([{ node: 'write', person: desk.ids.li }])
    expect((await act('wang', task, 'return', { to: 'close' })).json()).toMatchObject({ code: 'task.returnTarget' })
    await ok(act('wang', task, 'return', { to: 'write', mode: 'back', comment: '金额不对' }))
    const again = await taskOf(record, 'write', 'li')
    expect(again.via).toEqual({ kind: 'returned', of: desk.ids.wang })
    await ok(act('li', again, 'complete', agreed))
    expect((await open(record)).map(({ node }) => node)).toEqual(['check', 'check'])
    const timeline = (await desk.li.send('GET', `${tickets}/${record}/timeline`)).json<{
      items: { type: string; data: Record<string, unknown> }[]
    }>()
    expect(timeline.items.filter(({ type }) => type === 'task.returned').map(({ data }) => data)).toMatchObject([
      { target: 'write', mode: 'back', why: '金额不对' },
    ])
  })

  test('撤回 while nothing has come of it, and not a moment longer', async () => {
    const record = await started()
    const task = await taskOf(record, 'write', 'li')
    await ok(act('li', task, 'complete', agreed))
    expect((await act('wang', task, 'withdraw')).statusCode).toBe(403)
    await ok(act('li', task, 'withdraw', { comment: 'too fast' }))
    expect((await open(record)).map(({ node, assignee }) => [node, assignee])).toEqual([['write', desk.ids.li]])
    const second = await taskOf(record, 'write', 'li')
    await ok(act('li', second, 'complete', agreed))
    await ok(act('wang', await taskOf(record, 'check', 'wang'), 'complete', agreed))
    const late = await act('li', second, 'withdraw')
    expect([late.statusCode, late.json<{ code: string }>().code]).toEqual([409, 'task.tooLate'])
  })

  test('暂存 is kept with the task for its author alone, and the record does not know of it', async () => {
    const record = await started()
    const task = await taskOf(record, 'write', 'li')
    await ok(act('li', task, 'draft', { values: { hours: '7' }, comment: 'half' }))
    expect((await approval('li', task)).draft).toMatchObject({ values: { hours: '7' }, comment: 'half' })
    expect((await approval('boss', task)).draft).toBeNull()
    expect((await desk.li.send('GET', `${tickets}/${record}`)).json<{ values: object }>().values).not.toHaveProperty(
      'hours',
    )
    await ok(act('li', task, 'complete', agreed))
    expect((await approval('li', task)).draft).toBeNull()
  })

  test('抄送: told of the result, but only who may see the record', async () => {
    const record = await atCheck()
    for (const who of ['li', 'wang'] as const)
      await ok(act(who, await taskOf(record, 'check', who), 'complete', agreed))
    const bells = async (who: Who) =>
      (await desk[who].send('GET', '/api/notifications'))
        .json<{ items: { title: string; record: { id: string } | null }[] }>()
        .items.filter((one) => one.title.startsWith('抄送') && one.record?.id === record)
    expect(await bells('boss')).toHaveLength(1)
    expect(await bells('guest')).toHaveLength(0)
  })

  test('a late second decision is told who decided and when, with what is there now', async () => {
    const record = await started()
    const task = await taskOf(record, 'write', 'li')
    await ok(act('li', task, 'complete', agreed, { 'idempotency-key': 'once' }))
    const replayed = await act('li', task, 'complete', agreed, { 'idempotency-key': 'once' })
    expect(replayed.statusCode).toBe(200)
    const late = await act('li', task, 'complete', { outcome: 'refuse', comment: 'x' })
    expect(late.statusCode).toBe(409)
    expect(late.json()).toMatchObject({
      code: 'task.done',
      current: { id: record },
      task: { completedBy: desk.ids.li, outcome: 'agree' },
    })
    expect(late.json<{ detail?: string; title: string }>().detail).toMatch(/^该任务已由\D+办理$/)
  })

  test('out of office: new tasks go to the deputy, and say why; outside the period they do not', async () => {
    const away = (body: object) => desk.li.send('PATCH', '/api/session', body)
    expect((await away({ away: true, deputy: desk.ids.li })).statusCode).toBe(422)
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString()
    expect((await away({ away: true, deputy: desk.ids.wang, awayFrom: day(2), awayUntil: day(3) })).statusCode).toBe(
      200,
    )
    await taskOf(await started(), 'write', 'li')
    expect((await away({ awayFrom: null, awayUntil: day(3) })).json()).toMatchObject({ user: { deputyName: 'wang' } })
    const task = await taskOf(await started(), 'write', 'wang')
    expect(task.via).toEqual({ kind: 'deputy', of: desk.ids.li })
    expect((await away({ away: false })).statusCode).toBe(200)
    await taskOf(await started(), 'write', 'li')
  })
})
