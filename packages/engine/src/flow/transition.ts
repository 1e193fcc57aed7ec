import type { FlowDefinition } from '../definitions/flow.ts'
import type { Id } from '../kernel/ids.ts'
import type { Rejection } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { behaviourOf } from '../nodes/behaviours.ts'
import { commandTask } from '../nodes/userTask/commands.ts'
import { done } from '../nodes/userTask/verdict.ts'
import { addItem, completeActivity, grantMutex } from './activities.ts'
import { flowGraph } from './graph.ts'
import { startScope } from './levels.ts'
import { Run } from './run.ts'
import { cancelContents, closeActivity } from './scopes.ts'
import { catchesErrors, throwError } from './throwing.ts'
import type { ContinueCommand, FlowCommand, FlowContext, FlowStep, InstanceSnapshot, Opening, Wait } from './types.ts'
import { arm, lookAtConditions } from './waits.ts'

/** The snapshot of an instance that has not started. */
export const emptyInstance = (instance: Id, flow: string): InstanceSnapshot => ({
  instance,
  flow,
  status: 'running',
  scopes: [{ id: instance, parent: null, node: null }],
  tokens: [],
  activities: [],
  waits: [],
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
  if (!mayReact(snapshot, command)) return fail({ code: 'flow.notRunning' })
  const run = new Run(flowGraph(definition), snapshot, context)
  const rejection = apply(run, command)
  if (rejection) return fail(rejection)
  run.settle()
  const next = run.snapshot()
  return ok({ snapshot: next, events: run.events, pending: pendingActions(run, next), visits: run.steps })
}

const mayReact = ({ status }: InstanceSnapshot, { type }: FlowCommand | ContinueCommand): boolean =>
  status === 'running' || (status === 'dead' && (type === 'retry' || type === 'cancel'))

function apply(run: Run, command: FlowCommand | ContinueCommand): Rejection | undefined {
  switch (command.type) {
    case 'start':
      return start(run, command)
    case 'task.complete':
      return answer(run, command.task, command.outcome ?? done)
    case 'timer.fire':
      run.moment = command.dueAt ?? run.moment
      return happened(run, 'timer', command)
    case 'message':
      return message(run, command)
    case 'signal':
      return signal(run, command.name)
    case 'record.changed':
      lookAtConditions(run)
      return undefined
    case 'waits.open':
      for (const opening of command.open) openWait(run, opening)
      return undefined
    case 'mutex.grant':
      return grantMutex(run, command.node, command.visit) ? undefined : { code: 'flow.tokenGone' }
    case 'child.ended':
      return childEnded(run, command)
    case 'item.add':
      return addItem(run, command.node, command.item) ? undefined : { code: 'flow.tokenGone' }
    case 'continue':
    case 'fail':
      return proceed(run, command)
    case 'resume':
      if (!run.isOverBudget) return { code: 'timer.notArmed' }
      run.resume()
      return undefined
    case 'retry':
      return retry(run)
    case 'task.add':
    case 'task.remove':
    case 'task.return':
    case 'task.withdraw':
      return commandTask(run, command)
    case 'cancel':
      for (const scope of run.state.scopes) if (scope.parent === null) cancelContents(run, scope.id)
      run.finish('cancelled', { reason: command.reason })
      return undefined
  }
}

function openWait(run: Run, { node: id, visit, scope, token }: Opening): void {
  const node = run.graph.nodes.get(id)
  if (node && 'on' in node && node.on)
    arm(run, id, visit ?? run.countVisit(id), { scope, ...(token === undefined ? {} : { token }) }, node.on)
}

function start(run: Run, command: Extract<FlowCommand, { type: 'start' }>): Rejection | undefined {
  const { variables, depth, caller } = command
  if (depth !== undefined) run.state.depth = depth
  if (caller) run.state.caller = caller
  const [root] = run.state.scopes
  if (!root) return { code: 'flow.noStart' }
  const scope = variables ? { ...root, variables } : root
  run.replaceScope(scope)
  return startScope(run, scope) ? undefined : { code: 'flow.noStart' }
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

type At = { readonly node: string; readonly visit: number }

function happened(run: Run, kind: Wait['kind'], { node, visit }: At): Rejection | undefined {
  const wait = run.wait(node, visit)
  if (wait?.kind !== kind) return { code: 'timer.notArmed' }
  run.happened.push(wait)
  return undefined
}

function message(run: Run, command: Extract<FlowCommand, { type: 'message' }>): Rejection | undefined {
  const wait = run.wait(command.node, command.visit)
  if (wait?.name !== undefined && command.data !== undefined)
    run.setVariables(wait.scope, { [wait.name]: command.data })
  return happened(run, 'message', command)
}

function signal(run: Run, name: string): Rejection | undefined {
  const waiting = run.waits.filter((wait) => wait.kind === 'signal' && wait.name === name)
  run.happened.push(...waiting)
  return waiting.length > 0 ? undefined : { code: 'timer.notArmed' }
}

function childEnded(run: Run, command: Extract<FlowCommand, { type: 'child.ended' }>): Rejection | undefined {
  const activity = run.activities.find((one) => one.child === command.child)
  const token = activity && run.token(activity.token)
  if (!activity || !token) return { code: 'flow.tokenGone' }
  const { child: _, ...alone } = activity
  run.replaceActivity(alone)
  if (command.error !== undefined) throwError(run, token, command.error)
  else if (command.status === 'completed') completeActivity(run, token, null)
  else run.die(token, 'flow.childCancelled')
  return undefined
}

function proceed(run: Run, command: ContinueCommand): Rejection | undefined {
  const token = run.token(command.token)
  const activity = token && run.activityOf(token)
  if (!token || activity?.acts !== true) return { code: 'flow.tokenGone' }
  const { acts: _, ...acted } = activity
  run.replaceActivity(acted)
  if (command.type === 'continue') completeActivity(run, token, null)
  else if (catchesErrors(run, token)) throwError(run, token, '')
  else run.die(token, command.code)
  return undefined
}

/** Dead tokens arrive at their nodes once more, and what had used up its budget gets a new one. */
function retry(run: Run): Rejection | undefined {
  const dead = run.tokens.filter((token) => token.dead !== undefined)
  if (dead.length === 0 && run.state.status === 'running') return { code: 'flow.notDead' }
  run.state.status = 'running'
  delete run.state.reason
  for (const token of dead) {
    const activity = run.activityOf(token)
    if (activity) closeActivity(run, activity, 'interrupted')
    run.arriveAgain(token)
  }
  return undefined
}

function pendingActions(run: Run, { status }: InstanceSnapshot): FlowStep['pending'] {
  if (status !== 'running') return null
  for (const activity of run.activities) {
    const token = run.token(activity.token)
    const node = run.graph.nodes.get(activity.node)
    const actions = node && behaviourOf(node).actions?.(node)
    if (token && node && activity.acts && actions)
      return {
        token: token.id,
        node: node.id,
        visit: token.visit,
        actions,
        variables: run.variables(token.scope),
        catchesErrors: catchesErrors(run, token),
      }
  }
  return null
}
