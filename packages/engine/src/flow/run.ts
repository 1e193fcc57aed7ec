import { predicateOf } from '../conditions/predicate-of.ts'
import type { Edge, FlowNode } from '../definitions/flow.ts'
import type { Id } from '../kernel/ids.ts'
import { behaviourOf } from '../nodes/behaviours.ts'
import type { FlowGraph } from './graph.ts'
import type { Activity, FlowContext, FlowEvent, InstanceSnapshot, Token } from './types.ts'

/** Node visits one transition may make: a loop without a wait ends here instead of never. */
const stepBudget = 1000

/**
 * One call of `transition` at work: the snapshot opened for change, the events so far. Node behaviours speak to it;
 * nobody else sees it.
 */
export class Run {
  readonly graph: FlowGraph
  readonly context: FlowContext
  readonly events: FlowEvent[] = []
  tokens: Token[]
  activities: Activity[]
  readonly #snapshot: InstanceSnapshot
  readonly #visits: Record<string, number>
  #status: InstanceSnapshot['status']
  #reason: string | undefined
  #steps = 0

  constructor(graph: FlowGraph, snapshot: InstanceSnapshot, context: FlowContext) {
    this.graph = graph
    this.context = context
    this.#snapshot = snapshot
    this.tokens = [...snapshot.tokens]
    this.activities = [...snapshot.activities]
    this.#visits = { ...snapshot.visits }
    this.#status = snapshot.status
    this.#reason = snapshot.reason
  }

  get isRunning(): boolean {
    return this.#status === 'running'
  }

  /** A new token arrives at a node, by an edge or (start, boundary event) by none. */
  arrive(nodeId: string, scope: Id, edge?: string): void {
    if (!this.isRunning) return
    const node = this.graph.nodes.get(nodeId)
    this.#steps += 1
    if (!node || this.#steps > stepBudget) {
      this.die(node ? 'flow.budget' : 'flow.targetMissing')
      return
    }
    const token: Token = {
      id: this.context.newId(),
      scope,
      node: nodeId,
      visit: 0,
      since: this.context.now,
      ...(edge ? { edge } : {}),
    }
    this.tokens.push(token)
    behaviourOf(node).arrive(this, node, token)
  }

  /** Counts a visit and tells about it; joins call this only when they open. */
  enter(node: FlowNode, token: Token): Token {
    const visit = (this.#visits[node.id] ?? 0) + 1
    this.#visits[node.id] = visit
    const entered: Token = { id: token.id, scope: token.scope, node: node.id, visit, since: this.context.now }
    this.tokens = this.tokens.map((other) => (other.id === token.id ? entered : other))
    this.emit({ type: 'node.entered', node: node.id, visit, token: token.id })
    if (node.stage !== undefined) this.emit({ type: 'stage.reached', node: node.id, stage: node.stage })
    return entered
  }

  /** The token leaves its node along these edges; without any it ends here (implicit termination). */
  leave(token: Token, edges: readonly Edge[]): void {
    this.consume(token)
    this.emit({ type: 'node.left', node: token.node, visit: token.visit, edges: edges.map((edge) => edge.id) })
    for (const edge of edges) this.arrive(edge.to, token.scope, edge.id)
    this.endIfDone()
  }

  /**
   * The edges to take after an activity or event: those named for the outcome, else those named for none, each only
   * when its condition holds; the default edge when no other is taken.
   */
  waysOut(nodeId: string, outcome: string | null = null): readonly Edge[] | undefined {
    const all = this.graph.outgoing(nodeId)
    if (all.length === 0) return []
    const named = outcome === null ? [] : all.filter((edge) => edge.outcome === outcome)
    const eligible = named.length > 0 ? named : all.filter((edge) => edge.outcome === undefined)
    const taken = eligible.filter((edge) => edge.default !== true && this.holds(edge))
    const ways = taken.length > 0 ? taken : all.filter((edge) => edge.default === true).slice(0, 1)
    return ways.length > 0 ? ways : undefined
  }

  holds(edge: Edge): boolean {
    const { facts, form, lookup } = this.context
    return edge.when === undefined || predicateOf(edge.when, form, lookup)(facts)
  }

  consume(token: Token): void {
    this.tokens = this.tokens.filter((other) => other.id !== token.id)
  }

  emit(event: FlowEvent): void {
    this.events.push(event)
  }

  openActivity(activity: Activity): void {
    this.activities.push(activity)
  }

  replaceActivity(activity: Activity): void {
    this.activities = this.activities.map((other) => (other.token === activity.token ? activity : other))
  }

  /** Ends an activity: its unanswered tasks and the timers that watch it are cancelled. */
  closeActivity(activity: Activity, why: 'answered' | 'interrupted' | 'terminated'): void {
    for (const { task, outcome } of activity.tasks) {
      if (outcome === null) this.emit({ type: 'task.cancelled', task, node: activity.node, why })
    }
    for (const boundary of this.graph.boundaries(activity.node)) {
      this.emit({ type: 'timer.cancelled', node: boundary.id, visit: activity.visit })
    }
    this.activities = this.activities.filter((other) => other.token !== activity.token)
  }

  /** Ends every branch. */
  terminate(status: 'completed' | 'cancelled' | 'dead', reason?: string): void {
    for (const activity of this.activities) this.closeActivity(activity, 'terminated')
    for (const token of this.tokens) this.emit({ type: 'timer.cancelled', node: token.node, visit: token.visit })
    if (status !== 'dead') this.tokens = []
    this.#finish(status, reason)
  }

  /** No way on: the instance stops, visible, with a reason; its tokens stay for whoever repairs it. */
  die(reason: string): void {
    if (this.isRunning) this.terminate('dead', reason)
  }

  endIfDone(): void {
    if (this.isRunning && this.tokens.length === 0) this.#finish('completed')
  }

  #finish(status: 'completed' | 'cancelled' | 'dead', reason?: string): void {
    this.#status = status
    this.#reason = reason
    this.emit({ type: 'flow.ended', status, ...(reason === undefined ? {} : { reason }) })
  }

  snapshot(): InstanceSnapshot {
    return {
      ...this.#snapshot,
      status: this.#status,
      tokens: this.tokens,
      activities: this.activities,
      visits: this.#visits,
      ...(this.#reason === undefined ? {} : { reason: this.#reason }),
    }
  }
}
