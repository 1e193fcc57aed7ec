import type { FlowNode } from '../definitions/flow.ts'
import type { Json } from '../kernel/json.ts'
import type { Join } from '../nodes/activity-schemas.ts'
import { countOf } from '../nodes/share.ts'
import { compensateNext } from './compensation.ts'
import type { Run } from './run.ts'
import { cancelScope, closeActivity, closeScope } from './scopes.ts'
import type { Activity, Scope, Token } from './types.ts'
import { armBoundaries } from './waits.ts'

/** Items of one multi-instance activity. */
const mostItems = 1000

/** A token has come to an activity: critical section, then once, or once per item or round. */
export function beginActivity(run: Run, node: FlowNode, token: Token): void {
  const entered = run.enter(node, token)
  const plain: Activity = { token: token.id, node: node.id, visit: entered.visit, tasks: [] }
  const activity = token.sent === undefined ? plain : { ...plain, sent: token.sent }
  run.openActivity(activity)
  if (isItem(run, entered)) run.perform(node, entered)
  else {
    armBoundaries(run, entered)
    if ('mutex' in node && node.mutex !== undefined) requestMutex(run, node.mutex, entered, activity)
    else proceed(run, node, entered, activity)
  }
}

function requestMutex(run: Run, mutex: Mutex, token: Token, activity: Activity): void {
  const section =
    typeof mutex === 'string' ? { name: mutex, key: '' } : { name: mutex.name, key: run.key(mutex.key, token.scope) }
  run.replaceActivity({ ...activity, mutex: { ...section, granted: false } })
  run.emit({ type: 'mutex.requested', node: token.node, visit: token.visit, ...section })
}

/** The critical section is free for it. False: nobody waits for it there (any more). */
export function grantMutex(run: Run, nodeId: string, visit: number): boolean {
  const activity = run.activities.find((one) => one.node === nodeId && one.visit === visit)
  const token = activity && run.token(activity.token)
  const node = run.graph.nodes.get(nodeId)
  if (!token || !node || activity.mutex?.granted !== false) return false
  const granted = { ...activity, mutex: { ...activity.mutex, granted: true } }
  run.replaceActivity(granted)
  proceed(run, node, token, granted)
  return true
}

function proceed(run: Run, node: FlowNode, token: Token, activity: Activity): void {
  if ('multiInstance' in node && node.multiInstance) beginItems(run, node, node.multiInstance, token, activity)
  else if (!('loop' in node) || !node.loop) run.perform(node, token)
  else if (node.loop.while !== undefined && !run.holds(node.loop.while, token.scope)) completeActivity(run, token, null)
  else beginItem(run, node, { ...activity, items: { values: [], begun: 0, ended: 0 } }, {})
}

type Mutex = NonNullable<Extract<FlowNode, { mutex?: unknown }>['mutex']>
type MultiInstance = NonNullable<Extract<FlowNode, { multiInstance?: unknown }>['multiInstance']>

function beginItems(run: Run, node: FlowNode, multi: MultiInstance, token: Token, activity: Activity): void {
  const values = itemsOf(run, multi, token)
  if (values.length === 0) completeActivity(run, token, null)
  else if (values.length > mostItems) run.die(token, 'flow.tooManyItems')
  else {
    run.replaceActivity({ ...activity, items: { values, begun: 0, ended: 0 } })
    const first = multi.sequential === true ? 1 : values.length
    for (let at = 0; at < first; at += 1) nextItem(run, node, token)
  }
}

function itemsOf(run: Run, multi: MultiInstance, token: Token): readonly Json[] {
  if (multi.collection === undefined) return Array.from({ length: multi.cardinality ?? 0 }, (_, at) => at + 1)
  const value = run.evaluate(multi.collection, token.scope)
  return Array.isArray(value) ? value : value === null ? [] : [value]
}

function nextItem(run: Run, node: FlowNode, host: Token): void {
  const activity = run.activityOf(host)
  const multi = 'multiInstance' in node ? node.multiInstance : undefined
  if (!activity?.items) return
  const value = activity.items.values[activity.items.begun] ?? null
  beginItem(run, node, activity, multi ? { [multi.item]: value } : {})
}

function beginItem(run: Run, node: FlowNode, activity: Activity, variables: { readonly [name: string]: Json }): void {
  const host = run.token(activity.token)
  if (!host || !activity.items) return
  const { begun } = activity.items
  run.replaceActivity({ ...activity, items: { ...activity.items, begun: begun + 1 } })
  const scope = run.openScope({
    parent: host.scope,
    node: node.id,
    host: host.id,
    item: begun,
    variables: { ...variables, loop_counter: begun + 1 },
  })
  run.arrive(node.id, scope.id)
}

/** One more instance of an open multi-instance activity (BPMN has no word for it; pattern 15). */
export function addItem(run: Run, nodeId: string, value: Json): boolean {
  const node = run.graph.nodes.get(nodeId)
  const activity = run.activities.find((one) => one.node === nodeId && one.items !== undefined)
  const host = activity && run.token(activity.token)
  if (!node || !host || !activity.items || !('multiInstance' in node) || !node.multiInstance) return false
  const { values, begun } = activity.items
  run.replaceActivity({ ...activity, items: { ...activity.items, values: [...values, value] } })
  if (node.multiInstance.sequential !== true || begun === values.length) nextItem(run, node, host)
  return true
}

/** The work of an activity, or of one item of it, is done. */
export function completeActivity(run: Run, token: Token, outcome: string | null): void {
  const node = run.nodeOf(token)
  const activity = run.activityOf(token)
  const scope = run.scope(token.scope)
  if (!node || !scope) return
  if (activity) closeActivity(run, activity, 'answered')
  if (isItem(run, token)) {
    run.consume(token)
    endItem(run, scope, outcome)
    return
  }
  if ('compensatedBy' in node && node.compensatedBy !== undefined)
    remember(run, scope, { node: node.id, handler: node.compensatedBy })
  run.passOn(token, outcome)
}

function remember(
  run: Run,
  scope: Scope,
  { node, handler }: { readonly node: string; readonly handler: string },
): void {
  const done = { node, handler, within: [], variables: run.variables(scope.id) }
  run.replaceScope({ ...scope, done: [...(scope.done ?? []), done] })
}

/** A token that is one item or round of the activity it stands at. */
const isItem = (run: Run, token: Token): boolean => {
  const scope = run.scope(token.scope)
  return scope?.item !== undefined && scope.node === token.node
}

function endItem(run: Run, scope: Scope, outcome: string | null): void {
  closeScope(run, scope)
  const host = run.token(scope.host)
  const node = host && run.nodeOf(host)
  const activity = host && run.activityOf(host)
  if (!host || !node) return
  if (!activity?.items) {
    // It has undone something: the host is the event that wanted it.
    compensateNext(run, host)
    return
  }
  const items = { ...activity.items, ended: activity.items.ended + 1 }
  run.replaceActivity({ ...activity, items })
  if ('multiInstance' in node && node.multiInstance) afterItem(run, node, node.multiInstance, host, items, outcome)
  else if ('loop' in node && node.loop) afterRound(run, node, node.loop, host, items.ended, outcome)
}

type Loop = NonNullable<Extract<FlowNode, { loop?: unknown }>['loop']>

function afterRound(
  run: Run,
  node: FlowNode,
  { max, until, while: condition }: Loop,
  host: Token,
  rounds: number,
  outcome: string | null,
): void {
  const isOver =
    rounds >= max ||
    (until !== undefined && run.holds(until, host.scope)) ||
    (condition !== undefined && !run.holds(condition, host.scope))
  if (isOver) completeActivity(run, host, outcome)
  else nextItem(run, node, host)
}

function afterItem(
  run: Run,
  node: FlowNode,
  multi: MultiInstance,
  host: Token,
  items: NonNullable<Activity['items']>,
  outcome: string | null,
): void {
  const { length } = items.values
  if (items.ended >= needed(multi.join, length)) {
    endOthers(run, host, multi.join)
    completeActivity(run, host, outcome)
  } else if (multi.sequential === true && items.begun < length) nextItem(run, node, host)
}

/** How many of `total` are enough. */
export function needed(join: Join | undefined, total: number): number {
  const take = join?.take ?? 'all'
  if (take === 'all') return total
  if (take === 'first') return 1
  return Math.min(total, typeof take === 'number' ? take : countOf(take, total))
}

/** The items that are not needed any more: ended, or left to themselves. */
function endOthers(run: Run, host: Token, join: Join | undefined): void {
  for (const scope of run.state.scopes) {
    if (scope.host !== host.id || scope.item === undefined) continue
    if (join?.rest === 'cancel') cancelScope(run, scope)
    else {
      const { host: _, ...alone } = scope
      run.replaceScope(alone)
    }
  }
}
