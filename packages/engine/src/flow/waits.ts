import type { FlowNode } from '../definitions/flow.ts'
import type { Awaited, TimerTrigger, Trigger } from '../nodes/triggers.ts'
import { isStart } from './graph.ts'
import type { Run } from './run.ts'
import type { Scope, Token, Wait } from './types.ts'

/** What a wait hangs on: a token, or the level an event sub-process listens in. */
type Of = { readonly scope: string; readonly token?: string }

/** Begins to wait for what can be waited for; errors and escalations are not: they are looked up when thrown. */
export function arm(run: Run, node: string, visit: number, of: Of, on: Trigger): void {
  const wait = { node, visit, ...of }
  if ('timer' in on) {
    run.openWait({ ...wait, kind: 'timer', fired: 0 })
    const { timer } = on
    setTimer(run, wait, typeof timer === 'string' ? { within: timer } : timer, on)
  } else if ('message' in on) {
    const opened: Wait = { ...wait, kind: 'message', name: on.message, key: run.key(on.key, of.scope) }
    run.openWait(opened)
    awaitMessage(run, opened, on.ttl)
  } else if ('signal' in on) run.openWait({ ...wait, kind: 'signal', name: on.signal })
  else if ('condition' in on) {
    const held = run.holds(on.condition, of.scope)
    const opened: Wait = { ...wait, kind: 'condition', held }
    run.openWait(opened)
    if (held) run.happened.push(opened)
  }
}

/** The events on the boundary of an activity begin to watch. */
export function armBoundaries(run: Run, token: Token): void {
  for (const boundary of run.graph.boundaries(token.node))
    arm(run, boundary.id, token.visit, { scope: token.scope, token: token.id }, boundary.on)
}

/** The event sub-processes of a level begin to listen. */
export function armEventSubProcesses(run: Run, scope: Scope): void {
  for (const { start } of run.graph.eventSubProcesses(scope.node))
    if (start.on) arm(run, start.id, run.countVisit(start.id), { scope: scope.id }, start.on)
}

/** What does not interrupt goes on waiting, for the next time. */
export function waitOn(run: Run, wait: Wait, on: Trigger | Awaited): void {
  if ('message' in on) awaitMessage(run, wait, on.ttl)
  if (!('timer' in on)) return
  const fired = wait.fired ?? 0
  if (on.repeat === undefined || fired >= (on.repeat.times ?? Number.POSITIVE_INFINITY)) {
    run.dropWaits((other) => other.node === wait.node && other.visit === wait.visit)
    return
  }
  run.replaceWait({ ...wait, fired: fired + 1 })
  setTimer(run, wait, { within: on.repeat.every }, on)
}

/** A condition is looked at again: it happens when it becomes true. */
export function lookAtConditions(run: Run): void {
  for (const wait of run.waits) {
    const on = triggerOf(run.graph.nodes.get(wait.node))
    if (!on || !('condition' in on)) continue
    const held = run.holds(on.condition, wait.scope)
    if (held === wait.held) continue
    const looked = { ...wait, held }
    run.replaceWait(looked)
    if (held) run.happened.push(looked)
  }
}

const triggerOf = (node: FlowNode | undefined): Trigger | Awaited | undefined =>
  node && (isStart(node) || 'on' in node) ? node.on : undefined

function setTimer(
  run: Run,
  { node, visit }: Pick<Wait, 'node' | 'visit'>,
  due: { readonly within?: string; readonly until?: string },
  { calendar }: TimerTrigger,
): void {
  run.emit({
    type: 'timer.set',
    node,
    visit,
    within: due.within ?? null,
    until: due.until ?? null,
    calendar: calendar ?? null,
    from: run.moment,
  })
}

const awaitMessage = (run: Run, { node, visit, name = '', key = '' }: Wait, ttl: string | undefined): void =>
  run.emit({ type: 'message.awaited', node, visit, message: name, key, ttl: ttl ?? null })
