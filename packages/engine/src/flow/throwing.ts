import type { BoundaryNode, EventSubProcess } from './graph.ts'
import type { Run } from './run.ts'
import { cancelContents, cancelToken } from './scopes.ts'
import type { Scope, Token } from './types.ts'

type Kind = 'error' | 'escalation'
/** Where something thrown is caught: on the boundary of an activity, or by an event sub-process of a level. */
type Catcher =
  | { readonly boundary: BoundaryNode; readonly host: Token }
  | { readonly sub: EventSubProcess; readonly scope: Scope }

/**
 * An error goes outwards, level by level, to the first event that catches it, and ends what that event watches.
 * BPMN 2.0 §10.5.7. Nobody catches it: a called flow ends with it; else the token is dead.
 */
export function throwError(run: Run, from: Token, name: string): void {
  const catcher = catcherOf(run, from, 'error', name)
  const [root] = run.state.scopes
  if (catcher) handOver(run, catcher)
  else if (!run.state.caller || !root) run.die(from, 'flow.errorUncaught')
  else {
    cancelContents(run, root.id)
    run.finish('cancelled', { reason: 'flow.errorUncaught', error: name })
  }
}

/** The same for an escalation, which need not interrupt and may be caught by nobody. */
export function throwEscalation(run: Run, from: Token, name: string): void {
  const catcher = catcherOf(run, from, 'escalation', name)
  if (catcher) handOver(run, catcher)
}

/** Whether an error thrown by the activity at which a token stands would be caught. */
export const catchesErrors = (run: Run, from: Token): boolean => catcherOf(run, from, 'error', '') !== undefined

function catcherOf(run: Run, from: Token, kind: Kind, name: string): Catcher | undefined {
  // What is on an activity watches the activity as a whole: an item of it is inside.
  const isWhole = run.scope(from.scope)?.node !== from.node
  const own = isWhole ? boundaryOf(run, from, kind, name) : undefined
  if (own) return own
  for (let scope = run.scope(from.scope); scope; scope = run.scope(scope.parent)) {
    const sub = scope.item === undefined ? subOf(run, scope, kind, name) : undefined
    if (sub) return { sub, scope }
    const host = run.token(scope.host)
    const around = host && boundaryOf(run, host, kind, name)
    if (around) return around
  }
  return undefined
}

function boundaryOf(run: Run, host: Token, kind: Kind, name: string): Catcher | undefined {
  const boundary = best(run.graph.boundaries(host.node), ({ on }) => caughtName(on, kind), name)
  return boundary && { boundary, host }
}

const subOf = (run: Run, scope: Scope, kind: Kind, name: string): EventSubProcess | undefined =>
  best(run.graph.eventSubProcesses(scope.node), ({ start }) => caughtName(start.on, kind), name)

/** The one that names it; else the one that catches any. */
const best = <T>(all: readonly T[], caught: (one: T) => string | true | undefined, name: string): T | undefined =>
  all.find((one) => caught(one) === name) ?? all.find((one) => caught(one) === true)

function caughtName(on: object | undefined, kind: Kind): string | true | undefined {
  const caught = on === undefined ? undefined : (on as { readonly [K in Kind]?: string | true })[kind]
  return caught
}

function handOver(run: Run, catcher: Catcher): void {
  if ('boundary' in catcher) {
    const { boundary, host } = catcher
    if (isInterrupting(boundary)) cancelToken(run, host)
    run.arrive(boundary.id, host.scope)
  } else beginEventSubProcess(run, catcher.scope, catcher.sub)
}

/** An event sub-process begins: inside the level, instead of all else in it or beside it. */
export function beginEventSubProcess(run: Run, scope: Scope, { node, start }: EventSubProcess): Scope {
  if (isInterrupting(start)) cancelContents(run, scope.id)
  const inner = run.openScope({ parent: scope.id, node: node.id })
  run.arrive(start.id, inner.id)
  return inner
}

/** An error always ends what it is thrown out of; everything else unless the author says otherwise. */
export const isInterrupting = ({
  on,
  interrupting,
}: {
  readonly on?: object | undefined
  readonly interrupting?: boolean | undefined
}): boolean => interrupting !== false || (on !== undefined && 'error' in on)
