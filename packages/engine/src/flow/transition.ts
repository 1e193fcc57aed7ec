import type { FlowDefinition } from '../definitions/flow.ts'
import type { Id } from '../kernel/ids.ts'
import type { Rejection } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { behaviourOf } from '../nodes/behaviours.ts'
import { passOn } from '../nodes/pass-on.ts'
import { flowGraph } from './graph.ts'
import { Run } from './run.ts'
import type { ContinueCommand, FlowCommand, FlowContext, FlowStep, InstanceSnapshot } from './types.ts'

/** What stands in an answered task of a node that offers no outcomes. */
const done = '*'

/** The snapshot of an instance that has not started. */
export const emptyInstance = (instance: Id, flow: string): InstanceSnapshot => ({
  instance,
  flow,
  status: 'running',
  scopes: [{ id: instance, parent: null, node: null }],
  tokens: [],
  activities: [],
  visits: {},
})

/**
 * Decides what a command does to one instance: the token game of BPMN 2.0. Executes nothing, reads no clock, throws
 * only on programming errors. A command that does not fit (task already answered, timer of a visit that is over)
 * is a rejection, and nothing changed.
 */
export function transition(
  definition: FlowDefinition,
  snapshot: InstanceSnapshot,
  command: FlowCommand | ContinueCommand,
  context: FlowContext,
): Result<FlowStep, Rejection> {
  if (snapshot.status !== 'running') return fail({ code: 'flow.notRunning' })
  const run = new Run(flowGraph(definition), snapshot, context)
  const rejection = apply(run, snapshot, command)
  if (rejection) return fail(rejection)
  return ok({ snapshot: run.snapshot(), events: run.events, pending: pendingActions(run) })
}

function apply(run: Run, snapshot: InstanceSnapshot, command: FlowCommand | ContinueCommand): Rejection | undefined {
  switch (command.type) {
    case 'start':
      return start(run, snapshot)
    case 'task.complete':
      return answer(run, command.task, command.outcome ?? done)
    case 'timer.fire':
      return fire(run, command.node, command.visit)
    case 'continue':
      return proceed(run, command.token)
    case 'cancel':
      run.terminate('cancelled', command.reason)
      return undefined
  }
}

function start(run: Run, snapshot: InstanceSnapshot): Rejection | undefined {
  const first = run.graph.definition.nodes.find(
    (node) => !behaviourOf(node).traits.mayHaveIncoming && !('attachedTo' in node),
  )
  if (!first) return { code: 'flow.noStart' }
  run.arrive(first.id, snapshot.instance)
  return undefined
}

function answer(run: Run, task: Id, outcome: string): Rejection | undefined {
  const activity = run.activities.find((open) => open.tasks.some((one) => one.task === task && one.outcome === null))
  const node = activity && run.graph.nodes.get(activity.node)
  if (!activity || !node) return { code: 'task.notOpen' }
  const answered = { ...activity, tasks: activity.tasks.map((one) => (one.task === task ? { ...one, outcome } : one)) }
  run.replaceActivity(answered)
  behaviourOf(node).answer?.(run, node, answered)
  return undefined
}

function fire(run: Run, nodeId: string, visit: number): Rejection | undefined {
  const node = run.graph.nodes.get(nodeId)
  const before = run.events.length
  if (node) behaviourOf(node).timer?.(run, node, visit)
  return run.events.length === before ? { code: 'timer.notArmed' } : undefined
}

function proceed(run: Run, tokenId: Id): Rejection | undefined {
  const token = run.tokens.find((other) => other.id === tokenId)
  if (!token) return { code: 'flow.tokenGone' }
  passOn(run, token)
  return undefined
}

function pendingActions(run: Run): FlowStep['pending'] {
  if (!run.isRunning) return null
  for (const token of run.tokens) {
    const node = run.graph.nodes.get(token.node)
    if (node && 'actions' in node) return { token: token.id, node: node.id, visit: token.visit, actions: node.actions }
  }
  return null
}
