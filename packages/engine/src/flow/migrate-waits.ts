import { behaviourOf } from '../nodes/behaviours.ts'
import type { Awaited, Trigger } from '../nodes/triggers.ts'
import type { Migrated, MigrationEvent, Move } from './migrate.ts'
import type { Opening, Token, Wait } from './types.ts'

type Carried = Pick<Migrated, 'events' | 'open'> & { readonly waits: readonly Wait[] }

/** What the events of an instance wait for, carried over: kept with their moment, closed, or opened anew. */
export function moveWaits(move: Move): Carried {
  const kept: Wait[] = []
  const events: MigrationEvent[] = []
  const open: Opening[] = []
  for (const wait of move.snapshot.waits) {
    const token = move.snapshot.tokens.find((one) => one.id === wait.token)
    const carried: Wait = { ...wait, ...placeOf(move, wait, token) }
    const [before, after] = [triggerOf(move, 'old', wait.node), counterpart(move, wait, token)]
    if (before && after && goesOn(move, before, after)) {
      kept.push(carried)
      if (wait.kind === 'timer' && (carried.node !== wait.node || carried.visit !== wait.visit))
        events.push({ type: 'timer.moved', from: here(wait), to: here(carried) })
      continue
    }
    if (wait.kind === 'timer') events.push({ type: 'timer.cancelled', ...here(wait) })
    if (after) open.push(openingOf(carried))
  }
  return { waits: kept, events, open: [...open, ...added(move)] }
}

const here = ({ node, visit }: Wait) => ({ node, visit })
const openingOf = ({ node, visit, scope, token }: Wait): Opening => ({
  node,
  visit,
  scope,
  ...(token === undefined ? {} : { token }),
})

/** A boundary event counts with the activity it watches, every other event for itself. */
function placeOf(move: Move, wait: Wait, token: Token | undefined): { readonly node: string; readonly visit: number } {
  const isBoundary = watches(move, wait.node)
  const counted = isBoundary && token ? token.node : wait.node
  return { node: move.target(wait.node), visit: move.place({ node: counted, visit: wait.visit }).visit }
}

const watches = (move: Move, node: string): boolean => {
  const found = move.old.nodes.get(node)
  return found !== undefined && 'attachedTo' in found
}

/** A timer goes on as it was set, unless it is to be counted anew; whatever else is awaited must be the same. */
function goesOn(move: Move, before: Trigger | Awaited, after: Trigger | Awaited): boolean {
  const isSame = JSON.stringify(before) === JSON.stringify(after)
  return isSame || ('timer' in before && 'timer' in after && move.options.recompute !== true)
}

function triggerOf(move: Move, version: 'old' | 'next', id: string): Trigger | Awaited | undefined {
  const node = move[version].nodes.get(id)
  return node && 'on' in node ? node.on : undefined
}

/** What the new version waits for in the place of this; undefined: nothing any more. */
function counterpart(move: Move, wait: Wait, token: Token | undefined): Trigger | Awaited | undefined {
  const target = move.target(wait.node)
  const after = move.next.nodes.get(target)
  if (!after || move.nodeReason(wait.node)) return undefined
  if ('attachedTo' in after && token && after.attachedTo !== move.target(token.node)) return undefined
  const isBranch = token !== undefined && token.node !== wait.node && !('attachedTo' in after)
  if (isBranch && !move.next.outgoing(move.target(token.node)).some((edge) => edge.to === target)) return undefined
  return triggerOf(move, 'next', target)
}

/** Events that only the new version has where the instance stands. */
function added(move: Move): readonly Opening[] {
  return [
    ...move.snapshot.activities.flatMap((activity) => boundariesAdded(move, activity.token)),
    ...branchesAdded(move),
    ...listenersAdded(move),
  ]
}

function boundariesAdded(move: Move, id: string): readonly Opening[] {
  const token = move.snapshot.tokens.find((one) => one.id === id)
  if (!token) return []
  const known = new Set(move.old.boundaries(token.node).map((boundary) => move.target(boundary.id)))
  return move.next
    .boundaries(move.target(token.node))
    .filter((boundary) => !known.has(boundary.id))
    .map((boundary) => ({ node: boundary.id, visit: move.place(token).visit, scope: token.scope, token: token.id }))
}

function branchesAdded(move: Move): readonly Opening[] {
  return move.snapshot.tokens.flatMap((token) => {
    const node = move.old.nodes.get(token.node)
    if (!node || token.visit === 0 || behaviourOf(node).traits.eventsChoose !== true) return []
    const known = new Set(move.old.outgoing(node.id).map((edge) => move.target(edge.to)))
    return move.next
      .outgoing(move.target(node.id))
      .filter((edge) => !known.has(edge.to))
      .map((edge) => ({ node: edge.to, scope: token.scope, token: token.id }))
  })
}

function listenersAdded(move: Move): readonly Opening[] {
  return move.snapshot.scopes.flatMap((scope) => {
    if (scope.item !== undefined) return []
    const known = new Set(move.old.eventSubProcesses(scope.node).map(({ start }) => move.target(start.id)))
    return move.next
      .eventSubProcesses(scope.node === null ? null : move.target(scope.node))
      .filter(({ start }) => !known.has(start.id))
      .map(({ start }) => ({ node: start.id, scope: scope.id }))
  })
}
