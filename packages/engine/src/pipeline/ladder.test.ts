import { describe, expect, test } from 'vitest'
import { Desk, deskApp } from '../../test/desk.ts'
import { personId } from '../scenario/stage-play.ts'

const rejection = (code: string) => ({ ok: false, error: { code } })
const hours = (count: number) => count * 3_600_000

/** A desk whose promise has this ladder. */
const climbing = (ladder: readonly object[]) =>
  new Desk(
    deskApp((files) => {
      const policy = files['policies/promise.json'] as { clocks: { ladder?: readonly object[] }[] }
      if (policy.clocks[0]) policy.clocks[0].ladder = ladder
    }),
  )
const clockOf = (desk: Desk) => {
  const clock = [...desk.play.world.state.clocks.values()].find(({ owner }) => owner.kind === 'policy')
  if (!clock) throw new Error('the desk has no clock')
  return clock
}

describe('C07: the ladder', () => {
  test('each step writes its cause and whom it reached', async () => {
    const desk = climbing([{ id: 'half', at: 0.5, notify: [{ user: 'ann' }] }])
    const row = await desk.make('ticket', { subject: 'one', code: 'sla' })
    await desk.play.advance(hours(1))
    expect(desk.trail(row).filter(({ type }) => type === 'clock.escalated')).toMatchObject([
      {
        cause: 'policy:promise/solve/half',
        source: 'timer',
        data: { step: 'half', told: [personId('ann')], to: null, clock: clockOf(desk).clock },
      },
    ])
  })

  test('a step that finds nobody tells who manages the app: an escalation is never lost', async () => {
    const desk = climbing([
      { id: 'half', at: 0.5, notify: [{ user: 'nobody' }], escalateTo: [{ superiorOf: 'handler' }] },
    ])
    const row = await desk.make('ticket', { subject: 'one', code: 'sla' })
    await desk.play.advance(hours(1))
    expect(desk.trail(row).find(({ type }) => type === 'clock.escalated')?.data).toMatchObject({
      told: [personId('boss'), personId('chief')],
      to: personId('boss'),
    })
    expect(desk.play.world.state.notifications.map(({ user }) => user)).toContain(personId('boss'))
  })

  test('a step can start a flow on the record', async () => {
    const desk = climbing([{ id: 'half', at: 0.5, startFlow: 'handling' }])
    const row = await desk.make('ticket', { subject: 'one', code: 'sla' })
    expect(desk.play.world.state.instances.size).toBe(0)
    await desk.play.advance(hours(1))
    expect([...desk.play.world.state.instances.values()]).toMatchObject([{ flow: 'handling', status: 'running' }])
    expect(desk.trail(row).find(({ type }) => type === 'flow.started')?.cause).toBe('policy:promise/solve/half')
  })

  test('an acknowledgement stops it; the breach is noted all the same', async () => {
    const desk = climbing([
      { id: 'half', at: 0.5, notify: [{ user: 'ann' }] },
      { id: 'late', after: 'PT1H', notify: [{ user: 'boss' }] },
    ])
    const row = await desk.make('ticket', { subject: 'one', code: 'sla' })
    const say = (by: string) => desk.do(by, { type: 'clock.acknowledge', clock: clockOf(desk).clock, note: 'mine' })
    expect(await say('ann')).toMatchObject(rejection('clock.notWarned'))
    await desk.play.advance(hours(1))
    expect(await say('guest')).toMatchObject(rejection('clock.notFound'))
    expect(await say('wei')).toMatchObject(rejection('access.denied'))
    expect(await say('ann')).toMatchObject({ ok: true })
    expect(await say('boss')).toMatchObject({ ok: true })
    await desk.play.advance(hours(5))
    const types = desk.trail(row).map(({ type }) => type)
    expect(types.filter((type) => type === 'clock.acknowledged')).toHaveLength(1)
    expect(types.filter((type) => type === 'clock.escalated')).toHaveLength(1)
    expect(types).toContain('clock.breached')
    await desk.update('ann', row, { note: 'done' })
    expect(await say('boss')).toMatchObject(rejection('clock.over'))
  })
})

describe('C08: a task refused', () => {
  const working = async () => {
    const desk = new Desk()
    const row = await desk.make('ticket', { subject: 'flow' })
    const { task } = desk.task(row, 'triage')
    await desk.do('ann', { type: 'task.claim', task })
    await desk.do('ann', { type: 'task.complete', task, outcome: 'accept', values: { priority: 'normal' } })
    return { desk, row, task: () => desk.task(row, 'work') }
  }

  test('goes to the next candidate with its reason, at the end to the fallback, never to nobody', async () => {
    const { desk, row, task } = await working()
    const first = task().assignee
    const refuse = (by: string, reason = 'too far away') =>
      desk.do(by, { type: 'task.refuse', task: task().task, reason })
    const nameOf = (id: string | null) => (id ?? '').replace('user:', '')
    expect(await refuse('boss')).toMatchObject(rejection('task.notYours'))
    expect(await refuse(nameOf(first), ' ')).toMatchObject(rejection('task.reasonRequired'))
    const seen = new Set<string | null>()
    for (let assignee = first; assignee !== null; assignee = task().assignee) {
      expect(seen.has(assignee)).toBe(false)
      seen.add(assignee)
      expect(await refuse(nameOf(assignee))).toMatchObject({ ok: true })
    }
    expect(seen.size).toBeGreaterThan(1)
    expect(task().candidates).toEqual([{ kind: 'role', ref: 'manager' }])
    expect(desk.trail(row).filter(({ type }) => type === 'task.refused')).toHaveLength(seen.size)
    expect(desk.trail(row).find(({ type }) => type === 'task.refused')?.data).toMatchObject({
      from: first,
      reason: 'too far away',
    })
    const last = desk.play.world.state.assignments.at(-1)
    expect(last).toMatchObject({ chosen: null, fallback: true })
    expect(last?.candidates.every(({ failed }) => failed.includes('refused'))).toBe(true)
  })

  test('only a task that a strategy gives can be refused', async () => {
    const desk = new Desk()
    const row = await desk.make('ticket', { subject: 'flow' })
    const { task } = desk.task(row, 'triage')
    await desk.do('ann', { type: 'task.claim', task })
    expect(await desk.do('ann', { type: 'task.refuse', task, reason: 'no' })).toMatchObject(
      rejection('task.notRefusable'),
    )
  })
})
