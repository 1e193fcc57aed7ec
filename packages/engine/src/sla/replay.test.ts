import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarsOf } from '../calendars/calendars-of.ts'
import type { CalendarDefinition } from '../definitions/calendar.ts'
import type { Condition } from '../definitions/condition.ts'
import type { LadderStep } from '../definitions/ladder.ts'
import type { ClockDefinition } from '../definitions/policy.ts'
import type { AppModel, FieldModel, FormModel } from '../model.ts'
import type { ClockRow, EventRow, TimerRow } from '../pipeline/rows.ts'
import { clocksAfterChange, currentClocks, elapsedAt, explainClock, fireClockTimer, replayClock } from './index.ts'
import { thresholds } from './thresholds.ts'
import type { ClockStep } from './types.ts'

const minute = 60_000
const nine = new Date('2026-03-02T09:00+08:00').getTime()
const office: CalendarDefinition = {
  kind: 'calendar',
  id: 'office',
  schemaVersion: 1,
  label: 'office',
  zone: 'Asia/Shanghai',
  weekly: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [
      day,
      [
        ['09:00', '12:00'],
        ['13:30', '18:00'],
      ],
    ]),
  ),
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
  fields: new Map(['stage', 'priority'].map(field)),
}
const is = (path: string, ...value: string[]): Condition => ({
  fact: 'record',
  path: `$.${path}`,
  operator: 'in',
  value,
})

const stages = ['open', 'open', 'waiting', 'resolved', 'spam'] as const
const priorities = ['urgent', 'normal', 'low'] as const
const targets = { urgent: 'PT1H', normal: 'PT4H', low: 'PT12H' } as const
const targetMs = { urgent: 60 * minute, normal: 240 * minute, low: 720 * minute } as const
type Stage = (typeof stages)[number]
type Priority = (typeof priorities)[number]
type Step = { readonly at: number; readonly stage: Stage; readonly priority: Priority; readonly isUp: boolean }

const clock = fc.record({
  calendar: fc.constantFrom('office', undefined),
  onReopen: fc.constantFrom('continue', 'continueWithGap', 'reset', undefined),
  onTargetChange: fc.constantFrom('recompute', 'forward', 'reset', undefined),
  pauseMinutes: fc.constantFrom(undefined, undefined, 45),
  ladder: fc.constantFrom<LadderStep[]>(
    [],
    [
      { id: 'warn', at: 0.8 },
      { id: 'up', at: 1 },
      { id: 'boss', after: 'PT2H' },
    ],
  ),
})
type Drawn = typeof clock extends fc.Arbitrary<infer T> ? T : never
const stream = fc
  .array(
    fc.record({
      after: fc.integer({ min: 0, max: 600 }),
      stage: fc.constantFrom(...stages),
      priority: fc.constantFrom(...priorities),
      isUp: fc.boolean(),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((steps) => {
    let at = nine
    return steps.map(({ after, ...step }, index): Step => {
      at += index === 0 ? 0 : after * minute
      return { ...step, at }
    })
  })

const definition = (drawn: Drawn): ClockDefinition => ({
  id: 'resolution',
  label: 'r',
  stopWhen: is('stage', 'resolved'),
  pauseWhen: is('stage', 'waiting'),
  cancelWhen: is('stage', 'spam'),
  targets: priorities.map((id) => ({ id, when: is('priority', id), within: targets[id] })),
  ladder: drawn.ladder,
  ...(drawn.pauseMinutes ? { pauseLimit: { total: `PT${drawn.pauseMinutes}M` } } : {}),
  ...(drawn.calendar ? { calendar: drawn.calendar } : {}),
  ...(drawn.onReopen ? { onReopen: drawn.onReopen } : {}),
  ...(drawn.onTargetChange ? { onTargetChange: drawn.onTargetChange } : {}),
})
const appOf = (drawn: Drawn): AppModel => ({
  id: 'desk',
  version: 1,
  definition: {} as AppModel['definition'],
  variables: new Map(),
  forms: new Map([['ticket', form]]),
  flows: new Map(),
  rules: [],
  policies: [{ kind: 'policy', id: 'p', schemaVersion: 1, label: 'p', form: 'ticket', clocks: [definition(drawn)] }],
  calendars: new Map([['office', office]]),
  decisions: new Map(),
  assignments: new Map(),
  messages: new Map(),
  scenarios: new Map(),
})

type Event = Pick<EventRow, 'at' | 'type' | 'data'>

/** Carries out a stream of changes as the server would, timers firing in between while it is up; checks what must always hold. */
function carryOut(drawn: Drawn, steps: readonly Step[]) {
  const app = appOf(drawn)
  const calendars = calendarsOf(app)
  const rows = new Map<string, ClockRow>()
  const timers = new Map<string, TimerRow>()
  const events: Event[] = []
  let ids = 0
  const take = (step: ClockStep, now: number) => {
    for (const row of step.clocks) rows.set(row.clock, row)
    for (const key of step.timersCancelled) timers.delete(key)
    for (const timer of step.timersSet) timers.set(timer.key, timer)
    events.push(...step.events.map((event) => ({ at: now, ...event })))
    for (const row of rows.values()) checkLedger(row)
    expect([...timers.keys()].sort()).toEqual(
      [...rows.values()].flatMap((row) => thresholds(row, calendars).map(({ key }) => key)).sort(),
    )
  }
  const fireDue = (now: number) => {
    for (let due = nextDue(timers, now); due; due = nextDue(timers, now)) {
      const payload = due.payload as Extract<TimerRow['payload'], { kind: 'clock' }>
      timers.delete(due.key)
      const moment = Math.max(due.dueAt, now)
      take(
        fireClockTimer({
          app,
          clock: rows.get(payload.clock)!,
          run: payload.run,
          step: payload.step,
          now: moment,
          calendars,
        }),
        moment,
      )
    }
  }
  let previous: Step | undefined
  for (const step of steps) {
    if (step.isUp) fireDue(step.at)
    const record = { stage: step.stage, priority: step.priority }
    const facts = {
      now: step.at,
      zone: 'UTC',
      record,
      ...(previous ? { previous: { stage: previous.stage, priority: previous.priority } } : {}),
    }
    take(
      clocksAfterChange({
        app,
        form,
        ref: { app: 'desk', form: 'ticket', id: 't' },
        facts,
        clocks: [...rows.values()],
        now: step.at,
        newId: () => `c${++ids}`,
        calendars,
      }),
      step.at,
    )
    previous = step
  }
  return {
    rows: [...rows.values()],
    current: currentClocks([...rows.values()]).get('resolution'),
    events,
    calendars,
    fireDue,
    latest: () => currentClocks([...rows.values()]).get('resolution'),
    row: (id: string) => rows.get(id)!,
  }
}

const nextDue = (timers: ReadonlyMap<string, TimerRow>, now: number) =>
  [...timers.values()].filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt)[0]

function checkLedger(row: ClockRow) {
  const { segments } = row
  expect(segments[0]?.from).toBe(row.startedAt)
  for (const [index, segment] of segments.entries()) expect(segment.to).toBe(segments[index + 1]?.from ?? null)
  expect(segments.reduce((sum, { countedMs }) => sum + countedMs, 0)).toBe(row.elapsedMs)
  expect(new Set(row.fired).size).toBe(row.fired.length)
  expect(row.met === false).toBe(row.state !== 'cancelled' && row.breachedAt !== null)
}

const runs = (property: (drawn: Drawn, steps: readonly Step[]) => void) =>
  fc.assert(fc.property(clock, stream, property), { numRuns: 1500, seed: 42 })

test('counted again from the audit trail, every run comes to the same as it did step by step (1,500 streams)', () => {
  let stopped = 0
  runs((drawn, steps) => {
    const { rows, events, calendars } = carryOut(drawn, steps)
    const now = steps.at(-1)!.at + 90 * minute
    for (const row of rows) {
      const replayed = replayClock(
        events.filter(({ data }) => data.clock === row.clock),
        now,
        calendars,
      )
      expect(replayed).toEqual({
        state: row.state,
        startedAt: row.startedAt,
        stoppedAt: row.state === 'stopped' ? row.stoppedAt : null,
        targetMs: row.targetMs,
        elapsedMs: elapsedAt(row, now, calendars),
        met: row.state === 'stopped' ? row.met : null,
      })
      if (row.state === 'stopped') stopped++
    }
  })
  expect(stopped).toBeGreaterThan(200)
}, 120_000)

/**
 * What the latest run has used, minute by minute from the stream alone: a minute counts when the record was at work in
 * it (or closed and later reopened, where the gap counts; or waiting for longer than it may) and the calendar works.
 */
function usedByMinutes(
  drawn: Drawn,
  steps: readonly Step[],
  until: number,
  isWorking: (at: number) => boolean,
): number | undefined {
  const isOver = (step: Step | undefined) => step?.stage === 'resolved' || step?.stage === 'spam'
  let from: number | undefined
  steps.forEach((step, index) => {
    const before = steps[index - 1]
    if (from === undefined) {
      // Born over: spam has no clock, and once something was missed there is nothing left to measure.
      if (step.stage === 'spam' || (step.stage === 'resolved' && index > 0)) return
      from = index
      return
    }
    if (isOver(before) && !isOver(step) && drawn.onReopen === 'reset') from = index
    const ran = targetOfRun(steps, from, index)
    if (drawn.onTargetChange === 'reset' && !isOver(step) && ran !== undefined && ran !== step.priority) from = index
  })
  if (from === undefined) return undefined
  let used = 0
  let waited = 0
  for (let index = from; index < steps.length; index++) {
    const reopens = steps.slice(index).some((later) => !isOver(later))
    const counts =
      steps[index]!.stage === 'open' || (isOver(steps[index]) && drawn.onReopen === 'continueWithGap' && reopens)
    const end = steps[index + 1]?.at ?? until
    for (let at = steps[index]!.at; at < end; at += minute) {
      if (!isWorking(at)) continue
      const waits = steps[index]!.stage === 'waiting'
      const mayWait = drawn.pauseMinutes === undefined || waited < drawn.pauseMinutes
      if (counts || (waits && !mayWait)) used += minute
      else if (waits) waited += 1
    }
  }
  return used
}

/** The priority whose target a run that began at `from` has at `index`: that of the last step at which it was not over. */
function targetOfRun(steps: readonly Step[], from: number, index: number): Priority | undefined {
  const lived = steps
    .slice(from, index)
    .filter(({ stage }, at) => at === 0 || (stage !== 'resolved' && stage !== 'spam'))
  return lived.at(-1)?.priority
}

test('the time used equals a minute-by-minute reading of the stream (1,500 streams)', () => {
  let compared = 0
  runs((drawn, steps) => {
    const { latest, fireDue, calendars } = carryOut(drawn, steps)
    const now = steps.at(-1)!.at + 77 * minute
    fireDue(now)
    const current = latest()
    const expected = usedByMinutes(drawn, steps, now, calendars(drawn.calendar ?? null).isWorking)
    expect(current ? elapsedAt(current, now, calendars) : undefined).toBe(expected)
    if (current) {
      expect(explainClock(current, now, calendars).elapsedMs).toBe(expected)
      compared++
    }
  })
  expect(compared).toBeGreaterThan(1000)
}, 120_000)

test('recomputed targets are judged by the priority at the end; every step fires once per run, never early (1,500 streams)', () => {
  runs((drawn, steps) => {
    const mode = drawn.onTargetChange ?? 'recompute'
    const { rows, events, calendars, fireDue, row } = carryOut(drawn, steps)
    const end = steps.at(-1)!
    fireDue(end.at + 30 * 24 * 60 * minute)
    for (const { clock: id } of rows) {
      const last = row(id)
      const fired = events.filter(({ type, data }) => type === 'clock.warned' && data.clock === id)
      expect(new Set(fired.map(({ data }) => data.step)).size).toBe(fired.length)
      for (const { at, data } of fired) expect(at).toBeGreaterThanOrEqual(new Date(data.at as string).getTime())
      if (last.state === 'running') expect(last.fired).toHaveLength(last.ladder.length)
      if (last.state === 'running' || last.state === 'stopped')
        expect(last.met).toBe(last.state === 'running' ? false : last.elapsedMs <= last.targetMs)
      if (last.state === 'running' && mode === 'recompute') expect(last.targetMs).toBe(targetMs[end.priority])
    }
    expect(calendars).toBeDefined()
  })
}, 120_000)

test('pausing over time that does not count moves nothing (pause-neutral)', () => {
  const drawn: Drawn = {
    calendar: 'office',
    onReopen: undefined,
    onTargetChange: undefined,
    pauseMinutes: undefined,
    ladder: [],
  }
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 180 }), fc.integer({ min: 0, max: 899 }), (open, wait) => {
      const evening = nine + 9 * 60 * minute
      const step = (at: number, stage: Stage): Step => ({ at, stage, priority: 'low', isUp: true })
      const straight = carryOut(drawn, [step(evening - open * minute, 'open')])
      const paused = carryOut(drawn, [
        step(evening - open * minute, 'open'),
        step(evening, 'waiting'),
        step(evening + wait * minute, 'open'),
      ])
      expect(paused.current?.dueAt).toBe(straight.current?.dueAt)
    }),
    { seed: 1, numRuns: 200 },
  )
})

test('what if: another target or calendar over the same trail', () => {
  const drawn: Drawn = {
    calendar: 'office',
    onReopen: undefined,
    onTargetChange: undefined,
    pauseMinutes: undefined,
    ladder: [],
  }
  const step = (minutes: number, stage: Stage): Step => ({
    at: nine + minutes * minute,
    stage,
    priority: 'normal',
    isUp: true,
  })
  const { events, calendars } = carryOut(drawn, [
    step(0, 'open'),
    step(60, 'waiting'),
    step(120, 'open'),
    step(330, 'resolved'),
  ])
  const now = nine + 1000 * minute
  expect(replayClock(events, now, calendars)).toMatchObject({ elapsedMs: 180 * minute, met: true })
  expect(replayClock(events, now, calendars, { targetMs: 179 * minute })).toMatchObject({ met: false })
  expect(replayClock(events, now, calendars, { calendar: null })).toMatchObject({ elapsedMs: 270 * minute, met: false })
})
