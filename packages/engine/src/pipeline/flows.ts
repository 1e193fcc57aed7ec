import { everyMinute } from '../calendars/calendar.ts'
import { predicateOf } from '../conditions/predicate-of.ts'
import { readFact } from '../conditions/read-fact.ts'
import type { FlowDefinition } from '../definitions/flow.ts'
import { emptyInstance, transition } from '../flow/transition.ts'
import type { ContinueCommand, FlowCommand, FlowEvent, FlowStep } from '../flow/types.ts'
import { parseDurationMs } from '../kernel/duration.ts'
import type { Id } from '../kernel/ids.ts'
import { parseInstant } from '../kernel/instant.ts'
import type { Rejection } from '../kernel/problem.ts'
import { startOfDay } from '../kernel/zone.ts'
import { calendarOf } from './calendar-of.ts'
import { limitEnds, limitStarts } from './clocks.ts'
import { carryOut } from './deeds.ts'
import { errand } from './errand.ts'
import { factsOf, lookupFrom } from './facts-of.ts'
import { resolvePeople } from './people.ts'
import { reachStage } from './records.ts'
import type { InstanceRow, RecordRef, RecordRow, TaskRow, TimerRow } from './rows.ts'
import { type Origin, type Reaction, refOf, type Work } from './work.ts'

/** Starts the flows that this happening starts. */
export async function startFlowsOn(work: Work, reaction: Reaction): Promise<Rejection | undefined> {
  if (reaction.event !== 'created' && reaction.event !== 'changed') return undefined
  const app = work.world.app(reaction.ref.app)
  for (const flow of app?.flows.values() ?? []) {
    if (flow.form !== reaction.ref.form || !(await starts(work, flow, reaction))) continue
    const rejection = await startFlow(work, reaction.ref, flow.id, reaction.origin)
    if (rejection) return rejection
  }
  return undefined
}

async function starts(work: Work, flow: FlowDefinition, reaction: Reaction): Promise<boolean> {
  const row = await work.record(reaction.ref)
  if (!row) return false
  const form = work.world.app(row.app)?.forms.get(row.form)
  const lookup = lookupFrom(work, row.app)
  for (const start of flow.start) {
    if (start.on !== reaction.event) continue
    if (start.on === 'created' && start.when === undefined) return true
    if (start.when === undefined) continue
    const holds = predicateOf(start.when, form, lookup)
    if (!holds(await factsOf(work, row))) continue
    if (start.on === 'created') return true
    const became = reaction.previous === undefined || !holds(await factsOf(work, reaction.previous))
    if (became && !(await isRunning(work, reaction.ref, flow.id))) return true
  }
  return false
}

const isRunning = async (work: Work, ref: RecordRef, flow: string): Promise<boolean> =>
  (await work.instancesOf(ref)).some((instance) => instance.flow === flow && instance.status === 'running')

/** Starts one flow on a record, pinned to its text as it is now. */
export async function startFlow(
  work: Work,
  ref: RecordRef,
  flow: string,
  origin: Origin,
): Promise<Rejection | undefined> {
  if (!work.world.app(ref.app)?.flows.has(flow)) return { code: 'flow.gone' }
  const instance: InstanceRow = {
    instance: work.context.newId(),
    ...refOf(ref),
    flow,
    flowHash: work.world.flowHash(ref.app, flow),
    status: 'running',
    startedAt: work.now,
    endedAt: null,
    version: 0,
    snapshot: emptyInstance('', flow),
  }
  const begun = work.putInstance({ ...instance, snapshot: emptyInstance(instance.instance, flow) })
  await work.event(ref, 'flow.started', { instance: begun.instance, flow, hash: begun.flowHash }, origin)
  return advance(work, begun.instance, { type: 'start' }, origin)
}

/** Cancels the running flows of a record, or the one named, with their tasks and timers. */
export async function endFlows(
  work: Work,
  ref: RecordRef,
  flow: string | null,
  origin: Origin,
): Promise<Rejection | undefined> {
  for (const instance of await work.instancesOf(ref)) {
    if (instance.status !== 'running' || (flow !== null && instance.flow !== flow)) continue
    const rejection = await advance(
      work,
      instance.instance,
      { type: 'cancel', reason: origin.cause ?? 'ended' },
      origin,
    )
    if (rejection) return rejection
  }
  return undefined
}

/** Node visits all flows together may make in one command; the rest is done in following transactions. */
const visitsPerCommand = 1000

/** Takes an instance one command further: the interpreter decides, actions are carried out, until it rests. */
export async function advance(
  work: Work,
  instanceId: Id,
  command: FlowCommand | ContinueCommand,
  origin: Origin,
): Promise<Rejection | undefined> {
  let next: FlowCommand | ContinueCommand | null = command
  while (next) {
    const instance = await work.instance(instanceId)
    const flow = instance && (await work.world.pinnedFlow(instance.flowHash))
    const row = instance && (await work.record(instance))
    if (!instance || !flow || !row) return { code: 'flow.gone' }
    const budget = visitsPerCommand - work.flowVisits
    const result = transition(flow, instance.snapshot, next, { ...(await flowContext(work, row, instance)), budget })
    if (!result.ok) return result.error
    work.flowVisits += result.value.visits
    const rejection = await apply(work, instance, result.value, origin)
    if (rejection) return rejection
    if (result.value.snapshot.agenda) errand(work, instance, { type: 'resume' })
    next = result.value.pending ? { type: 'continue', token: result.value.pending.token } : null
  }
  return undefined
}

async function flowContext(work: Work, row: RecordRow, instance: InstanceRow) {
  const facts = await factsOf(work, row, { flow: { id: instance.flow, instance: instance.instance } })
  const form = work.world.app(row.app)?.forms.get(row.form)
  return {
    now: work.now,
    newId: work.context.newId,
    facts,
    form,
    lookup: lookupFrom(work, row.app),
    people: (who: Parameters<typeof resolvePeople>[0]) =>
      resolvePeople(who, {
        directory: work.world.directory,
        app: row.app,
        form,
        lookup: lookupFrom(work, row.app),
        facts,
        assignee: null,
        creator: row.createdBy,
      }),
  }
}

async function apply(
  work: Work,
  instance: InstanceRow,
  step: FlowStep,
  origin: Origin,
): Promise<Rejection | undefined> {
  const { status } = step.snapshot
  work.putInstance({
    ...instance,
    snapshot: step.snapshot,
    status,
    version: instance.version + 1,
    endedAt: status === 'completed' || status === 'cancelled' ? work.now : null,
  })
  for (const event of step.events) {
    const rejection = await tell(
      work,
      instance,
      event,
      within(origin, instance.flow, 'node' in event ? event.node : null),
    )
    if (rejection) return rejection
  }
  if (!step.pending) return undefined
  const cause = within(origin, instance.flow, step.pending.node)
  return carryOut(work, step.pending.actions, {
    ref: refOf(instance),
    origin: { ...cause, depth: origin.depth + 1 },
    more: {},
  })
}

const within = (origin: Origin, flow: string, node: string | null): Origin => ({
  source: origin.source === 'timer' ? 'timer' : 'flow',
  cause: node === null ? `flow:${flow}` : `flow:${flow}/${node}`,
  depth: origin.depth,
})

async function tell(
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
    case 'timer.set':
      return armTimer(work, instance, event)
    case 'timer.cancelled':
      work.cancelTimer(timerKey(instance.instance, event.node, event.visit))
      return undefined
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
      return undefined
  }
}

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
  }
  work.putTask(task)
  await work.event(instance, 'task.created', { task: task.task, flow: task.flow, node: task.node }, origin)
  if (event.limit) await limitStarts(work, task, event.limit, origin)
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

async function cancelTask(work: Work, id: Id, why: string, origin: Origin): Promise<undefined> {
  const task = await work.task(id)
  if (task?.state !== 'open') return undefined
  const cancelled = work.putTask({ ...task, state: 'cancelled', completedAt: work.now, version: task.version + 1 })
  await work.event(task, 'task.cancelled', { task: id, node: task.node, why }, origin)
  await limitEnds(work, cancelled, origin)
  return undefined
}

type TimerSet = Extract<FlowEvent, { type: 'timer.set' }>

const timerKey = (instance: Id, node: string, visit: number): string => `flow/${instance}/${node}/${visit}`

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
  return ms === undefined
    ? undefined
    : (event.calendar === null ? everyMinute : calendarOf(work, instance.app, event.calendar)).add(work.now, ms)
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
