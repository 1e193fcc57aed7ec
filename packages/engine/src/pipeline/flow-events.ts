import { everyMinute } from '../calendars/calendar.ts'
import { evaluateValue } from '../conditions/evaluate-value.ts'
import { readFact } from '../conditions/read-fact.ts'
import type { FlowEvent, InstanceSnapshot } from '../flow/types.ts'
import { parseDurationMs } from '../kernel/duration.ts'
import type { Id } from '../kernel/ids.ts'
import { parseInstant } from '../kernel/instant.ts'
import type { Json } from '../kernel/json.ts'
import type { Rejection } from '../kernel/problem.ts'
import { startOfDay } from '../kernel/zone.ts'
import { calendarOf } from './calendar-of.ts'
import { limitEnds, limitStarts } from './clocks.ts'
import { copyResult } from './copy-result.ts'
import { awaitMessage } from './correlation.ts'
import { errand } from './errand.ts'
import { factsOf, lookupFrom } from './facts-of.ts'
import { releaseMutex, requestMutex } from './mutexes.ts'
import { reachStage } from './records.ts'
import type { FlowCall, InstanceRow, TaskRow, TimerRow } from './rows.ts'
import { userTaskOf } from './task-access.ts'
import { type FlowRequest, type Incoming, type Origin, refOf, type Work } from './work.ts'

/** Carries out what has happened inside a flow: audit entries, tasks, timers; others are told when this is over. */
export async function tell(
  work: Work,
  instance: InstanceRow,
  event: FlowEvent,
  origin: Origin,
): Promise<Rejection | undefined> {
  const about = { flow: instance.flow, instance: instance.instance }
  switch (event.type) {
    case 'node.entered':
      await work.event(instance, 'node.entered', { node: event.node, ...about, visit: event.visit }, origin)
      return undefined
    case 'node.left':
      await work.event(
        instance,
        'node.left',
        { node: event.node, ...about, visit: event.visit, edges: [...event.edges] },
        origin,
      )
      return undefined
    case 'stage.reached':
      return reachStage(work, instance, event.stage, origin)
    case 'task.created':
      return openTask(work, instance, event, origin)
    case 'task.cancelled':
      return cancelTask(work, event.task, event.why, origin)
    case 'task.passed':
      await work.event(instance, 'task.passed', { node: event.node, person: event.person, why: event.why }, origin)
      return undefined
    case 'task.copied':
      return copyResult(work, instance, event, origin)
    case 'timer.set':
      return armTimer(work, instance, event)
    case 'timer.cancelled':
      work.cancelTimer(timerKey(instance.instance, event.node, event.visit))
      return undefined
    case 'message.awaited':
      return void (await awaitMessage(work, instance, event, origin))
    case 'message.thrown':
      return ask(work, { kind: 'send', ref: refOf(instance), message: thrownBy(instance, event), origin })
    case 'signal.thrown':
      return ask(work, { kind: 'signal', ref: refOf(instance), name: event.signal, origin })
    case 'mutex.requested':
      return void (await requestMutex(work, instance, event, origin))
    case 'mutex.released':
      return void (await releaseMutex(work, instance, event, origin))
    case 'child.called':
      return call(work, instance, event, origin)
    case 'child.cancelled':
      return cancelChild(work, instance, event, origin)
    case 'token.dead':
      await work.event(instance, 'flow.stuck', { ...about, node: event.node, reason: event.reason }, origin)
      return undefined
    case 'flow.ended':
      await work.event(
        instance,
        'flow.ended',
        { ...about, status: event.status, ...(event.reason ? { reason: event.reason } : {}) },
        origin,
      )
      return tellCaller(work, instance, event, origin)
  }
}

const ask = (work: Work, request: FlowRequest): undefined => void work.flowRequests.push(request)

type Of<T extends FlowEvent['type']> = Extract<FlowEvent, { type: T }>

/** A flow's own message has an id that is the same however often the step is carried out. */
const thrownBy = ({ app, instance }: InstanceRow, event: Of<'message.thrown'>): Incoming => ({
  app,
  name: event.message,
  key: event.key,
  message: `flow/${instance}/${event.node}/${event.visit}`,
  ttl: event.ttl,
})

async function call(work: Work, instance: InstanceRow, event: Of<'child.called'>, origin: Origin): Promise<undefined> {
  const { flow, child, variables, depth, caller, record } = event
  const form = work.world.app(instance.app)?.flows.get(flow)?.form
  const ref = { ...refOf(instance), ...(record === null ? {} : { form: form ?? '', id: record }) }
  const called: FlowCall = { ref, flow, child, variables, depth, caller }
  if (record === null) return ask(work, { kind: 'call', call: called, origin })
  work.setTimer({ key: `call/${child}`, dueAt: work.now, app: instance.app, payload: { kind: 'call', call: called } })
}

const cancelChild = (
  work: Work,
  { app }: InstanceRow,
  { child, elsewhere }: Of<'child.cancelled'>,
  origin: Origin,
): undefined => {
  const command = { type: 'cancel', reason: origin.cause ?? 'caller' } as const
  if (elsewhere) errand(work, { instance: child, app }, command)
  else ask(work, { kind: 'advance', instance: child, command, origin })
}

/** The flow that waits for this one goes on, with what it wanted to have of it. */
async function tellCaller(
  work: Work,
  instance: InstanceRow,
  event: Of<'flow.ended'>,
  origin: Origin,
): Promise<undefined> {
  const { caller } = instance.snapshot
  if (!caller) return undefined
  const row = await work.record(instance)
  const facts = await factsOf(work, row, { flow: variablesOf(instance.snapshot) })
  const form = work.world.app(instance.app)?.forms.get(instance.form)
  const lookup = lookupFrom(work, instance.app)
  const values = Object.fromEntries(
    Object.entries(caller.back).map(([field, value]) => [field, evaluateValue(value, facts, form, lookup) as Json]),
  )
  const command = {
    type: 'child.ended',
    child: instance.instance,
    status: event.status,
    ...(event.error === undefined ? {} : { error: event.error }),
    ...(Object.keys(values).length === 0 ? {} : { values }),
  } as const
  if (caller.elsewhere) errand(work, { instance: caller.instance, app: instance.app }, command)
  else ask(work, { kind: 'advance', instance: caller.instance, command, origin })
}

const variablesOf = ({ scopes }: InstanceSnapshot) => scopes.find((scope) => scope.parent === null)?.variables ?? {}

type TaskCreated = Extract<FlowEvent, { type: 'task.created' }>

async function openTask(work: Work, instance: InstanceRow, event: TaskCreated, origin: Origin): Promise<undefined> {
  const task: TaskRow = {
    task: event.task,
    ...refOf(instance),
    instance: instance.instance,
    flow: instance.flow,
    node: event.node,
    visit: event.visit,
    state: 'open',
    assignee: event.person,
    candidates: [],
    createdAt: work.now,
    claimedAt: null,
    completedAt: null,
    completedBy: null,
    outcome: null,
    dueAt: null,
    version: 1,
    owner: null,
    advice: null,
    via: event.via ?? null,
    draft: null,
  }
  work.putTask(task)
  await work.event(instance, 'task.created', { task: task.task, flow: task.flow, node: task.node }, origin)
  if (event.limit) await limitStarts(work, task, event.limit, origin)
  await submit(work, task, origin)
  work.unassigned.push({ task: task.task, origin })
  work.react({
    ref: refOf(instance),
    event: 'taskCreated',
    changed: [],
    previous: await work.record(instance),
    detail: { task: task.task, node: task.node },
    origin,
  })
  return undefined
}

/** The step of who applies is done by what started the flow; the trail has it as theirs. */
async function submit(work: Work, task: TaskRow, origin: Origin): Promise<void> {
  const node = await userTaskOf(work, task)
  const isStarting = (await work.world.instance(task.instance)) === undefined
  if (node?.submission !== true || task.visit !== 1 || !isStarting) return
  const outcome = node.outcomes?.[0]?.id ?? null
  const as: Origin = work.actor === null ? origin : { ...origin, source: work.command.source }
  work.flowRequests.push({ kind: 'answer', task: task.task, outcome, by: work.actor, origin: as })
}

async function cancelTask(work: Work, id: Id, why: string, origin: Origin): Promise<undefined> {
  const task = await work.task(id)
  if (task?.state !== 'open') return undefined
  const cancelled = work.putTask({
    ...task,
    state: 'cancelled',
    completedAt: work.now,
    draft: null,
    version: task.version + 1,
  })
  await work.event(task, 'task.cancelled', { task: id, node: task.node, why }, origin)
  await limitEnds(work, cancelled, origin)
  return undefined
}

type TimerSet = Extract<FlowEvent, { type: 'timer.set' }>

export const timerKey = (instance: Id, node: string, visit: number): string => `flow/${instance}/${node}/${visit}`

async function armTimer(work: Work, instance: InstanceRow, event: TimerSet): Promise<Rejection | undefined> {
  const dueAt =
    event.within === null ? await momentOf(work, instance, event.until ?? '') : dueAfter(work, instance, event)
  const timer: TimerRow = {
    key: timerKey(instance.instance, event.node, event.visit),
    // A moment that is blank or past is due at once: waiting for ever would lose the token.
    dueAt: dueAt ?? work.now,
    app: instance.app,
    payload: { kind: 'flow', instance: instance.instance, node: event.node, visit: event.visit },
  }
  work.setTimer(timer)
  return undefined
}

function dueAfter(work: Work, instance: InstanceRow, event: TimerSet): number | undefined {
  const ms = parseDurationMs(event.within ?? '')
  if (ms === undefined) return undefined
  const calendar = event.calendar === null ? everyMinute : calendarOf(work, instance.app, event.calendar)
  const dueAt = calendar.add(event.from, ms)
  // What was missed while nothing ran is not made up for: the next one counts from now.
  return event.from < work.now && dueAt <= work.now ? calendar.add(work.now, ms) : dueAt
}

async function momentOf(work: Work, instance: InstanceRow, path: string): Promise<number | undefined> {
  const row = await work.record(instance)
  const facts = await factsOf(work, row)
  const value = readFact(
    facts,
    'record',
    path.split('.'),
    work.world.app(instance.app)?.forms.get(instance.form),
    lookupFrom(work, instance.app),
  )
  if (typeof value !== 'string') return undefined
  return parseInstant(value) ?? startOfDay(facts.zone, value)
}
