import { describe, expect, test } from 'vitest'
import { calendarsOf } from '../calendars/calendars-of.ts'
import type { CalendarDefinition } from '../definitions/calendar.ts'
import type { Condition } from '../definitions/condition.ts'
import type { ClockDefinition, PolicyDefinition } from '../definitions/policy.ts'
import type { RecordFacts } from '../facts.ts'
import type { AppModel, FieldModel, FormModel } from '../model.ts'
import type { ClockRow, TimerRow } from '../pipeline/rows.ts'
import {
  acknowledgeClock,
  adoptCalendars,
  cancelClocks,
  clocksAfterChange,
  currentClocks,
  elapsedAt,
  explainClock,
  fireClockTimer,
  startLimit,
  stopLimit,
} from './index.ts'
import type { ClockStep } from './types.ts'

const minute = 60_000
const hour = 60 * minute
const at = (text: string) => new Date(text).getTime()
/** Monday 2 March 2026, nine o'clock in Shanghai. */
const nine = at('2026-03-02T09:00+08:00')

const office: CalendarDefinition = {
  kind: 'calendar',
  id: 'office',
  schemaVersion: 1,
  label: 'office',
  zone: 'Asia/Shanghai',
  weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '18:00']]])),
}
const field = (id: string): [string, FieldModel] => [
  id,
  { id, definition: undefined, system: false, value: { kind: 'text' }, target: undefined, stored: true },
]
const form: FormModel = {
  app: 'desk',
  id: 'ticket',
  definition: {} as FormModel['definition'],
  stages: new Map(),
  stageField: 'stage',
  fields: new Map(['stage', 'priority', 'level', 'answered'].map(field)),
}
const is = (path: string, ...value: string[]): Condition => ({
  fact: 'record',
  path: `$.${path}`,
  operator: 'in',
  value,
})
const resolution = (more: Partial<ClockDefinition> = {}): ClockDefinition => ({
  id: 'resolution',
  label: 'r',
  stopWhen: is('stage', 'resolved'),
  pauseWhen: is('stage', 'waiting'),
  cancelWhen: is('stage', 'spam'),
  targets: [
    { id: 'urgent', when: is('priority', 'urgent'), within: 'PT4H' },
    { id: 'rest', within: 'PT8H' },
  ],
  ...more,
})
const policy = (clocks: ClockDefinition[], more: Partial<PolicyDefinition> = {}): PolicyDefinition => ({
  kind: 'policy',
  id: 'standard',
  schemaVersion: 1,
  label: 'p',
  form: 'ticket',
  clocks,
  ...more,
})
const appOf = (policies: PolicyDefinition[], calendars: CalendarDefinition[] = [], own?: string): AppModel => ({
  id: 'desk',
  version: 3,
  definition: (own ? { calendar: own } : {}) as AppModel['definition'],
  variables: new Map(),
  forms: new Map([['ticket', form]]),
  flows: new Map(),
  rules: [],
  policies,
  calendars: new Map(calendars.map((one) => [one.id, one])),
  decisions: new Map(),
  assignments: new Map(),
  messages: new Map(),
  scenarios: new Map(),
})

/** A desk with one record: changes it, keeps its clocks and timers, remembers what happened. */
function desk(first: AppModel) {
  let app = first
  let record: RecordFacts | undefined
  let ids = 0
  const rows = new Map<string, ClockRow>()
  const timers = new Map<string, TimerRow>()
  const events: { at: number; type: string; data: ClockStep['events'][number]['data'] }[] = []
  const fields: Record<string, unknown> = {}
  const take = (step: ClockStep, now: number) => {
    for (const row of step.clocks) rows.set(row.clock, row)
    for (const key of step.timersCancelled) timers.delete(key)
    for (const timer of step.timersSet) timers.set(timer.key, timer)
    events.push(...step.events.map((event) => ({ at: now, ...event })))
    Object.assign(fields, step.writes)
    return step
  }
  const calendars = (id: string | null) => calendarsOf(app)(id)
  return {
    events,
    timers,
    fields,
    rows,
    publish: (next: AppModel) => {
      app = next
    },
    change: (now: number, values: RecordFacts) => {
      const previous = record
      record = { ...record, ...values }
      return take(
        clocksAfterChange({
          app,
          form,
          ref: { app: 'desk', form: 'ticket', id: 't1' },
          facts: { now, zone: 'UTC', record, ...(previous ? { previous } : {}) },
          clocks: [...rows.values()],
          now,
          newId: () => `c${++ids}`,
          calendars,
        }),
        now,
      )
    },
    take,
    /** Fires what is due, in order; `late`: nothing was up until then. */
    fire: (now: number) => {
      const fired: string[] = []
      for (const timer of [...timers.values()].filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt)) {
        const { payload } = timer
        if (payload.kind !== 'clock') continue
        timers.delete(timer.key)
        const step = fireClockTimer({
          app,
          clock: rows.get(payload.clock)!,
          run: payload.run,
          step: payload.step,
          now,
          calendars,
        })
        take(step, now)
        if (step.events.length > 0) fired.push(payload.step)
      }
      return fired
    },
    clock: (id = 'resolution') => currentClocks([...rows.values()]).get(id)!,
    used: (now: number, id = 'resolution') => elapsedAt(currentClocks([...rows.values()]).get(id)!, now, calendars),
    explain: (now: number) => explainClock(currentClocks([...rows.values()]).get('resolution')!, now, calendars),
  }
}
const iso = (moment: number | null | undefined) => (moment == null ? moment : new Date(moment).toISOString())
const names = (events: readonly { type: string }[]) => events.map(({ type }) => type.replace('clock.', ''))

describe('policies (C06 rule 2)', () => {
  const vip = policy([resolution({ targets: [{ id: 'all', within: 'PT1H' }] })], {
    id: 'vip',
    order: 1,
    when: is('level', 'vip'),
  })
  const standard = policy(
    [
      resolution(),
      { id: 'answer', label: 'a', stopWhen: is('answered', 'yes'), targets: [{ id: 'all', within: 'PT2H' }] },
    ],
    { order: 2 },
  )
  const other = policy([resolution({ id: 'foreign' })], { id: 'foreign', order: 0, form: 'visit' })

  test('the first by order whose condition holds applies, whatever the order of files', () => {
    const one = desk(appOf([standard, vip, other]))
    one.change(nine, { stage: 'new', level: 'vip' })
    expect([...one.rows.values()].map(({ owner, targetMs }) => [owner, targetMs])).toEqual([
      [{ kind: 'policy', policy: 'vip', id: 'resolution' }, hour],
    ])
  })
  test('when another policy takes over, a clock of the same id goes on, one it does not have is cancelled', () => {
    const one = desk(appOf([standard, vip]))
    one.change(nine, { stage: 'new' })
    const { clocks } = one.change(nine + hour / 2, { level: 'vip' })
    expect(clocks.map(({ state, startedAt, targetMs }) => [state, startedAt, targetMs])).toEqual([
      ['cancelled', nine, 2 * hour],
      ['running', nine, hour],
    ])
    expect(one.clock().owner).toMatchObject({ policy: 'vip' })
    expect([...one.timers.keys()]).toEqual([`clock/${one.clock().clock}/1/due`])
  })
  test('and goes on where it was when the first policy is back', () => {
    const one = desk(appOf([standard, vip]))
    one.change(nine, { stage: 'new' })
    one.change(nine + hour, { level: 'vip' })
    one.change(nine + 3 * hour, { level: 'none' })
    expect(one.used(nine + 4 * hour, 'answer')).toBe(2 * hour)
    expect(one.clock('answer')).toMatchObject({ state: 'running', run: 1 })
  })
  test('without any policy there is no clock, and running ones are cancelled', () => {
    const one = desk(appOf([vip]))
    one.change(nine, { level: 'none' })
    expect(one.rows.size).toBe(0)
    one.change(nine, { level: 'vip' })
    one.change(nine + minute, { level: 'none' })
    expect(one.clock().state).toBe('cancelled')
    expect(one.timers.size).toBe(0)
  })
  test('a target without a condition that holds: no clock', () => {
    const one = desk(
      appOf([policy([resolution({ targets: [{ id: 'u', when: is('priority', 'urgent'), within: 'PT1H' }] })])]),
    )
    one.change(nine, { stage: 'new' })
    expect(one.rows.size).toBe(0)
  })
})

describe('start, pause, stop, cancel', () => {
  test('runs from creation, stands still while waiting, is met when the time used is at most the target (rules 4, 7)', () => {
    const one = desk(appOf([policy([resolution()])]))
    one.change(nine, { stage: 'new' })
    expect(iso(one.clock().dueAt)).toBe(iso(nine + 8 * hour))
    one.change(nine + 2 * hour, { stage: 'waiting' })
    expect(one.clock()).toMatchObject({ state: 'paused', dueAt: null, elapsedMs: 2 * hour })
    expect(one.timers.size).toBe(0)
    one.change(nine + 100 * hour, { stage: 'open' })
    expect(one.clock().dueAt).toBe(nine + 106 * hour)
    one.change(nine + 106 * hour, { stage: 'resolved' })
    expect(one.clock()).toMatchObject({ state: 'stopped', met: true, elapsedMs: 8 * hour, breachedAt: null })
    expect(one.timers.size).toBe(0)
    expect(names(one.events)).toEqual(['started', 'paused', 'resumed', 'stopped'])
  })
  test.each([
    [-1, true],
    [0, true],
    [1, false],
  ])('breach when the time used is greater, equal is met: %i ms (rule 11)', (ms, met) => {
    const one = desk(appOf([policy([resolution()])]))
    one.change(nine, { stage: 'new' })
    one.fire(nine + 8 * hour + ms)
    one.change(nine + 8 * hour + ms, { stage: 'resolved' })
    expect(one.clock()).toMatchObject({ met, breachedAt: met ? null : nine + 8 * hour + 1 })
    expect(names(one.events)).toEqual(met ? ['started', 'stopped'] : ['started', 'breached', 'stopped'])
  })
  test('a target that fits the day is due in the evening, breached only when working time goes on', () => {
    const one = desk(
      appOf([policy([resolution({ targets: [{ id: 't', within: 'PT9H' }], calendar: 'office' })])], [office]),
    )
    one.change(nine, { stage: 'new' })
    expect(iso(one.clock().dueAt)).toBe('2026-03-02T10:00:00.000Z')
    expect(one.fire(at('2026-03-03T08:59+08:00'))).toEqual([])
    expect(one.fire(at('2026-03-03T09:00:00.001+08:00'))).toEqual(['due'])
    expect(iso(one.clock().breachedAt)).toBe('2026-03-03T01:00:00.001Z')
  })
  test('a breached clock still stops later and shows the overrun', () => {
    const one = desk(appOf([policy([resolution()])]))
    one.change(nine, { stage: 'new' })
    one.fire(nine + 9 * hour)
    expect(one.clock()).toMatchObject({ state: 'running', met: false, dueAt: nine + 8 * hour })
    one.change(nine + 10 * hour, { stage: 'resolved' })
    expect(one.clock()).toMatchObject({ state: 'stopped', met: false, elapsedMs: 10 * hour })
  })
  test('a breach nobody noticed in time is noted when the clock stops', () => {
    const one = desk(appOf([policy([resolution()])]))
    one.change(nine, { stage: 'new' })
    const { events } = one.change(nine + 10 * hour, { stage: 'resolved' })
    expect(names(events)).toEqual(['breached', 'stopped'])
    expect(events[0]?.data).toMatchObject({ at: iso(nine + 8 * hour + 1), late: 2 * hour - 1 })
  })
  test('cancelled leaves the attainment', () => {
    const one = desk(appOf([policy([resolution()])]))
    one.change(nine, { stage: 'new' })
    one.fire(nine + 9 * hour)
    one.change(nine + 9 * hour, { stage: 'spam' })
    expect(one.clock()).toMatchObject({ state: 'cancelled', met: null, dueAt: null })
    expect(one.timers.size).toBe(0)
  })
  test('a call answered at once counts with no time used; what is over when a clock comes new has nothing to measure', () => {
    const answer: ClockDefinition = {
      id: 'answer',
      label: 'a',
      stopWhen: is('answered', 'yes'),
      targets: [{ id: 't', within: 'PT1H' }],
    }
    const one = desk(appOf([policy([answer])]))
    one.change(nine, { answered: 'yes' })
    expect(one.clock('answer')).toMatchObject({ state: 'stopped', met: true, elapsedMs: 0 })
    const two = desk(appOf([policy([answer], { when: is('level', 'vip') })]))
    two.change(nine, { answered: 'yes' })
    two.change(nine + hour, { level: 'vip' })
    expect(two.rows.size).toBe(0)
  })
  test('starts when startWhen is first true; next response starts anew with each unanswered message (rule 6)', () => {
    const next: ClockDefinition = {
      id: 'next',
      label: 'n',
      startWhen: is('answered', 'no'),
      stopWhen: is('answered', 'yes'),
      onReopen: 'reset',
      targets: [{ id: 't', within: 'PT1H' }],
    }
    const one = desk(appOf([policy([next])]))
    one.change(nine, {})
    expect(one.rows.size).toBe(0)
    one.change(nine + hour, { answered: 'no' })
    one.change(nine + hour + 10 * minute, { answered: 'no', stage: 'open' })
    expect(one.used(nine + hour + 20 * minute, 'next')).toBe(20 * minute)
    one.change(nine + hour + 30 * minute, { answered: 'yes' })
    one.change(nine + 5 * hour, { answered: 'no' })
    expect([...one.rows.values()].map(({ run, state, met, elapsedMs }) => [run, state, met, elapsedMs])).toEqual([
      [1, 'stopped', true, 30 * minute],
      [2, 'running', null, 0],
    ])
  })
  test('a change that says nothing about the clock changes nothing', () => {
    const one = desk(appOf([policy([resolution()])]))
    one.change(nine, { stage: 'new' })
    expect(one.change(nine + hour, { answered: 'yes' })).toEqual({
      clocks: [],
      events: [],
      timersSet: [],
      timersCancelled: [],
      writes: {},
    })
  })
  test('a record created waiting begins paused', () => {
    const one = desk(appOf([policy([resolution()])]))
    one.change(nine, { stage: 'waiting' })
    expect(one.clock()).toMatchObject({ state: 'paused', dueAt: null, segments: [{ state: 'paused' }] })
    expect(one.clock().segments).toHaveLength(1)
    one.change(nine + hour, { stage: 'new' })
    expect(one.clock().dueAt).toBe(nine + 9 * hour)
  })
  test('a server clock that goes back never gives negative time', () => {
    const one = desk(appOf([policy([resolution()])]))
    one.change(nine, { stage: 'new' })
    one.change(nine - hour, { stage: 'waiting' })
    one.change(nine - 2 * hour, { stage: 'new' })
    expect(one.clock()).toMatchObject({ elapsedMs: 0, state: 'running' })
    expect(one.used(nine + hour)).toBe(hour)
  })
})

describe('when the target changes (rule 8)', () => {
  const start = (mode?: NonNullable<ClockDefinition['onTargetChange']>) => {
    const one = desk(appOf([policy([resolution(mode ? { onTargetChange: mode } : {})])]))
    one.change(nine, { stage: 'new' })
    one.change(nine + 4 * hour, { priority: 'urgent' })
    return one
  }
  test('recompute, the default: the new target counts from the start', () => {
    expect(start().clock()).toMatchObject({ targetMs: 4 * hour, dueAt: nine + 4 * hour, met: null })
  })
  test('and a new target already passed is breached at once, with the moment it was', () => {
    const one = desk(appOf([policy([resolution()])]))
    one.change(nine, { stage: 'new' })
    one.change(nine + 6 * hour, { priority: 'urgent' })
    expect([...one.timers.values()].map(({ dueAt }) => dueAt)).toEqual([nine + 6 * hour])
    expect(one.fire(nine + 6 * hour)).toEqual(['due'])
    expect(one.clock().breachedAt).toBe(nine + 4 * hour + 1)
  })
  test('a longer target takes a breach back, and can be breached itself', () => {
    const one = desk(appOf([policy([resolution()])]))
    one.change(nine, { stage: 'new', priority: 'urgent' })
    one.fire(nine + 5 * hour)
    expect(one.clock().met).toBe(false)
    one.change(nine + 5 * hour, { priority: 'low' })
    expect(one.clock()).toMatchObject({ met: null, breachedAt: null, dueAt: nine + 8 * hour })
    expect(one.fire(nine + 9 * hour)).toEqual(['due'])
  })
  test('forward: the share that is left counts from now', () => {
    const one = start('forward')
    expect(one.clock()).toMatchObject({ nominalMs: 4 * hour, targetMs: 6 * hour, dueAt: nine + 6 * hour })
    one.change(nine + 5 * hour, { priority: 'low' })
    expect(one.clock().dueAt).toBe(nine + 7 * hour)
    expect(one.change(nine + 5 * hour, { answered: 'no' }).clocks).toEqual([])
  })
  test('forward: what was exceeded stays exceeded', () => {
    const one = desk(appOf([policy([resolution({ onTargetChange: 'forward' })])]))
    one.change(nine, { stage: 'new', priority: 'urgent' })
    one.fire(nine + 5 * hour)
    one.change(nine + 5 * hour, { priority: 'low' })
    expect(one.clock()).toMatchObject({ met: false, breachedAt: nine + 4 * hour + 1 })
  })
  test('reset: counts anew from now, the old run leaves the attainment', () => {
    const one = start('reset')
    expect([...one.rows.values()].map(({ run, state }) => [run, state])).toEqual([
      [1, 'cancelled'],
      [2, 'running'],
    ])
    expect(one.clock()).toMatchObject({ targetMs: 4 * hour, dueAt: nine + 8 * hour })
    expect([...one.timers.keys()]).toEqual([`clock/${one.clock().clock}/2/due`])
  })
  test('reset in the same save that resolves: the run there is gets its result', () => {
    const one = desk(appOf([policy([resolution({ onTargetChange: 'reset' })])]))
    one.change(nine, { stage: 'new' })
    one.change(nine + 9 * hour, { priority: 'urgent', stage: 'resolved' })
    expect([...one.rows.values()].map(({ state, met }) => [state, met])).toEqual([['stopped', false]])
  })
  test('a stopped clock never changes', () => {
    const one = desk(appOf([policy([resolution()])]))
    one.change(nine, { stage: 'new' })
    one.change(nine + 5 * hour, { stage: 'resolved' })
    expect(one.change(nine + 6 * hour, { priority: 'urgent' }).clocks).toEqual([])
  })
  test('an edited policy reaches an old record with its next change', () => {
    const one = desk(appOf([policy([resolution()])]))
    one.change(nine, { stage: 'new' })
    one.publish(
      appOf([policy([resolution({ targets: [{ id: 'rest', within: 'PT2H' }], ladder: [{ id: 'half', at: 0.5 }] })])]),
    )
    one.change(nine + minute, { answered: 'no' })
    expect(one.clock()).toMatchObject({ dueAt: nine + 2 * hour })
    expect([...one.timers.values()].map(({ dueAt }) => dueAt).sort()).toEqual([nine + hour, nine + 2 * hour + 1])
  })
})

describe('reopened (rule 9)', () => {
  const reopened = (mode?: NonNullable<ClockDefinition['onReopen']>) => {
    const one = desk(appOf([policy([resolution(mode ? { onReopen: mode } : {})])]))
    one.change(nine, { stage: 'new' })
    one.change(nine + 2 * hour, { stage: 'resolved' })
    one.change(nine + 12 * hour, { stage: 'open' })
    return one
  }
  test('continue, the default: the closed time does not count', () => {
    const one = reopened()
    expect(one.clock()).toMatchObject({ run: 1, state: 'running', met: null, stoppedAt: null, dueAt: nine + 18 * hour })
    one.change(nine + 13 * hour, { stage: 'resolved' })
    expect(one.clock()).toMatchObject({ met: true, elapsedMs: 3 * hour })
  })
  test('continueWithGap: it counts', () => {
    const one = reopened('continueWithGap')
    expect(one.clock()).toMatchObject({ run: 1, elapsedMs: 12 * hour, dueAt: nine + 8 * hour })
    expect(one.fire(nine + 12 * hour)).toEqual(['due'])
  })
  test('reset: a new run; the first result stays', () => {
    const one = reopened('reset')
    expect([...one.rows.values()].map(({ run, met, state }) => [run, met, state])).toEqual([
      [1, true, 'stopped'],
      [2, null, 'running'],
    ])
    expect(one.clock().dueAt).toBe(nine + 20 * hour)
  })
  test('reopened as waiting: paused at once', () => {
    const one = desk(appOf([policy([resolution()])]))
    one.change(nine, { stage: 'new' })
    one.change(nine + 2 * hour, { stage: 'resolved' })
    one.change(nine + 3 * hour, { stage: 'waiting' })
    expect(one.clock()).toMatchObject({ state: 'paused', elapsedMs: 2 * hour, met: null })
  })
  test('a first resolution that never changes is a clock whose stop condition stays true', () => {
    const first = resolution({ id: 'first', stopWhen: is('answered', 'yes') })
    const one = desk(appOf([policy([first, resolution()])]))
    one.change(nine, { stage: 'new' })
    one.change(nine + hour, { stage: 'resolved', answered: 'yes' })
    one.change(nine + 2 * hour, { stage: 'open' })
    expect([one.clock('first').state, one.clock().state]).toEqual(['stopped', 'running'])
  })
})

describe('thresholds and timers (rule 10, P4)', () => {
  const ladder = [
    { id: 'warn', at: 0.75 },
    { id: 'up', at: 1 },
    { id: 'boss', after: 'PT1H' },
  ]
  const laddered = () => {
    const one = desk(appOf([policy([resolution({ ladder })])]))
    one.change(nine, { stage: 'new' })
    return one
  }
  const dues = (one: ReturnType<typeof desk>) =>
    Object.fromEntries([...one.timers.values()].map(({ key, dueAt }) => [key.split('/').at(-1), (dueAt - nine) / hour]))

  test('every step has its timer, and the target itself', () => {
    expect(dues(laddered())).toEqual({ warn: 6, up: 8, boss: 9, due: 8 + 1 / hour })
  })
  test('they go with a pause and come back later', () => {
    const one = laddered()
    one.change(nine + 7 * hour, { stage: 'waiting' })
    expect(dues(one)).toEqual({ warn: 6 })
    one.fire(nine + 7 * hour)
    one.change(nine + 10 * hour, { stage: 'open' })
    expect(dues(one)).toEqual({ up: 11, boss: 12, due: 11 + 1 / hour })
  })
  test('each fires once per run, however often it is delivered', () => {
    const one = laddered()
    const warn = one.timers.get(`clock/${one.clock().clock}/1/warn`)!
    expect(one.fire(nine + 6 * hour)).toEqual(['warn'])
    one.timers.set(warn.key, warn)
    expect(one.fire(nine + 6 * hour)).toEqual([])
    one.change(nine + 6 * hour, { priority: 'urgent' })
    expect(one.fire(nine + 6 * hour).sort()).toEqual(['boss', 'due', 'up'])
    expect(names(one.events).filter((name) => name === 'warned')).toHaveLength(3)
  })
  test('after a restart a step passed meanwhile fires once, with both moments', () => {
    const one = laddered()
    one.fire(nine + 7 * hour)
    expect(one.events.at(-1)?.data).toMatchObject({ step: 'warn', at: iso(nine + 6 * hour), late: hour })
  })
  test('passed while nothing was up and then paused: it still fires', () => {
    const one = laddered()
    one.change(nine + 8.5 * hour, { stage: 'waiting' })
    expect(one.fire(nine + 8.5 * hour).sort()).toEqual(['due', 'up', 'warn'])
    expect(one.clock()).toMatchObject({ state: 'paused', met: false })
  })
  test('a timer that comes too early is set again and does nothing', () => {
    const one = laddered()
    const step = fireClockTimer({
      clock: one.clock(),
      run: 1,
      step: 'warn',
      now: nine + hour,
      calendars: calendarsOf(appOf([])),
    })
    expect(step).toMatchObject({ clocks: [], events: [], ladder: null, timersSet: [{ dueAt: nine + 6 * hour }] })
  })
  test('a timer of another run, of an unknown step or of a stopped clock does nothing', () => {
    const one = laddered()
    const calendars = calendarsOf(appOf([]))
    const late = nine + 50 * hour
    for (const other of [
      { run: 2, step: 'warn' },
      { run: 1, step: 'nobody' },
    ]) {
      expect(fireClockTimer({ clock: one.clock(), ...other, now: late, calendars })).toMatchObject({
        clocks: [],
        timersSet: [],
        ladder: null,
      })
    }
    one.change(nine + hour, { stage: 'resolved' })
    expect(fireClockTimer({ clock: one.clock(), run: 1, step: 'warn', now: late, calendars })).toMatchObject({
      clocks: [],
      timersSet: [],
      ladder: null,
    })
  })
  test('the ladder step to carry out is handed over; none for the breach itself', () => {
    const one = laddered()
    const fire = (step: string) =>
      fireClockTimer({ clock: one.clock(), run: 1, step, now: nine + 20 * hour, calendars: calendarsOf(appOf([])) })
        .ladder
    expect([fire('boss'), fire('due')]).toEqual([ladder[2], null])
  })
  test('forward keeps the share used: 80 % used stays 80 % used', () => {
    const one = desk(appOf([policy([resolution({ onTargetChange: 'forward', ladder: [{ id: 'w', at: 0.9 }] })])]))
    one.change(nine, { stage: 'new' })
    one.change(nine + 4 * hour, { priority: 'urgent' })
    expect(dues(one).w).toBeCloseTo(4 + 0.4 * 4, 9)
  })
  test('after hours the business calendar decides: a warning at 80 % is never at night', () => {
    const one = desk(
      appOf(
        [
          policy([
            resolution({
              calendar: 'office',
              ladder: [
                { id: 'w', at: 0.8 },
                { id: 'late', after: 'PT2H' },
              ],
            }),
          ]),
        ],
        [office],
      ),
    )
    one.change(at('2026-03-02T16:00+08:00'), { stage: 'new' })
    expect(iso(one.timers.get(`clock/${one.clock().clock}/1/w`)!.dueAt)).toBe(iso(at('2026-03-03T13:24+08:00')))
    expect(iso(one.timers.get(`clock/${one.clock().clock}/1/late`)!.dueAt)).toBe(iso(at('2026-03-03T17:00+08:00')))
  })
  test('400 days are 400 days', () => {
    const one = desk(appOf([policy([resolution({ targets: [{ id: 't', within: 'P400D' }] })])]))
    one.change(nine, { stage: 'new' })
    expect(one.clock().dueAt).toBe(nine + 400 * 24 * hour)
  })
})

describe('fields the clock writes', () => {
  const writes = { due: 'due_at', met: 'met', elapsed: 'used' }
  test('due while running, blank while paused, result and time used at the end, blank again when reopened', () => {
    const one = desk(appOf([policy([resolution({ writes })])]))
    one.change(nine, { stage: 'new' })
    expect(one.fields).toEqual({ due_at: iso(nine + 8 * hour), met: null, used: null })
    one.change(nine + hour, { stage: 'waiting' })
    expect(one.fields).toEqual({ due_at: null, met: null, used: null })
    one.change(nine + 2 * hour, { stage: 'open' })
    one.change(nine + 3 * hour, { stage: 'resolved' })
    expect(one.fields).toEqual({ due_at: iso(nine + 9 * hour), met: true, used: 'PT2H' })
    one.change(nine + 4 * hour, { stage: 'open' })
    expect(one.fields).toMatchObject({ met: null, used: null })
  })
  test('a breach writes the result as soon as it is known', () => {
    const one = desk(appOf([policy([resolution({ writes })])]))
    one.change(nine, { stage: 'new' })
    one.fire(nine + 9 * hour)
    expect(one.fields).toMatchObject({ met: false, due_at: iso(nine + 8 * hour) })
  })
})

describe('explained (rule 13) and calendars that change (rule 4)', () => {
  test('the segments say what counted and why; they add up', () => {
    const one = desk(appOf([policy([resolution({ calendar: 'office' })])], [office]))
    one.change(nine, { stage: 'new' })
    one.change(nine + 2 * hour, { stage: 'waiting' })
    one.change(nine + 3 * hour, { stage: 'open' })
    const { segments, elapsedMs, remainingMs } = one.explain(nine + 24 * hour)
    expect(
      segments.map(({ why, state, countedMs, calendar, version }) => [why, state, countedMs / hour, calendar, version]),
    ).toEqual([
      ['started', 'running', 2, 'office', 3],
      ['paused', 'paused', 0, null, 3],
      ['resumed', 'running', 6, 'office', 3],
    ])
    expect([elapsedMs, remainingMs]).toEqual([8 * hour, 0])
  })
  test('another calendar counts from now on', () => {
    const one = desk(appOf([policy([resolution({ calendar: 'office' })])], [office]))
    one.change(at('2026-03-02T17:00+08:00'), { stage: 'new' })
    one.publish(appOf([policy([resolution()])], [office]))
    one.change(at('2026-03-02T20:00+08:00'), { answered: 'no' })
    expect(one.clock()).toMatchObject({ elapsedMs: hour, dueAt: at('2026-03-03T03:00+08:00') })
  })
  test('a published holiday does not rewrite the past, and moves what is to come', () => {
    const before = appOf([policy([resolution({ calendar: 'office' })])], [office])
    const after = appOf(
      [policy([resolution({ calendar: 'office' })])],
      [{ ...office, days: [{ date: '2026-03-02', to: '2026-03-03', off: true }] }],
    )
    const one = desk(before)
    one.change(nine, { stage: 'new' })
    const now = nine + 3 * hour
    one.take(adoptCalendars([...one.rows.values()], { now, before, after }), now)
    one.publish(after)
    expect(one.clock()).toMatchObject({ elapsedMs: 3 * hour, dueAt: at('2026-03-04T14:00+08:00') })
    expect([...one.timers.values()].map(({ dueAt }) => dueAt)).toEqual([at('2026-03-04T14:00+08:00') + 1])
    expect(adoptCalendars([...one.rows.values()], { now, before: after, after }).clocks).toEqual([])
  })
})

describe('limits of tasks', () => {
  const calendars = calendarsOf(appOf([], [office]))
  const begin = (within: string, calendar: string | null = 'office') =>
    startLimit({
      ref: { app: 'desk', form: 'ticket', id: 't1' },
      task: 'task1',
      node: 'intake',
      calendar,
      now: at('2026-03-06T17:50+08:00'),
      newId: () => 'c1',
      calendars,
      limit: { within, ladder: [{ id: 'warn', at: 0.8 }] },
    })
  test('the same clock: due over the weekend, warned, answered in time', () => {
    const { clocks, timersSet, events } = begin('PT15M')
    const [clock] = clocks
    expect(iso(clock!.dueAt)).toBe(iso(at('2026-03-09T09:05+08:00')))
    expect(timersSet.map(({ key, app }) => [key, app])).toEqual([
      ['clock/c1/1/warn', 'desk'],
      ['clock/c1/1/due', 'desk'],
    ])
    expect(events[0]?.data).toMatchObject({ task: 'task1', node: 'intake' })
    const done = stopLimit({ clock: clock!, now: at('2026-03-09T09:05+08:00'), calendars })
    expect(done.clocks[0]).toMatchObject({ met: true, elapsedMs: 15 * minute })
    expect(done.timersCancelled).toEqual(['clock/c1/1/warn', 'clock/c1/1/due'])
    expect(stopLimit({ clock: done.clocks[0]!, now: at('2026-03-09T10:00+08:00'), calendars }).clocks).toEqual([])
  })
  test('a cancelled task has no result', () => {
    const [clock] = begin('PT15M', null).clocks
    expect(iso(clock!.dueAt)).toBe(iso(at('2026-03-06T18:05+08:00')))
    expect(
      stopLimit({ clock: clock!, now: at('2026-03-06T19:00+08:00'), cancelled: true, calendars }).clocks[0],
    ).toMatchObject({ state: 'cancelled', met: null })
  })
  test('a deleted record takes its clocks and timers with it', () => {
    const { clocks } = begin('PT15M')
    const gone = cancelClocks(clocks, at('2026-03-06T18:00+08:00'), calendars)
    expect(gone.clocks[0]?.state).toBe('cancelled')
    expect(gone.timersCancelled).toHaveLength(2)
  })
  test('policy clocks do not touch those of limits', () => {
    const [clock] = begin('PT15M').clocks
    const one = desk(appOf([policy([resolution()])]))
    one.rows.set('c0', clock!)
    expect(one.change(nine, { stage: 'new' }).clocks.map(({ owner }) => owner.kind)).toEqual(['policy'])
  })
})

describe('C06: what a clock measures (rules 1, 9)', () => {
  const reopened = (more: Partial<ClockDefinition>) => {
    const one = desk(appOf([policy([resolution(more)])]))
    one.change(nine, { stage: 'new' })
    one.change(nine + hour, { stage: 'resolved' })
    one.change(nine + 3 * hour, { stage: 'new' })
    return one.clock()
  }
  test.each([
    ['firstResponse', { run: 1, state: 'stopped', met: true, elapsedMs: hour }],
    ['firstResolution', { run: 1, state: 'stopped', met: true, elapsedMs: hour }],
    ['nextResponse', { run: 2, state: 'running', elapsedMs: 0 }],
    ['update', { run: 2, state: 'running', elapsedMs: 0 }],
    ['nodeTime', { run: 2, state: 'running', elapsedMs: 0 }],
    ['arrivalWindow', { run: 2, state: 'running', elapsedMs: 0 }],
    ['resolution', { run: 1, state: 'running', elapsedMs: hour }],
  ] as const)('%s: reopened, where onReopen says nothing', (kind, expected) => {
    expect(reopened({ kind })).toMatchObject(expected)
  })
  test('the first resolution never changes, what onReopen says goes before the kind', () => {
    expect(reopened({ onReopen: 'never' })).toMatchObject({ state: 'stopped', elapsedMs: hour })
    expect(reopened({ kind: 'firstResolution', onReopen: 'continue' })).toMatchObject({ state: 'running' })
  })
  test('an arrival window is kept on the wall clock and follows the appointment', () => {
    const window: ClockDefinition = {
      ...resolution({ kind: 'arrivalWindow', targets: [{ id: 'end', until: 'answered' }] }),
      calendar: 'office',
    }
    const one = desk(appOf([policy([window])], [office]))
    one.change(nine, { stage: 'new' })
    expect(one.clock()).toBeUndefined()
    // Twenty o'clock, after the hours of the office.
    one.change(nine, { answered: iso(nine + 11 * hour) ?? null })
    expect(iso(one.clock().dueAt)).toBe(iso(nine + 11 * hour))
    one.change(nine + hour, { answered: iso(nine + 12 * hour) ?? null })
    expect(iso(one.clock().dueAt)).toBe(iso(nine + 12 * hour))
    one.change(nine + 12 * hour, { stage: 'resolved' })
    expect(one.clock()).toMatchObject({ met: true })
  })
})

describe('C06 rule 7: limits of pausing', () => {
  const limited = (pauseLimit: NonNullable<ClockDefinition['pauseLimit']>) =>
    desk(appOf([policy([resolution({ pauseLimit })])], [office], 'office'))

  test('after its longest pause a clock goes on by itself, in business time, and does not pause again', () => {
    const one = limited({ total: 'PT2H' })
    one.change(nine, { stage: 'new' })
    one.change(nine + 8 * hour, { stage: 'waiting' })
    // One hour until 18:00, one hour the next morning.
    const end = nine + 25 * hour
    expect([...one.timers.values()].map(({ key, dueAt }) => [key.split('/').at(-1), iso(dueAt)])).toEqual([
      ['pause_end', iso(end)],
    ])
    // Noticed half an hour late: it counts from when it should have.
    one.fire(end + hour / 2)
    expect(one.clock()).toMatchObject({ state: 'running', elapsedMs: 8 * hour })
    expect(one.used(end + hour / 2)).toBe(8.5 * hour)
    one.change(end + hour, { priority: 'normal' })
    expect(one.clock().state).toBe('running')
    one.change(end + hour, { stage: 'new' })
    one.change(end + hour, { stage: 'waiting' })
    expect(one.clock().state).toBe('running')
    expect(one.clock()).not.toHaveProperty('pauseUntil')
  })
  test('a change finds the pause over before its timer does', () => {
    const one = limited({ total: 'PT1H' })
    one.change(nine, { stage: 'waiting' })
    one.change(nine + 3 * hour, { stage: 'resolved' })
    expect(one.clock()).toMatchObject({ state: 'stopped', elapsedMs: 2 * hour })
  })
  test('a pause that ends in time leaves the rest of the limit', () => {
    const one = limited({ total: 'PT2H' })
    one.change(nine, { stage: 'waiting' })
    one.change(nine + hour / 2, { stage: 'new' })
    expect([...one.timers.keys()].some((key) => key.endsWith('pause_end'))).toBe(false)
    one.change(nine + hour, { stage: 'waiting' })
    expect(one.clock().pauseUntil).toBe(nine + 2.5 * hour)
  })
  test('no more pauses than allowed', () => {
    const one = limited({ times: 1 })
    one.change(nine, { stage: 'waiting' })
    expect(one.clock().state).toBe('paused')
    one.change(nine + hour, { stage: 'new' })
    one.change(nine + 2 * hour, { stage: 'waiting' })
    expect(one.clock().state).toBe('running')
  })
  test('without the compulsory reason it does not pause; with it the trail keeps it', () => {
    const one = limited({ reason: 'answered' })
    one.change(nine, { stage: 'waiting' })
    expect(one.clock().state).toBe('running')
    one.change(nine + hour, { answered: 'needs the serial number' })
    expect(one.clock()).toMatchObject({ state: 'paused', elapsedMs: hour })
    expect(one.events.find(({ type }) => type === 'clock.paused')?.data).toMatchObject({
      reason: 'needs the serial number',
    })
    one.change(nine + 2 * hour, { answered: '' })
    expect(one.clock().state).toBe('running')
  })
})

describe('C06 rule 10, C07: minutes left, and the acknowledgement', () => {
  const climbing = () => {
    const ladder: ClockDefinition['ladder'] = [
      { id: 'hour_left', left: 'PT1H' },
      { id: 'late', after: 'PT1H' },
    ]
    const one = desk(appOf([policy([resolution({ ladder })])], [office], 'office'))
    one.change(nine + hour, { stage: 'new' })
    return one
  }
  test('business minutes left: one hour before a due moment of the next day', () => {
    const one = climbing()
    const step = [...one.timers.values()].find(({ key }) => key.endsWith('/hour_left'))
    // Eight hours from ten o'clock: due at 18:00; an hour is left at 17:00.
    expect(iso(step?.dueAt)).toBe(iso(nine + 8 * hour))
  })
  test('more left than the whole target: at the start', () => {
    const one = desk(appOf([policy([resolution({ ladder: [{ id: 'early', left: 'P2D' }] })])]))
    one.change(nine, { stage: 'new' })
    expect(one.fire(nine)).toEqual(['early'])
  })
  test('what is to come does not fire once acknowledged, the breach is still noted, reopening begins anew', () => {
    const one = climbing()
    expect(one.fire(nine + 8 * hour)).toEqual(['hour_left'])
    const calendars = calendarsOf(appOf([], [office], 'office'))
    one.take(
      acknowledgeClock({ clock: one.clock(), by: 'lead', note: 'I see to it', now: nine + 8 * hour, calendars }),
      nine + 8 * hour,
    )
    expect(one.clock().acknowledged).toEqual({ at: nine + 8 * hour, by: 'lead' })
    expect(one.events.at(-1)).toMatchObject({ type: 'clock.acknowledged', data: { note: 'I see to it' } })
    expect(one.fire(nine + 72 * hour)).toEqual(['due'])
    expect(one.clock().breachedAt).not.toBeNull()
    one.change(nine + 73 * hour, { stage: 'resolved' })
    one.change(nine + 74 * hour, { stage: 'new' })
    expect(one.clock()).not.toHaveProperty('acknowledged')
    expect(one.fire(nine + 75 * hour)).toEqual(['late'])
  })
})
