import type { FlowDefinition, FlowNode } from '../definitions/flow.ts'
import type { Id } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { type FlowGraph, flowGraph } from './graph.ts'
import { moveWaits } from './migrate-waits.ts'
import type { Activity, Completed, FlowEvent, InstanceSnapshot, Opening, Swallowing, Token } from './types.ts'

/** Which node of the new version takes over from which of the old one. A node that is not named stands for itself. */
export type NodeMapping = { readonly [node: string]: string }

/** Why an instance cannot go over to another version, with the place in the old one that stands in the way. */
export type MigrationReason = {
  readonly code:
    | 'migration.nodeGone'
    | 'migration.typeChanged'
    | 'migration.levelChanged'
    | 'migration.edgeGone'
    | 'migration.mutexHeld'
    | 'migration.flowGone'
    | 'migration.ended'
  readonly node: string
  readonly edge?: string
}

/** A waiting place: timers are keyed by it. */
export type Place = { readonly node: string; readonly visit: number }
export type MigrationEvent =
  | Extract<FlowEvent, { type: 'timer.cancelled' }>
  /** The timer goes on under another name; its moment stays. */
  | { readonly type: 'timer.moved'; readonly from: Place; readonly to: Place }
  /** An open task belongs to another node now; its assignee, limit and draft stay. */
  | { readonly type: 'task.moved'; readonly task: Id; readonly to: Place }

export type MigrationOptions = {
  readonly mapping?: NodeMapping
  /** Timers whose definition has changed are counted anew, from now; absent: they keep their moment. */
  readonly recompute?: boolean
}
export type Migrated = {
  readonly snapshot: InstanceSnapshot
  readonly events: readonly MigrationEvent[]
  /** What the new version waits for besides: to be opened there by the command `waits.open`. */
  readonly open: readonly Opening[]
}

/**
 * Takes a running instance from one version of its flow to another, whole or not at all. Every place it stands at must
 * have its counterpart: equal type, equal sub-process around it; a token that waits at a join needs the edge it came by.
 * Nothing is entered, left or answered: the instance stands where it stood. To the identical version it is the identity.
 */
export function migrate(
  from: FlowDefinition,
  to: FlowDefinition,
  snapshot: InstanceSnapshot,
  options: MigrationOptions = {},
): Result<Migrated, readonly MigrationReason[]> {
  const move = new Move(flowGraph(from), flowGraph(to), snapshot, options)
  const reasons = move.reasons()
  return reasons.length > 0 ? fail(reasons) : ok(move.made())
}

/** One migration at work: where each node of the old version is in the new one, and how visits are counted on. */
export class Move {
  readonly old: FlowGraph
  readonly next: FlowGraph
  readonly snapshot: InstanceSnapshot
  readonly options: MigrationOptions
  readonly #visits: { [node: string]: number } = {}
  readonly #shift = new Map<string, number>()

  constructor(old: FlowGraph, next: FlowGraph, snapshot: InstanceSnapshot, options: MigrationOptions) {
    this.old = old
    this.next = next
    this.snapshot = snapshot
    this.options = options
    this.#countVisits()
  }

  target(node: string): string {
    return this.options.mapping?.[node] ?? node
  }

  place({ node, visit }: Place): Place {
    return { node: this.target(node), visit: visit === 0 ? 0 : visit + (this.#shift.get(node) ?? 0) }
  }

  reasons(): readonly MigrationReason[] {
    const { status, tokens } = this.snapshot
    if (status === 'completed' || status === 'cancelled')
      return [{ code: 'migration.ended', node: tokens[0]?.node ?? '' }]
    const found = [
      ...tokens.map((token) => this.#tokenReason(token)),
      ...this.#levelReasons(),
      ...this.#undoable().flatMap(({ node, handler }) => [this.nodeReason(node), this.nodeReason(handler)]),
      ...(this.snapshot.swallowing ?? []).flatMap((one) => this.#swallowingReasons(one)),
      ...this.snapshot.activities.map((activity) => this.#mutexReason(activity)),
    ]
    const distinct = new Map(found.flatMap((reason) => (reason ? [[JSON.stringify(reason), reason] as const] : [])))
    return [...distinct.values()]
  }

  made(): Migrated {
    const { snapshot } = this
    const waits = moveWaits(this)
    const { compensating, swallowing } = snapshot
    return {
      events: [...snapshot.activities.flatMap((activity) => this.#tasksMoved(activity)), ...waits.events],
      open: waits.open,
      snapshot: {
        ...snapshot,
        scopes: snapshot.scopes.map((scope) => ({
          ...scope,
          node: scope.node === null ? null : this.target(scope.node),
          ...(scope.done === undefined ? {} : { done: scope.done.map((one) => this.#completed(one)) }),
        })),
        tokens: snapshot.tokens.map((token) => ({ ...token, ...this.place(token) })),
        activities: snapshot.activities.map((activity) => ({ ...activity, ...this.place(activity) })),
        waits: waits.waits,
        visits: this.#visits,
        ...(swallowing === undefined
          ? {}
          : { swallowing: swallowing.map((one) => ({ ...one, node: this.target(one.node) })) }),
        ...(compensating === undefined
          ? {}
          : {
              compensating: compensating.map(({ token, left }) => ({
                token,
                left: left.map((one) => this.#completed(one)),
              })),
            }),
      },
    }
  }

  #completed(done: Completed): Completed {
    return {
      ...done,
      node: this.target(done.node),
      handler: this.target(done.handler),
      within: done.within.map((level) => this.target(level)),
    }
  }

  /** Nodes that keep their name count first; what is added to them counts on from there, so no visit is told twice. */
  #countVisits(): void {
    const nodes = Object.entries(this.snapshot.visits)
    for (const isRenamed of [false, true])
      for (const [node, visits] of nodes) {
        const target = this.target(node)
        if ((target !== node) !== isRenamed) continue
        this.#shift.set(node, this.#visits[target] ?? 0)
        this.#visits[target] = (this.#visits[target] ?? 0) + visits
      }
  }

  #tokenReason(token: Token): MigrationReason | undefined {
    return (
      this.nodeReason(token.node) ?? (token.edge === undefined ? undefined : this.#edgeReason(token.node, token.edge))
    )
  }

  /** A place in the queue of a critical section is kept under the node's name: it cannot change hands. */
  #mutexReason(activity: Activity): MigrationReason | undefined {
    const { node, visit } = this.place(activity)
    const stays = activity.mutex === undefined || (node === activity.node && visit === activity.visit)
    return stays ? undefined : { code: 'migration.mutexHeld', node: activity.node }
  }

  #edgeReason(node: string, id: string): MigrationReason | undefined {
    return this.next.edges.get(id)?.to === this.target(node)
      ? undefined
      : { code: 'migration.edgeGone', node, edge: id }
  }

  #swallowingReasons({ node, edges }: Swallowing): readonly (MigrationReason | undefined)[] {
    return edges.map((edge) => this.#edgeReason(node, edge))
  }

  /** What has been completed and may still have to be undone. */
  #undoable(): readonly Completed[] {
    const { scopes, compensating = [] } = this.snapshot
    return [...scopes.flatMap(({ done = [] }) => done), ...compensating.flatMap(({ left }) => left)]
  }

  nodeReason(id: string): MigrationReason | undefined {
    const [before, after] = [this.old.nodes.get(id), this.next.nodes.get(this.target(id))]
    if (!before || !after) return { code: 'migration.nodeGone', node: id }
    if (before.type !== after.type) return { code: 'migration.typeChanged', node: id }
    return this.#sameLevel(before, after) ? undefined : { code: 'migration.levelChanged', node: id }
  }

  #sameLevel(before: FlowNode, after: FlowNode): boolean {
    const expected = levelsOf(this.old, before).map((level) => this.target(level))
    if (JSON.stringify(expected) !== JSON.stringify(levelsOf(this.next, after))) return false
    return repeats.every((way) => way in before === way in after)
  }

  #levelReasons(): readonly (MigrationReason | undefined)[] {
    return this.snapshot.scopes.map(({ node }) => (node === null ? undefined : this.nodeReason(node)))
  }

  #tasksMoved(activity: Activity): readonly MigrationEvent[] {
    const to = this.place(activity)
    if (to.node === activity.node && to.visit === activity.visit) return []
    return activity.tasks
      .filter(({ outcome }) => outcome === null)
      .map(({ task }) => ({ type: 'task.moved' as const, task, to }))
  }
}

/** Items and rounds are levels of their own. */
const repeats = ['multiInstance', 'loop'] as const

/** The sub-processes around a node, the innermost first. */
function levelsOf(graph: FlowGraph, node: FlowNode): readonly string[] {
  const levels: string[] = []
  for (
    let parent = node.parent;
    parent !== undefined && !levels.includes(parent);
    parent = graph.nodes.get(parent)?.parent
  )
    levels.push(parent)
  return levels
}
