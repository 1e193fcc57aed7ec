import type { Id } from '../kernel/ids.ts'
import type { Run } from './run.ts'
import type { Activity, Ended, Scope, Token } from './types.ts'

/** A level has ended well: what was completed in it can be undone from outside. */
export function closeScope(run: Run, scope: Scope): void {
  run.dropWaits((wait) => wait.token === undefined && wait.scope === scope.id)
  run.removeScope(scope)
  const parent = run.scope(scope.parent)
  const node = scope.node === null ? undefined : run.graph.nodes.get(scope.node)
  const isUndoneAsAWhole = node !== undefined && 'compensatedBy' in node && node.compensatedBy !== undefined
  if (!parent || !scope.done?.length || (isUndoneAsAWhole && scope.item === undefined)) return
  const within = scope.item === undefined && scope.node !== null ? [scope.node] : []
  const done = scope.done.map((one) => ({ ...one, within: [...one.within, ...within] }))
  run.replaceScope({ ...parent, done: [...(parent.done ?? []), ...done] })
}

/** Ends a level and all below it at once. */
export function cancelScope(run: Run, scope: Scope): void {
  cancelContents(run, scope.id)
  run.removeScope(scope)
}

/** Ends everything that goes on in a level, which itself stays. */
export function cancelContents(run: Run, scope: Id): void {
  for (const inner of run.scopesIn(scope)) cancelScope(run, inner)
  for (const token of run.tokensIn(scope)) cancelToken(run, token)
  run.dropWaits((wait) => wait.token === undefined && wait.scope === scope)
  run.state.swallowing = (run.state.swallowing ?? []).filter((one) => one.scope !== scope)
}

/** Takes a token away with all that hangs on it: tasks, timers and other waits, inner levels, called flows. */
export function cancelToken(run: Run, token: Token, why: Ended = 'interrupted'): void {
  const activity = run.activityOf(token)
  if (activity) closeActivity(run, activity, why)
  run.dropWaits((wait) => wait.token === token.id)
  for (const scope of run.state.scopes) if (scope.host === token.id && run.scope(scope.id)) cancelScope(run, scope)
  run.state.compensating = (run.state.compensating ?? []).filter((one) => one.token !== token.id)
  run.consume(token)
}

/** Ends every token that stands at one of these nodes or on the way into one of them, in one level. */
export function cancelRegion(run: Run, scope: Id, nodes: ReadonlySet<string>): void {
  for (const token of run.tokensIn(scope)) if (nodes.has(token.node)) cancelToken(run, token)
}

/** Ends an activity: unanswered tasks, waits on its boundary, its called flow and its critical section go with it. */
export function closeActivity(run: Run, activity: Activity, why: Ended): void {
  const { node, visit, mutex } = activity
  for (const { task, outcome } of activity.tasks)
    if (outcome === null) run.emit({ type: 'task.cancelled', task, node, why })
  run.dropWaits((wait) => wait.token === activity.token)
  if (activity.child !== undefined && why !== 'answered') {
    const called = run.graph.nodes.get(node)
    const elsewhere = called !== undefined && 'record' in called && called.record !== undefined
    run.emit({ type: 'child.cancelled', node, child: activity.child, elsewhere })
  }
  if (mutex) run.emit({ type: 'mutex.released', node, visit, name: mutex.name, key: mutex.key })
  run.removeActivity(activity)
}
