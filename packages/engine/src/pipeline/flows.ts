import { predicateOf } from '../conditions/predicate-of.ts'
import type { FlowDefinition } from '../definitions/flow.ts'
import type { Facts } from '../facts.ts'
import { emptyInstance, transition } from '../flow/transition.ts'
import type { ContinueCommand, FlowCommand, FlowStep } from '../flow/types.ts'
import type { Id } from '../kernel/ids.ts'
import type { Rejection } from '../kernel/problem.ts'
import { agreedBefore } from './agreed-before.ts'
import { carryOut } from './deeds.ts'
import { errand } from './errand.ts'
import { factsOf, lookupFrom } from './facts-of.ts'
import { tell } from './flow-events.ts'
import { resolvePeople } from './people.ts'
import { updateRecord } from './records.ts'
import type { FlowCall, InstanceRow, RecordRef, RecordRow } from './rows.ts'
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
  called?: FlowCall,
): Promise<Rejection | undefined> {
  if (!work.world.app(ref.app)?.flows.has(flow)) return { code: 'flow.gone' }
  const instance: InstanceRow = {
    instance: called?.child ?? work.context.newId(),
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
  const { variables, depth, caller } = called ?? {}
  const start = {
    type: 'start',
    ...(variables ? { variables } : {}),
    ...(depth === undefined ? {} : { depth }),
    ...(caller ? { caller } : {}),
  } as const
  return advance(work, begun.instance, start, origin)
}

/** Starts a flow that another one calls; where it cannot be, the caller hears that it has ended. */
export async function startCalled(work: Work, call: FlowCall, origin: Origin): Promise<Rejection | undefined> {
  const flow = work.world.app(call.ref.app)?.flows.get(call.flow)
  if (flow?.form === call.ref.form && (await work.record(call.ref)))
    return startFlow(work, call.ref, call.flow, origin, call)
  if (!call.caller) return undefined
  const command = { type: 'child.ended', child: call.child, status: 'cancelled' } as const
  errand(work, { instance: call.caller.instance, app: call.ref.app }, command)
  return undefined
}

/** A record has changed: flows look again at the conditions they wait for. */
export async function lookAtConditions(work: Work, ref: RecordRef, origin: Origin): Promise<Rejection | undefined> {
  for (const { instance, status, snapshot } of await work.instancesOf(ref)) {
    if (status !== 'running' || !(snapshot.waits ?? []).some((wait) => wait.kind === 'condition')) continue
    const rejection = await advance(work, instance, { type: 'record.changed' }, origin)
    if (rejection) return rejection
  }
  return undefined
}

/** Cancels the running flows of a record, or the one named, with their tasks and timers. */
export async function endFlows(
  work: Work,
  ref: RecordRef,
  flow: string | null,
  origin: Origin,
): Promise<Rejection | undefined> {
  for (const instance of await work.instancesOf(ref)) {
    if ((instance.status !== 'running' && instance.status !== 'dead') || (flow !== null && instance.flow !== flow))
      continue
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
export const visitsPerCommand = 1000

/** What a command was meant for is over: nothing to do, not an error. */
export const isOver = ({ code }: Rejection): boolean =>
  code === 'timer.notArmed' || code === 'flow.notRunning' || code === 'flow.tokenGone'

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
    if (next.type === 'child.ended' && next.values) {
      const { values } = next
      const given = await updateRecord(
        work,
        { ref: refOf(instance), values, door: 'system' },
        within(origin, instance.flow, null),
      )
      if (!given.ok) return given.error
    }
    const budget = visitsPerCommand - work.flowVisits
    const agreed = await agreedBefore(work, instance, flow)
    const context = { ...(await flowContext(work, row, instance)), budget, ...(agreed ? { agreed } : {}) }
    const result = transition(flow, instance.snapshot, next, context)
    if (!result.ok) return result.error
    work.flowVisits += result.value.visits
    const { pending, snapshot } = result.value
    const refused = await apply(work, instance, result.value, origin)
    // Where nobody is there to correct something, the flow shows what is wrong: it catches the error or is stuck.
    const isForFlow = pending && (pending.catchesErrors || origin.source === 'timer')
    if (refused && !isForFlow) return refused
    if (snapshot.agenda) errand(work, instance, { type: 'resume' })
    next = !pending
      ? null
      : refused
        ? { type: 'fail', token: pending.token, code: refused.code }
        : { type: 'continue', token: pending.token }
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
    people: (who: Parameters<typeof resolvePeople>[0], inside: Facts) =>
      resolvePeople(who, {
        directory: work.world.directory,
        app: row.app,
        form,
        lookup: lookupFrom(work, row.app),
        facts: inside,
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
  const now = work.putInstance({
    ...instance,
    snapshot: step.snapshot,
    status,
    version: instance.version + 1,
    endedAt: status === 'completed' || status === 'cancelled' ? work.now : null,
  })
  for (const event of step.events) {
    const rejection = await tell(work, now, event, within(origin, instance.flow, 'node' in event ? event.node : null))
    if (rejection) return rejection
  }
  if (!step.pending) return undefined
  const cause = within(origin, instance.flow, step.pending.node)
  const { node, visit } = step.pending
  work.effectsOf = `flow/${instance.instance}/${node}/${visit}`
  const rejection = await carryOut(work, step.pending.actions, {
    ref: refOf(instance),
    origin: { ...cause, depth: origin.depth + 1 },
    more: { flow: { ...step.pending.variables, id: instance.flow, instance: instance.instance } },
  })
  work.effectsOf = null
  return rejection
}

const within = (origin: Origin, flow: string, node: string | null): Origin => ({
  source: origin.source === 'timer' ? 'timer' : 'flow',
  cause: node === null ? `flow:${flow}` : `flow:${flow}/${node}`,
  depth: origin.depth,
})
