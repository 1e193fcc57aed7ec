import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { AssignmentView, RecordView, TaskPage, TaskView } from '../../src/contract/index.ts'
import { type Documents, newborn } from '../store/newborn.ts'
import { type Desk, openDesk, tickets } from './desk.ts'

/** The desk with a strategy that gives the step to an agent, and a promise with a ladder. */
const dispatching = (files: Documents) => {
  files['flows/handling.json'].nodes[1].assign = [{ strategy: 'turns' }]
  files['assignments/turns.json'] = {
    id: 'turns',
    kind: 'assignment',
    schemaVersion: 1,
    label: '轮流派单',
    pool: [{ role: 'agent' }],
    filter: [
      {
        id: 'capacity',
        label: '还有余力',
        must: { formula: 'candidate.open_tasks < candidate.capacity' },
      },
    ],
    score: [{ id: 'turn', label: '轮到', weight: 1, measure: 'roundRobin' }],
    fallback: [{ role: 'manager' }],
  }
  files['calendars/always.json'] = {
    id: 'always',
    kind: 'calendar',
    schemaVersion: 1,
    label: '全天',
    zone: 'Asia/Shanghai',
    weekly: Object.fromEntries(
      ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
    ),
  }
  files['policies/promise.json'] = {
    id: 'promise',
    kind: 'policy',
    schemaVersion: 1,
    label: '承诺',
    form: 'ticket',
    clocks: [
      {
        id: 'resolution',
        label: '解决',
        type: 'internal',
        stopWhen: { fact: 'record', path: '$.stage', operator: 'equal', value: 'done' },
        targets: [{ id: 'all', within: 'PT2H' }],
        calendar: 'always',
        ladder: [
          { id: 'half', left: 'PT1H', notify: [{ role: 'manager' }] },
          { id: 'late', after: 'PT1H', notify: [{ role: 'manager' }] },
        ],
      },
    ],
  }
}

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url, { TENON_TEST_CLOCK: '1' }, dispatching)
  })
  afterAll(() => desk.close())

  const make = async (subject: string) =>
    (await desk.li.send('POST', tickets, { values: { subject } })).json<RecordView>()
  const taskOf = async (id: string) =>
    (await desk.boss.send('GET', `/api/tasks?record=${id}`)).json<TaskPage>().items[0] as TaskView
  const whyNot = async (task: string, user: string) =>
    (await desk.boss.send('GET', `/api/tasks/${task}/assignment?whyNot=${user}`)).json<AssignmentView>().whyNot

  describe('a refusal', () => {
    test('gives the task to the next candidate, and "why not?" has an answer for everybody', async () => {
      const { id } = await make('flow: refused')
      const first = await taskOf(id)
      const callers = new Map([
        [desk.ids.li, desk.li],
        [desk.ids.wang, desk.wang],
      ])
      const caller = callers.get(first.assignee ?? '')
      const other = first.assignee === desk.ids.li ? desk.ids.wang : desk.ids.li
      if (!caller || !other) throw new Error('the strategy chose nobody')
      expect(await whyNot(first.id, other)).toMatchObject({
        kind: 'outscored',
        difference: 1,
        parts: [{ id: 'turn', label: '轮到' }],
      })
      expect(await whyNot(first.id, desk.ids.guest ?? '')).toMatchObject({ kind: 'notInPool' })
      const mine = (await caller.send('GET', `/api/tasks/${first.id}`)).json<TaskView>()
      expect(mine.can).toContain('refuse')
      const refuse = (reason: string) => caller.send('POST', `/api/tasks/${first.id}/refuse`, { reason })
      expect((await refuse('')).statusCode).toBe(422)
      expect((await refuse('不懂这个产品')).json()).toMatchObject({ task: { assignee: other } })
      expect(await whyNot(first.id, first.assignee ?? '')).toMatchObject({
        kind: 'filtered',
        failed: [{ id: 'refused' }],
      })
      expect((await refuse('还是我')).statusCode).toBe(403)
      const timeline = (await desk.boss.send('GET', `${tickets}/${id}/timeline`)).json<{
        items: { type: string; data: object }[]
      }>()
      expect(timeline.items.find(({ type }) => type === 'task.refused')?.data).toMatchObject({ reason: '不懂这个产品' })
    })
  })

  describe('S2-34: what the strategies leave open', () => {
    const address = '/api/apps/desk/assignment-check'
    test('is told to who manages or designs the app, and to nobody else', async () => {
      expect((await desk.boss.send('GET', address)).json()).toMatchObject({
        items: [
          {
            strategy: 'turns',
            label: '轮流派单',
            form: 'ticket',
            formLabel: '工单',
            pool: 2,
            fallback: 1,
            uncovered: [],
            unstaffed: [],
            irreplaceable: [],
          },
        ],
      })
      expect((await desk.li.send('GET', address)).statusCode).toBe(403)
      expect((await desk.guest.send('GET', address)).statusCode).toBe(404)
    })
    test('names the skill that only one person has, and everything once nobody is there', async () => {
      const change = (name: string, values: object) =>
        desk.admin.send('PATCH', `/api/admin/users/${desk.ids[name]}`, values)
      await change('li', { skills: ['print'], away: true })
      await change('wang', { away: true })
      expect((await desk.boss.send('GET', address)).json()).toMatchObject({
        items: [{ pool: 2, uncovered: [[]], irreplaceable: [{ skill: 'print', person: { name: 'li' } }] }],
      })
      await change('li', { skills: [], away: false })
      await change('wang', { away: false })
    })
  })

  describe('a clock explained', () => {
    test('every stretch with calendar, time counted and version; together they are the time used', async () => {
      const { id } = await make('slow')
      await desk.inject({ method: 'POST', url: '/api/test/clock', payload: { advance: 'PT30M' } })
      const [clock] = (await desk.li.send('GET', `${tickets}/${id}`)).json<RecordView>().clocks
      expect(clock).toMatchObject({ agreement: 'internal', acknowledged: null, mayAcknowledge: false })
      expect(clock?.segments).toMatchObject([
        { state: 'running', calendar: 'always', calendarLabel: '全天', why: 'started', to: null, version: 1 },
      ])
      expect(clock?.segments.reduce((sum, { countedMs }) => sum + countedMs, 0)).toBe(clock?.elapsedMs)
      expect(clock?.elapsedMs).toBeGreaterThanOrEqual(30 * 60_000)
    })
    test('once somebody sees to it, the ladder climbs no further', async () => {
      const { id } = await make('slower')
      const read = async () => (await desk.li.send('GET', `${tickets}/${id}`)).json<RecordView>().clocks[0]
      const clock = (await read())?.id
      const say = () => desk.li.send('POST', `/api/clocks/${clock}/acknowledge`, { note: '我来' })
      const early = await say()
      expect([early.statusCode, early.json<{ code: string }>().code]).toEqual([409, 'clock.notWarned'])
      await desk.inject({ method: 'POST', url: '/api/test/clock', payload: { advance: 'PT61M' } })
      expect(await read()).toMatchObject({ mayAcknowledge: true })
      expect((await desk.guest.send('POST', `/api/clocks/${clock}/acknowledge`, {})).statusCode).toBe(404)
      expect((await say()).json<RecordView>().clocks[0]).toMatchObject({
        acknowledged: { by: desk.ids.li },
        mayAcknowledge: false,
      })
      await desk.inject({ method: 'POST', url: '/api/test/clock', payload: { advance: 'PT5H' } })
      const timeline = (await desk.boss.send('GET', `${tickets}/${id}/timeline`)).json<{
        items: { type: string; data: { step?: string } }[]
      }>()
      const steps = timeline.items.flatMap(({ type, data }) => (type === 'clock.escalated' ? [data.step] : []))
      expect(steps).toEqual(['half'])
      expect(await read()).toMatchObject({ met: false })
    })
  })
})

eachDatabase((database) => {
  test('200 tickets at once are 200 assignments, none double, nobody beyond capacity, in turn', async () => {
    const { deskFiles } = await import('../store/newborn.ts')
    const one = await newborn(database.url, deskFiles(dispatching))
    // On PostgreSQL a second process works on the same database.
    const two = one.store.kind === 'postgres' ? await newborn(database.url, null) : one
    await one.store.transact(async (tx) => {
      await tx.updateTable('users').set({ capacity: 90 }).execute()
      return { ok: true, value: undefined }
    })
    const { bumpRevision } = await import('../../src/server/store/revisions.ts')
    await one.store.transact(async (tx) => {
      await bumpRevision(tx, 'directory')
      return { ok: true, value: undefined }
    })
    await Promise.all([one.memory.fresh(), two.memory.fresh()])
    // Forty at a time: more would wait for a connection, not for each other.
    const waiting = Array.from({ length: 200 }, (_, at) => at)
    const made: { readonly ok: boolean }[] = []
    await Promise.all(
      Array.from({ length: 40 }, async (_, worker) => {
        const process = worker % 2 === 0 ? one : two
        for (let at = waiting.shift(); at !== undefined; at = waiting.shift())
          made.push(
            await process.run({
              type: 'record.create',
              app: 'desk',
              form: 'ticket',
              values: { subject: `flow ${at}` },
            }),
          )
      }),
    )
    expect(made).toHaveLength(200)
    expect(made.every(({ ok }) => ok)).toBe(true)
    const decisions = await one.store.read.selectFrom('assignments').selectAll().execute()
    expect(decisions).toHaveLength(200)
    expect(new Set(decisions.map(({ task }) => task)).size).toBe(200)
    const tasks = await one.store.read.selectFrom('tasks').select(['id', 'assignee', 'state']).execute()
    expect(tasks).toHaveLength(200)
    const counts = new Map<string | null, number>()
    for (const { assignee } of tasks) counts.set(assignee, (counts.get(assignee) ?? 0) + 1)
    // Two agents with 90 places each: the last twenty find nobody and go to the fallback, visibly.
    expect([...counts.values()].toSorted((a, b) => a - b)).toEqual([20, 90, 90])
    expect(counts.get(null)).toBe(20)
    expect(decisions.filter(({ fallback }) => fallback === 1)).toHaveLength(20)
    for (const { task, chosen } of decisions) expect(tasks.find(({ id }) => id === task)?.assignee).toBe(chosen)
    const told = await one.store.read
      .selectFrom('notifications')
      .select('task')
      .where('message', '=', 'built_in_unassigned')
      .execute()
    expect(new Set(told.map(({ task }) => task)).size).toBe(20)
    if (two !== one) await two.close()
    await one.close()
  }, 120_000)
})
