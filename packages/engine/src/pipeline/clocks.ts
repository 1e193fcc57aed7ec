import { calendarsOf } from '../calendars/calendars-of.ts'
import type { LadderStep, Limit } from '../definitions/ladder.ts'
import type { ValueExpression } from '../definitions/value-expression.ts'
import type { Id } from '../kernel/ids.ts'
import type { Rejection } from '../kernel/problem.ts'
import type { AppModel } from '../model.ts'
import {
  acknowledgeClock,
  adoptCalendars,
  cancelClocks,
  clocksAfterChange,
  fireClockTimer,
  recalculateClocks,
  startLimit,
  stopLimit,
} from '../sla/index.ts'
import type { ClockChange, ClockEventType, ClockStep } from '../sla/types.ts'
import { carryOut } from './deeds.ts'
import { factsOf, lookupFrom } from './facts-of.ts'
import { reassign } from './hand-over.ts'
import { builtInMessage, send } from './messages.ts'
import { managersOf, peopleOffered, resolvePeople } from './people.ts'
import { recordFacts } from './record-facts.ts'
import { writeComputed } from './records.ts'
import type { ClockRow, RecordRef, RecordRow, TaskRow, TimerRow } from './rows.ts'
import { taskFacts } from './task-facts.ts'
import { type Origin, refOf, type Work } from './work.ts'

type ClockPayload = Extract<TimerRow['payload'], { kind: 'clock' }>

/** Looks at the policy clocks of every record this command wrote: starts, pauses, stops, retargets. */
export async function keepClocks(work: Work, origin: Origin): Promise<void> {
  for (const row of work.touched()) {
    const app = work.world.app(row.app)
    const form = app?.forms.get(row.form)
    if (!app || !form || row.history || !app.policies.some((policy) => policy.form === row.form)) continue
    const before = await work.before(row)
    const step = clocksAfterChange({
      app,
      form,
      lookup: lookupFrom(work, row.app),
      ref: refOf(row),
      clocks: await work.clocksOf(row),
      now: work.now,
      facts: await factsOf(work, row, before ? { previous: recordFacts(before) } : {}),
      newId: work.context.newId,
      calendars: calendarsOf(app),
    })
    await write(work, row, step, { ...origin, cause: 'clock' })
  }
}

/** Stores what a clock step changed, in the trail too, and lets rules know of a warning or a breach, however it was noticed. */
async function write(work: Work, row: RecordRow, step: ClockStep, origin: Origin): Promise<void> {
  for (const clock of step.clocks) work.putClock(clock)
  for (const key of step.timersCancelled) work.cancelTimer(key)
  for (const timer of step.timersSet) work.setTimer(timer)
  for (const event of step.events) await work.event(row, event.type, event.data, { ...origin, source: 'system' })
  await writeComputed(work, row, step.writes, { ...origin, source: 'system' })
  for (const { type, data } of step.events) {
    const event = heard[type]
    if (event) work.react({ ref: refOf(row), event, changed: [], previous: row, detail: data, origin })
  }
}

const heard: { readonly [T in ClockEventType]?: 'clockBreached' | 'clockWarned' } = {
  'clock.breached': 'clockBreached',
  'clock.warned': 'clockWarned',
}

/** Starts the clock of a task's time limit. */
export async function limitStarts(work: Work, task: TaskRow, limit: Limit, origin: Origin): Promise<void> {
  const app = work.world.app(task.app)
  const row = await work.record(task)
  if (!app || !row) return
  const step = startLimit({
    ref: refOf(task),
    task: task.task,
    node: task.node,
    limit,
    calendar: app.definition.calendar ?? null,
    now: work.now,
    newId: work.context.newId,
    calendars: calendarsOf(app),
  })
  await write(work, row, step, origin)
  work.putTask({ ...task, dueAt: step.clocks[0]?.dueAt ?? null })
}

/** Stops the clock of a task that is answered, or cancels it with the task. */
export async function limitEnds(work: Work, task: TaskRow, origin: Origin): Promise<void> {
  const app = work.world.app(task.app)
  const row = await work.record(task)
  const clock = (await work.clocksOf(task)).find((one) => isOfTask(one, task))
  if (!app || !row || !clock) return
  await write(
    work,
    row,
    stopLimit({ clock, now: work.now, cancelled: task.state === 'cancelled', calendars: calendarsOf(app) }),
    origin,
  )
}

/** A new version has other calendars: running clocks count on by them, and tasks are due when their limits are. */
export async function adoptClocks(
  work: Work,
  ref: RecordRef,
  before: AppModel,
  recalculate: ReadonlySet<string>,
  origin: Origin,
): Promise<void> {
  const after = work.world.app(ref.app)
  const row = await work.record(ref)
  if (!after || !row) return
  const published = { ...origin, cause: `app:${after.id}@${after.version}` }
  const clocks = await work.clocksOf(ref)
  const form = after.forms.get(ref.form)
  if (form && recalculate.size > 0)
    await recalculateAll(work, row, { app: after, form, clocks }, { recalculate, before }, published)
  const others = clocks.filter(({ owner }) => owner.kind === 'limit' || !recalculate.has(owner.policy))
  const step = adoptCalendars(others, { now: work.now, before, after })
  await write(work, row, step, published)
  for (const { owner, dueAt } of step.clocks) {
    const task = owner.kind === 'limit' ? await work.task(owner.task) : undefined
    if (task?.state === 'open') work.putTask({ ...task, dueAt })
  }
}

async function recalculateAll(
  work: Work,
  row: RecordRow,
  given: Pick<ClockChange, 'app' | 'form' | 'clocks'>,
  { recalculate, before }: { readonly recalculate: ReadonlySet<string>; readonly before: AppModel },
  origin: Origin,
): Promise<void> {
  const change: ClockChange = {
    ...given,
    lookup: lookupFrom(work, row.app),
    ref: refOf(row),
    facts: await factsOf(work, row),
    now: work.now,
    newId: work.context.newId,
    calendars: calendarsOf(given.app),
  }
  await write(work, row, recalculateClocks(change, recalculate, calendarsOf(before)), origin)
}

/** Stores that somebody took notice of a clock. */
export async function noteAcknowledged(work: Work, clock: ClockRow, note: string | null, origin: Origin) {
  const app = work.world.app(clock.app)
  const row = await work.record(clock)
  if (!app || !row) return
  const step = acknowledgeClock({ clock, by: work.actor, note, now: work.now, calendars: calendarsOf(app) })
  for (const one of step.clocks) work.putClock(one)
  for (const key of step.timersCancelled) work.cancelTimer(key)
  for (const event of step.events) await work.event(row, event.type, event.data, origin)
}

/** Ends the clocks of a record that is going to be deleted. */
export async function endClocks(work: Work, ref: RecordRef, origin: Origin): Promise<undefined> {
  const app = work.world.app(ref.app)
  const row = await work.record(ref)
  if (app && row) await write(work, row, cancelClocks(await work.clocksOf(ref), work.now, calendarsOf(app)), origin)
  return undefined
}

const isOfTask = (clock: ClockRow, task: TaskRow): boolean =>
  clock.owner.kind === 'limit' && clock.owner.task === task.task

/** A clock's timer is due: the breach is noted, or a step of the ladder carried out, once per run. */
export async function clockDue(work: Work, payload: ClockPayload, origin: Origin): Promise<Rejection | undefined> {
  const clock = await work.clock(payload.clock)
  const row = clock && (await work.record(clock))
  const app = clock && work.world.app(clock.app)
  if (!clock || !row || !app) return undefined
  const fired = fireClockTimer({
    app,
    clock,
    run: payload.run,
    step: payload.step,
    now: work.now,
    calendars: calendarsOf(app),
  })
  const cause = { ...origin, cause: causeOf(clock, payload.step) }
  await write(work, row, fired, cause)
  return fired.ladder ? climb(work, clock, fired.ladder, cause) : undefined
}

const causeOf = ({ owner }: ClockRow, step: string): string =>
  owner.kind === 'policy' ? `policy:${owner.policy}/${owner.id}/${step}` : `limit:${owner.node}/${step}`

/** One step of the ladder: set fields, hand over, tell. */
async function climb(work: Work, clock: ClockRow, step: LadderStep, origin: Origin): Promise<Rejection | undefined> {
  if (step.set) {
    const values = step.set as { readonly [field: string]: ValueExpression }
    const rejection = await carryOut(work, [{ id: 'set', type: 'set', values }], {
      ref: refOf(clock),
      origin: { ...origin, depth: origin.depth + 1 },
      more: {},
    })
    if (rejection) return rejection
  }
  if (step.startFlow !== undefined)
    work.flowRequests.push({ kind: 'start', ref: refOf(clock), flow: step.startFlow, origin })
  for (const task of await tasksOf(work, clock)) await climbFor(work, clock, task, step, origin)
  return undefined
}

/** The open tasks a clock is about: that of the limit, or all of the record; a record without one still has people to tell. */
async function tasksOf(work: Work, clock: ClockRow): Promise<readonly (TaskRow | undefined)[]> {
  const open = await work.openTasksOf(clock)
  if (clock.owner.kind === 'limit') return open.filter((task) => isOfTask(clock, task))
  return open.length > 0 ? open.slice(0, 1) : [undefined]
}

async function climbFor(
  work: Work,
  clock: ClockRow,
  task: TaskRow | undefined,
  step: LadderStep,
  origin: Origin,
): Promise<void> {
  const row = await work.record(clock)
  const app = work.world.app(clock.app)
  if (!row || !app) return
  const facts = await factsOf(work, row, task ? { task: taskFacts(work, task) } : {})
  const people = (who: NonNullable<LadderStep['notify']>) =>
    resolvePeople(who, {
      directory: work.world.directory,
      app: row.app,
      form: app.forms.get(row.form),
      lookup: lookupFrom(work, row.app),
      facts,
      assignee: task?.assignee ?? null,
      creator: row.createdBy,
    })
  const message = step.message === undefined ? undefined : app.messages.get(step.message)
  const overdue = step.after !== undefined || (step.at ?? 0) >= 1
  const told = step.notify ? notified(work, row, task, people(step.notify)) : []
  await send(work, {
    app: row.app,
    row,
    facts,
    to: told,
    message: message ?? builtInMessage(overdue ? 'overdue' : 'reminded'),
    channels: null,
    task,
    origin,
  })
  if (step.outcome !== undefined && task)
    work.flowRequests.push({ kind: 'answer', task: task.task, outcome: step.outcome, by: null, origin })
  const to = step.escalateTo ? escalationTargets(work, row, task, people(step.escalateTo)) : []
  await escalate(work, row, task, to, origin)
  if (step.notify || step.escalateTo)
    await work.event(row, 'clock.escalated', { ...climbed(clock, step, task), told, to: to[0] ?? null }, origin)
}

const climbed = (clock: ClockRow, step: LadderStep, task: TaskRow | undefined) => ({
  ...ownerOf(clock),
  clock: clock.clock,
  run: clock.run,
  step: step.id,
  ...(task ? { task: task.task, node: task.node } : {}),
})
const ownerOf = ({ owner }: ClockRow) => (owner.kind === 'policy' ? { id: owner.id, policy: owner.policy } : {})

/** Those named and, where nobody has the task yet, those it is offered to. With nobody there, who manages the app. */
function notified(work: Work, row: RecordRow, task: TaskRow | undefined, named: readonly Id[]): readonly Id[] {
  const offered = task && task.assignee === null ? peopleOffered(work.world.directory, task) : []
  const told = [...new Set([...named, ...offered])]
  return told.length > 0 ? told : managersOf(work.world.app(row.app), work.world.directory)
}

/**
 * Where nobody has the task yet, its superior is that of the people who could have taken it: the first of them. An
 * escalation never ends with nobody: who manages the app is last.
 */
function escalationTargets(work: Work, row: RecordRow, task: TaskRow | undefined, named: readonly Id[]): readonly Id[] {
  if (named.length > 0) return named
  const offered = task && task.assignee === null ? peopleOffered(work.world.directory, task) : []
  const superiors = offered.flatMap((id) => work.world.directory.superiorOf(id, work.now) ?? [])
  return superiors.length > 0 ? superiors.slice(0, 1) : managersOf(work.world.app(row.app), work.world.directory)
}

/** Hands the open task to the first of the people; all of them are told. */
async function escalate(
  work: Work,
  row: RecordRow,
  task: TaskRow | undefined,
  to: readonly string[],
  origin: Origin,
): Promise<void> {
  const [first] = to
  if (first === undefined) return
  if (task && task.assignee !== first) await reassign(work, task, first, origin, 'escalated')
  const facts = await factsOf(work, row, task ? { task: taskFacts(work, task) } : {})
  await send(work, {
    app: row.app,
    row,
    facts,
    to,
    message: builtInMessage('escalated'),
    channels: ['inbox'],
    task,
    origin,
  })
}
