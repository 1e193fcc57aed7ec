import { evaluateValue } from '../conditions/evaluate-value.ts'
import { predicateOf } from '../conditions/predicate-of.ts'
import type { Condition } from '../definitions/condition.ts'
import type { Edge, FlowNode } from '../definitions/flow.ts'
import type { ValueExpression } from '../definitions/value-expression.ts'
import type { Facts } from '../facts.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Json } from '../kernel/json.ts'
import { behaviourOf } from '../nodes/behaviours.ts'
import type { NodeTraits } from '../nodes/contract.ts'
import { beginActivity } from './activities.ts'
import { formerWaits } from './former-waits.ts'
import type { FlowGraph } from './graph.ts'
import { openWhatCanOpen } from './joins.ts'
import { closeFinishedScope } from './levels.ts'
import type {
  Activity,
  FlowContext,
  FlowEvent,
  InstanceSnapshot,
  Scope,
  Sent,
  Token,
  Variables,
  Wait,
} from './types.ts'
import { noVariables, variablesIn } from './variables.ts'

/** Node visits one transaction may make; the rest is done in the next ones. */
const stepBudget = 1000
/** Transactions in a row that may use up their budget: a loop without a wait ends here instead of never. */
const mostOverruns = 100

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/**
 * One call of `transition` at work: the snapshot opened for change, the events so far, and the primitives that node
 * behaviours and the other files of this folder are written in. Whatever moves tokens puts them on the agenda; `settle`
 * works it off until all is quiet.
 */
export class Run {
  readonly graph: FlowGraph
  readonly context: FlowContext
  readonly events: FlowEvent[] = []
  readonly state: Mutable<InstanceSnapshot>
  /** Waits that have happened while others were dealt with. */
  readonly happened: Wait[] = []
  /** When what is dealt with was due: repeating timers count on from here. */
  moment: Instant
  steps = 0
  readonly #agenda: Id[]
  readonly #visits: { [node: string]: number }
  // Of this run alone, and most of what it changes.
  readonly #tokens: Token[]
  readonly #activities: Activity[]

  constructor(graph: FlowGraph, snapshot: InstanceSnapshot, context: FlowContext) {
    this.graph = graph
    this.context = context
    this.moment = context.now
    this.#visits = { ...snapshot.visits }
    this.#tokens = [...snapshot.tokens]
    this.#activities = [...snapshot.activities]
    this.state = {
      ...snapshot,
      tokens: this.#tokens,
      activities: this.#activities,
      waits: snapshot.waits ?? formerWaits(graph, snapshot),
      visits: this.#visits,
    }
    this.#agenda = [...(snapshot.agenda ?? [])]
    delete this.state.agenda
  }

  get isRunning(): boolean {
    return this.state.status === 'running'
  }

  get tokens(): readonly Token[] {
    return this.#tokens
  }

  get activities(): readonly Activity[] {
    return this.#activities
  }

  get waits(): readonly Wait[] {
    return this.state.waits
  }

  emit(event: FlowEvent): void {
    this.events.push(event)
  }

  // ---- tokens

  token(id: Id | undefined): Token | undefined {
    return this.tokens.find((token) => token.id === id)
  }

  tokensIn(scope: Id): readonly Token[] {
    return this.tokens.filter((token) => token.scope === scope)
  }

  nodeOf(token: Token): FlowNode | undefined {
    return this.graph.nodes.get(token.node)
  }

  /** A new token arrives at a node, by an edge or (start, boundary event, item) by none; it is dealt with in its turn. */
  arrive(node: string, scope: Id, edge?: string, sent?: Sent): Token {
    const token: Token = {
      id: this.context.newId(),
      scope,
      node,
      visit: 0,
      since: this.context.now,
      ...(edge === undefined ? {} : { edge }),
      ...(sent === undefined ? {} : { sent }),
    }
    this.#tokens.push(token)
    this.#agenda.push(token.id)
    return token
  }

  /** Counts a visit and tells about it; joins call this only when they open. */
  enter(node: FlowNode, token: Token, visit = this.countVisit(node.id)): Token {
    const entered: Token = { id: token.id, scope: token.scope, node: node.id, visit, since: this.context.now }
    this.#replaceToken(entered)
    this.emit({ type: 'node.entered', node: node.id, visit, token: token.id })
    if (node.stage !== undefined) this.emit({ type: 'stage.reached', node: node.id, stage: node.stage })
    return entered
  }

  countVisit(node: string): number {
    const visit = (this.#visits[node] ?? 0) + 1
    this.#visits[node] = visit
    return visit
  }

  consume(token: Token): void {
    const at = this.#tokens.findIndex((other) => other.id === token.id)
    if (at >= 0) this.#tokens.splice(at, 1)
  }

  #replaceToken(token: Token): void {
    const at = this.#tokens.findIndex((other) => other.id === token.id)
    if (at >= 0) this.#tokens[at] = token
  }

  /** The token leaves its node along these edges; without any it ends here (implicit termination). */
  leave(token: Token, edges: readonly Edge[]): void {
    this.consume(token)
    this.emit({ type: 'node.left', node: token.node, visit: token.visit, edges: edges.map((edge) => edge.id) })
    for (const edge of edges) this.arrive(edge.to, token.scope, edge.id)
  }

  /** The token leaves by every way that is open; with ways drawn but none open it is dead, never silently gone. */
  passOn(token: Token, outcome: string | null = null): void {
    const ways = this.waysOut(token, outcome)
    if (ways === undefined) this.die(token, 'flow.noWayOut')
    else this.leave(token, ways)
  }

  /**
   * The edges to take after an activity or event: those named for the outcome, else those named for none, each only
   * when its condition holds; the default edge when no other is taken.
   */
  waysOut(token: Token, outcome: string | null = null): readonly Edge[] | undefined {
    const all = this.graph.outgoing(token.node)
    if (all.length === 0) return []
    const named = outcome === null ? [] : all.filter((edge) => edge.outcome === outcome)
    const eligible = named.length > 0 ? named : all.filter((edge) => edge.outcome === undefined)
    const taken = eligible.filter((edge) => edge.default !== true && this.isOpen(edge, token.scope))
    const ways = taken.length > 0 ? taken : all.filter((edge) => edge.default === true).slice(0, 1)
    return ways.length > 0 ? ways : undefined
  }

  /** No way on: the token stays where it is, visible, with the reason, until somebody has it tried again. */
  die(token: Token, reason: string): void {
    const standing = this.token(token.id)
    if (standing) this.#replaceToken({ ...standing, dead: reason })
    this.emit({ type: 'token.dead', node: token.node, reason })
  }

  /** The token arrives at its node once more. */
  arriveAgain({ dead: _, ...token }: Token): void {
    this.#replaceToken({ ...token, visit: 0 })
    this.#agenda.push(token.id)
  }

  // ---- facts

  /** What conditions and formulas see inside a scope: its values, and those around it, in the fact `flow`. */
  facts(scope: Id): Facts {
    const { facts } = this.context
    const variables = this.variables(scope)
    return variables === noVariables ? facts : { ...facts, flow: { ...variables, ...facts.flow } }
  }

  variables(scope: Id): Variables {
    return variablesIn(this.state.scopes, scope)
  }

  setVariables(id: Id, variables: Variables): void {
    this.#putScope(id, (scope) => ({ ...scope, variables: { ...scope.variables, ...variables } }))
  }

  isOpen(edge: Edge, scope: Id): boolean {
    return edge.when === undefined || this.holds(edge.when, scope)
  }

  holds(condition: Condition, scope: Id): boolean {
    const { form, lookup } = this.context
    return predicateOf(condition, form, lookup)(this.facts(scope))
  }

  evaluate(expression: ValueExpression, scope: Id): Json {
    const { form, lookup } = this.context
    return evaluateValue(expression, this.facts(scope), form, lookup) as Json
  }

  /** A key as text; blank where the expression gives nothing. Absent: the id of the record. */
  key(expression: ValueExpression | undefined, scope: Id): string {
    const value = expression === undefined ? (this.context.facts.record?.id ?? '') : this.evaluate(expression, scope)
    return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
  }

  // ---- activities

  activityOf(token: Token): Activity | undefined {
    return this.activities.find((activity) => activity.token === token.id)
  }

  openActivity(activity: Activity): void {
    this.#activities.push(activity)
  }

  replaceActivity(activity: Activity): void {
    const at = this.#activities.findIndex((other) => other.token === activity.token)
    if (at >= 0) this.#activities[at] = activity
  }

  removeActivity(activity: Activity): void {
    const at = this.#activities.findIndex((other) => other.token === activity.token)
    if (at >= 0) this.#activities.splice(at, 1)
  }

  // ---- scopes and waits

  scope(id: Id | null | undefined): Scope | undefined {
    return this.state.scopes.find((scope) => scope.id === id)
  }

  scopesIn(parent: Id): readonly Scope[] {
    return this.state.scopes.filter((scope) => scope.parent === parent)
  }

  openScope(scope: Omit<Scope, 'id'>): Scope {
    const opened = { id: this.context.newId(), ...scope }
    this.state.scopes = [...this.state.scopes, opened]
    return opened
  }

  replaceScope(scope: Scope): void {
    this.#putScope(scope.id, () => scope)
  }

  removeScope(scope: Scope): void {
    this.state.scopes = this.state.scopes.filter((other) => other.id !== scope.id)
  }

  #putScope(id: Id, change: (scope: Scope) => Scope): void {
    this.state.scopes = this.state.scopes.map((scope) => (scope.id === id ? change(scope) : scope))
  }

  openWait(wait: Wait): void {
    this.state.waits = [...this.waits, wait]
  }

  replaceWait(wait: Wait): void {
    this.state.waits = this.waits.map((other) => (isSame(other, wait) ? wait : other))
  }

  /** Takes waits away; their timers are cancelled. */
  dropWaits(which: (wait: Wait) => boolean): void {
    for (const wait of this.waits)
      if (which(wait) && wait.kind === 'timer')
        this.emit({ type: 'timer.cancelled', node: wait.node, visit: wait.visit })
    this.state.waits = this.waits.filter((wait) => !which(wait))
  }

  wait(node: string, visit: number): Wait | undefined {
    return this.waits.find((wait) => wait.node === node && wait.visit === visit)
  }

  // ---- the loop

  /** Works until all is quiet: arrivals in their order, what has happened meanwhile, joins, scopes that are over. */
  settle(): void {
    while (this.isRunning && (this.#next() || this.#happen() || openWhatCanOpen(this) || closeFinishedScope(this)));
  }

  #next(): boolean {
    if (this.steps >= (this.context.budget ?? stepBudget)) return false
    const id = this.#agenda.shift()
    if (id === undefined) return false
    const token = this.token(id)
    if (token) this.#dealWith(token)
    return true
  }

  #dealWith(token: Token): void {
    this.steps += 1
    const node = this.nodeOf(token)
    if (!node) this.die(token, 'flow.targetMissing')
    else if (this.traitsOf(node).isActivity) beginActivity(this, node, token)
    else behaviourOf(node).arrive(this, node, token)
  }

  #happen(): boolean {
    const wait = this.happened.shift()
    // What it belongs to may be over by now.
    const node = wait && this.graph.nodes.get(wait.node)
    if (node && this.waits.some((other) => isSame(other, wait))) behaviourOf(node).happen?.(this, node, wait)
    return wait !== undefined
  }

  /** Goes on with what was left over; what does not come to rest is given up, visible. */
  resume(): void {
    const overruns = (this.state.overruns ?? 0) + 1
    this.state.overruns = overruns
    if (overruns > mostOverruns)
      for (const id of this.#agenda.splice(0)) {
        const token = this.token(id)
        if (token) this.die(token, 'flow.budget')
      }
  }

  get isOverBudget(): boolean {
    return this.#agenda.length > 0
  }

  traitsOf(node: FlowNode): NodeTraits {
    return behaviourOf(node).traits
  }

  /** The work of an activity itself begins. */
  perform(node: FlowNode, token: Token): void {
    behaviourOf(node).arrive(this, node, token)
  }

  finish(status: 'completed' | 'cancelled', more: { readonly reason?: string; readonly error?: string } = {}): void {
    this.state.status = status
    if (more.reason !== undefined) this.state.reason = more.reason
    this.emit({ type: 'flow.ended', status, ...more })
  }

  /** The snapshot as it is now; an instance in which nothing can move any more is dead. */
  snapshot(): InstanceSnapshot {
    if (!this.isRunning) return this.state
    if (this.isOverBudget) return { ...this.state, agenda: [...this.#agenda] }
    delete this.state.overruns
    const dead = this.tokens.find((token) => token.dead !== undefined)
    const canMove = this.waits.length > 0 || this.activities.some((activity) => !this.#isDead(activity.token))
    if (dead === undefined && (canMove || this.tokens.length === 0)) return this.state
    const reason = dead?.dead ?? 'flow.joinStuck'
    if (dead === undefined) for (const token of this.tokens) this.emit({ type: 'token.dead', node: token.node, reason })
    return { ...this.state, status: canMove ? 'running' : 'dead', reason }
  }

  #isDead(id: Id): boolean {
    return this.token(id)?.dead !== undefined
  }
}

const isSame = (one: Wait, other: Wait): boolean => one.node === other.node && one.visit === other.visit
