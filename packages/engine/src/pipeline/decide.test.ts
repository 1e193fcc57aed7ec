import { describe, expect, test } from 'vitest'
import { Desk, deskApp } from '../../test/desk.ts'
import type { Json } from '../kernel/json.ts'
import { personId } from '../scenario/stage-play.ts'

const rejection = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } })
const invalid = (code: string, path: string) => rejection('record.invalid', { problems: [{ code, path }] })
const hours = (count: number) => count * 3_600_000

describe('records', () => {
  test('another version refuses and says which is current', async () => {
    const desk = new Desk()
    const row = await desk.make('ticket', { subject: 'one' })
    expect(await desk.update('ann', row, { note: 'a' }, 1)).toMatchObject({
      ok: true,
      value: { record: { version: 2 } },
    })
    expect(await desk.update('ben', row, { note: 'b' }, 1)).toMatchObject(
      rejection('version.conflict', { details: { current: 2 } }),
    )
    expect(desk.row(row)?.data.note).toBe('a')
  })

  test('a hidden field answers like one that does not exist', async () => {
    const desk = new Desk()
    const row = await desk.make('ticket', { subject: 'one' })
    const hidden = await desk.update('ann', row, { cost: '1.00' })
    const missing = await desk.update('ann', row, { xyzzy: '1.00' })
    expect(hidden).toMatchObject(invalid('field.unknown', '/cost'))
    expect(missing).toMatchObject(invalid('field.unknown', '/xyzzy'))
    const details = (result: typeof hidden) => (result.ok ? [] : Object.keys(result.error.problems?.[0]?.details ?? {}))
    expect(details(hidden)).toEqual(details(missing))
    expect(await desk.update('boss', row, { cost: '1.00' })).toMatchObject({ ok: true })
  })

  test('a record somebody may not see does not exist for her', async () => {
    const desk = new Desk()
    const row = await desk.make('ticket', { subject: 'one' })
    expect(await desk.update('guest', row, { note: 'x' })).toMatchObject(rejection('record.notFound'))
    expect(await desk.update('wei', row, { note: 'x' })).toMatchObject(rejection('access.denied'))
    expect(await desk.do('guest', { type: 'record.delete', app: 'desk', form: 'ticket', id: row.id })).toMatchObject(
      rejection('record.notFound'),
    )
  })

  test('unique values, and links to what is not there or not visible', async () => {
    const desk = new Desk()
    const secret = await desk.make('customer', { name: 'hidden', secret: true })
    await desk.make('ticket', { subject: 'one', code: 'A' })
    const create = (by: string, values: { [field: string]: Json }) =>
      desk.do(by, { type: 'record.create', app: 'desk', form: 'ticket', values: { subject: 'two', ...values } })
    expect(await create('ann', { code: 'A' })).toMatchObject(invalid('field.duplicate', '/code'))
    expect(await create('ann', { customer: 'nowhere' })).toMatchObject(invalid('reference.notFound', '/customer'))
    expect(await create('ann', { customer: secret.id })).toMatchObject(invalid('reference.notFound', '/customer'))
    expect(await create('boss', { customer: secret.id })).toMatchObject({ ok: true })
    expect(await create('ann', { handler: 'user:nobody' })).toMatchObject(invalid('reference.notFound', '/handler'))
  })

  test('nothing that changes nothing is written', async () => {
    const desk = new Desk()
    const row = await desk.make('ticket', { subject: 'one' })
    expect(await desk.update('ann', row, { subject: 'one' })).toMatchObject({
      ok: true,
      value: { record: { version: 1 } },
    })
    expect(desk.trail(row)).toHaveLength(1)
  })

  test('deleting ends flows, tasks, timers and clocks', async () => {
    const desk = new Desk()
    const row = await desk.make('ticket', { subject: 'flow', code: 'sla' })
    const { state } = desk.play.world
    expect(state.timers.size).toBeGreaterThan(1)
    expect(await desk.do('ann', { type: 'record.delete', app: 'desk', form: 'ticket', id: row.id })).toMatchObject(
      rejection('access.denied'),
    )
    expect(await desk.do('boss', { type: 'record.delete', app: 'desk', form: 'ticket', id: row.id })).toMatchObject({
      ok: true,
    })
    expect(desk.row(row)).toBeUndefined()
    expect([...state.timers.keys()]).toEqual([])
    expect([...state.tasks.values()].map((task) => task.state)).toEqual(['cancelled'])
    expect([...state.instances.values()].map(({ status }) => status)).toEqual(['cancelled'])
    expect([...state.clocks.values()].map((clock) => clock.state)).toEqual(['cancelled', 'cancelled'])
  })

  test('imported history keeps its own times and starts nothing', async () => {
    const desk = new Desk()
    const at = desk.play.now - hours(1000)
    const made = await desk.do('boss', {
      type: 'record.create',
      app: 'desk',
      form: 'ticket',
      values: { subject: 'flow', code: 'sla', count: 1 },
      history: {
        createdAt: at,
        updatedAt: at + 5,
        entries: [{ at: at + 5, by: null, text: 'closed', values: {} }],
      },
    })
    expect(made).toMatchObject({ ok: true, value: { record: { createdAt: at, updatedAt: at + 5, history: true } } })
    const { state } = desk.play.world
    expect([state.instances.size, state.tasks.size, state.clocks.size, state.timers.size]).toEqual([0, 0, 0, 0])
    expect(state.notifications).toEqual([])
    expect(state.events.map(({ type, at: when }) => [type, when])).toEqual([
      ['record.imported', at],
      ['history.entry', at + 5],
    ])
  })
})

describe('comments and buttons', () => {
  test('who may comment, and that something is said', async () => {
    const desk = new Desk()
    const { id } = await desk.make('ticket', { subject: 'one' })
    const say = (by: string, body: string, mentions: string[] = []) =>
      desk.do(by, { type: 'record.comment', app: 'desk', form: 'ticket', id, body, visibility: 'internal', mentions })
    expect(await say('guest', 'x')).toMatchObject(rejection('record.notFound'))
    expect(await say('wei', 'x')).toMatchObject(rejection('access.denied'))
    expect(await say('ann', '  ')).toMatchObject(invalid('comment.empty', '/body'))
    expect(await say('ann', ' look ', [personId('ben'), personId('guest')])).toMatchObject({ ok: true })
    const said = desk.trail({ id }).filter(({ type }) => type === 'record.commented')
    expect(said.map(({ data }) => data.body)).toEqual(['look'])
    expect(desk.play.world.state.notifications.map(({ user }) => user)).toEqual([personId('ben')])
  })

  test('a button is there for its roles and while its condition holds', async () => {
    const desk = new Desk()
    const { id } = await desk.make('ticket', { subject: 'one', count: 0 })
    const press = (by: string, action: string, version?: number) =>
      desk.do(by, { type: 'record.action', app: 'desk', form: 'ticket', id, action, ...(version ? { version } : {}) })
    expect(await press('ann', 'hurry')).toMatchObject(rejection('action.notAvailable'))
    await desk.update(null, desk.row({ id })!, { stage: 'working' })
    expect(await press('wei', 'hurry')).toMatchObject(rejection('action.notAvailable'))
    expect(await press('ann', 'hurry', 1)).toMatchObject(rejection('version.conflict', { details: { current: 2 } }))
    expect(await press('ann', 'hurry', 2)).toMatchObject({
      ok: true,
      value: { record: { data: { priority: 'urgent' } } },
    })
    expect(await press('ann', 'reset')).toMatchObject(rejection('action.notAvailable'))
    expect(await press('boss', 'reset')).toMatchObject({ ok: true })
    expect(await press('boss', 'nonsense')).toMatchObject(rejection('action.notAvailable'))
  })
})

describe('tasks', () => {
  test('the mask opens what the person may otherwise only read, and closes the rest', async () => {
    const desk = new Desk()
    const row = await desk.make('ticket', { subject: 'flow' })
    const { task } = desk.task(row, 'triage')
    expect(await desk.update('ann', row, { priority: 'urgent' })).toMatchObject(invalid('field.readOnly', '/priority'))
    const complete = (values: { [field: string]: Json }, outcome = 'accept', comment?: string) =>
      desk.do('ann', { type: 'task.complete', task, outcome, values, ...(comment ? { comment } : {}) })
    expect(await complete({})).toMatchObject(invalid('field.required', '/priority'))
    expect(await complete({ priority: 'urgent', subject: 'other' })).toMatchObject(
      invalid('field.readOnly', '/subject'),
    )
    expect(await complete({ priority: 'urgent', cost: '1.00' })).toMatchObject(invalid('field.unknown', '/cost'))
    expect(await complete({ priority: 'urgent' }, 'refuse')).toMatchObject(rejection('task.commentRequired'))
    expect(await complete({ priority: 'urgent' }, 'perhaps')).toMatchObject(rejection('task.outcomeUnknown'))
    expect(await complete({ priority: 'urgent' }, 'refuse', 'why')).toMatchObject({ ok: true })
    expect(desk.row(row)?.data).toMatchObject({ priority: 'urgent', stage: 'working' })
    expect(await complete({ priority: 'normal' })).toMatchObject(rejection('task.done', { details: { by: 'ann' } }))
  })

  test('only candidates take a task, and one of them', async () => {
    const desk = new Desk()
    const { task } = desk.task(await desk.make('ticket', { subject: 'flow' }), 'triage')
    expect(await desk.do('guest', { type: 'task.claim', task })).toMatchObject(rejection('task.notFound'))
    expect(await desk.do('wei', { type: 'task.claim', task })).toMatchObject(rejection('task.notYours'))
    expect(await desk.do('ann', { type: 'task.claim', task })).toMatchObject({ ok: true })
    expect(await desk.do('ben', { type: 'task.claim', task })).toMatchObject(
      rejection('task.taken', { details: { by: 'ann' } }),
    )
    expect(await desk.do('ben', { type: 'task.complete', task, outcome: 'accept' })).toMatchObject(
      rejection('task.taken'),
    )
  })

  test.each([
    ['the one who has it', 'ann', true],
    ['her superior', 'boss', true],
    ['who manages the app', 'chief', true],
    ['a colleague', 'ben', false],
  ])('handed over by %s', async (_name, by, may) => {
    const desk = new Desk()
    const row = await desk.make('ticket', { subject: 'flow' })
    const { task } = desk.task(row, 'triage')
    await desk.do('ann', { type: 'task.claim', task })
    const moved = await desk.do(by, { type: 'task.transfer', task, to: personId('ben'), comment: 'please' })
    expect(moved).toMatchObject(may ? { ok: true } : rejection('task.notYours'))
    expect(desk.row(row)?.data.handler).toBe(personId(may ? 'ben' : 'ann'))
    if (!may) return
    expect(desk.play.world.state.notifications.at(-1)?.user).toBe(personId('ben'))
    expect(await desk.do(by, { type: 'task.transfer', task, to: 'user:nobody' })).toMatchObject(
      rejection(by === 'ann' ? 'task.notYours' : 'task.noSuchPerson'),
    )
    expect(await desk.do('boss', { type: 'task.transfer', task, to: personId('guest') })).toMatchObject(
      rejection('task.recipientBlind', { details: { name: 'guest' } }),
    )
  })

  test('not accepted in time, the next one gets it; whoever let it pass is not asked again', async () => {
    const desk = new Desk()
    const row = await desk.make('ticket', { subject: 'pair' })
    const holders = () => ['left', 'right'].map((node) => desk.task(row, node).assignee)
    const first = holders()
    expect(first.toSorted()).toEqual([personId('wei'), personId('xia')])
    await desk.play.advance(hours(0.1))
    await desk.do('wei', {
      type: 'task.claim',
      task: desk.task(row, first[0] === personId('wei') ? 'left' : 'right').task,
    })
    await desk.play.advance(hours(0.1))
    expect(holders()).toEqual([personId('wei'), personId('wei')])
    await desk.play.advance(hours(0.2))
    // Both have been asked for this record: the fallback has it.
    const open = ['left', 'right'].map((node) => desk.task(row, node)).find((task) => task.assignee === null)
    expect(open?.candidates).toEqual([{ kind: 'role', ref: 'manager' }])
    const chosen = desk.play.world.state.assignments.at(-1)
    expect(chosen).toMatchObject({ chosen: null, fallback: true })
    expect(chosen?.candidates.map(({ failed }) => failed)).toEqual([['refused'], ['refused']])
  })

  test('two tasks of one command see each other', async () => {
    const desk = new Desk()
    const row = await desk.make('ticket', { subject: 'pair' })
    expect(desk.task(row, 'left').assignee).not.toBe(desk.task(row, 'right').assignee)
  })
})

describe('rules and clocks', () => {
  test('a chain of rules is stopped, and the trail says so', async () => {
    const desk = new Desk()
    const row = await desk.make('ticket', { subject: 'one' })
    expect(await desk.update('ann', row, { count: 1 })).toMatchObject({ ok: true })
    expect(desk.row(row)?.data.count).toBe(9)
    expect(desk.trail(row).filter(({ type }) => type === 'rule.fired')).toHaveLength(8)
    expect(desk.trail(row).at(-1)).toMatchObject({ type: 'rule.stopped', data: { event: 'changed', depth: 8 } })
  })

  test('a breach that only shows when the clock stops sets off its rules', async () => {
    const desk = new Desk()
    const row = await desk.make('ticket', { subject: 'one', code: 'sla' })
    // No timer has fired: as after a night in which the server was off.
    desk.play.now += hours(3)
    expect(await desk.update('ann', row, { note: 'done' })).toMatchObject({ ok: true })
    expect(desk.row(row)?.data).toMatchObject({ met: false, solution: 'late' })
    expect(desk.trail(row).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['clock.breached', 'clock.stopped', 'rule.fired']),
    )
    expect(desk.trail(row).find(({ type }) => type === 'clock.breached')?.data.late).toBe(hours(1) - 1)
  })

  test('a breach that was noticed in time is told once', async () => {
    const desk = new Desk()
    const row = await desk.make('ticket', { subject: 'one', code: 'sla' })
    await desk.play.advance(hours(3))
    await desk.update('ann', row, { note: 'done' })
    expect(desk.trail(row).filter(({ type }) => type === 'rule.fired')).toHaveLength(1)
  })

  test('formulas and the title follow what the platform writes itself', async () => {
    const desk = new Desk()
    const row = await desk.make('ticket', { subject: 'one', code: 'sla' })
    expect(desk.row(row)).toMatchObject({ title: 'one', data: { breached: false } })
    await desk.play.advance(hours(3))
    expect(desk.row(row)).toMatchObject({ title: 'one !', data: { met: false, breached: true } })
    const breached = desk
      .trail(row)
      .flatMap(({ data }) => (data.changes as { readonly [field: string]: Json } | undefined)?.breached ?? [])
    expect(breached).toEqual([false, true])
  })

  test('who got the task stops a clock that waits for it, in the same command', async () => {
    const app = deskApp((files) => {
      Object.assign(files['policies/promise.json'] as { clocks: object[] }, {
        clocks: [
          {
            id: 'answer',
            label: 'answer',
            stopWhen: { fact: 'record', path: '$.handler', operator: 'isNotEmpty' },
            targets: [{ id: 'all', within: 'PT2H' }],
          },
        ],
      })
    })
    const desk = new Desk(app)
    const row = await desk.make('ticket', { subject: 'flow', code: 'sla' })
    const clock = () => [...desk.play.world.state.clocks.values()].find(({ owner }) => owner.kind === 'policy')
    expect(clock()?.state).toBe('running')
    const { task } = desk.task(row, 'triage')
    await desk.play.advance(hours(1))
    await desk.do('ann', { type: 'task.claim', task })
    expect(clock()).toMatchObject({ state: 'stopped', met: true, elapsedMs: hours(1) })
  })

  test('only the system changes calendars under running clocks', async () => {
    const desk = new Desk()
    const row = await desk.make('ticket', { subject: 'one', code: 'sla' })
    const body = { type: 'clocks.adopt', app: 'desk', form: 'ticket', id: row.id, before: deskApp() } as const
    expect(await desk.do('boss', body)).toMatchObject(rejection('access.denied'))
    expect(await desk.do(null, body)).toMatchObject({ ok: true })
  })
})
