import type { Edge, FlowNode } from '../definitions/flow.ts'
import type { Id } from '../kernel/ids.ts'
import { needed } from './activities.ts'
import { blockBefore } from './block.ts'
import type { Run } from './run.ts'
import { cancelRegion } from './scopes.ts'
import type { Token } from './types.ts'

type Gateway = Extract<FlowNode, { join?: unknown }>

/** The first token on each incoming edge of a gateway, in one level. */
function firstPerEdge(run: Run, node: string, scope: Id): ReadonlyMap<string, Token> {
  const first = new Map<string, Token>()
  for (const token of run.tokens)
    if (token.node === node && token.scope === scope && token.visit === 0 && token.edge !== undefined)
      if (!first.has(token.edge)) first.set(token.edge, token)
  return first
}

/**
 * A token has come to a gateway that joins. It opens when enough edges have a token; one per edge is consumed, further
 * ones wait for the next round (counting tokens instead of edges is the deviation of several peers).
 */
export function arriveAtJoin(run: Run, node: Gateway, token: Token): void {
  if (token.edge === undefined) openWith(run, node, [token])
  else for (let again = true; again; ) again = swallow(run, node, token.scope) || openIfEnough(run, node, token.scope)
}

function openIfEnough(run: Run, node: Gateway, scope: Id): boolean {
  if (isSwallowing(run, node.id, scope)) return false
  const edges = run.graph.incoming(node.id)
  const waiting = firstPerEdge(run, node.id, scope)
  if (waiting.size === 0 || waiting.size < needed(node.join, edges.length)) return false
  openWith(run, node, [...waiting.values()])
  const rest = edges.filter((edge) => !waiting.has(edge.id))
  if (rest.length > 0) disposeOf(run, node, scope, rest)
  return true
}

function openWith(run: Run, node: Gateway, tokens: readonly Token[]): void {
  const [token, ...others] = tokens
  if (!token) return
  for (const other of others) run.consume(other)
  const entered = run.enter(node, token)
  const ways = waysOut(run, node, entered)
  if (ways) run.leave(entered, ways)
  else run.die(entered, 'flow.noWayOut')
}

/** Parallel: every way. Inclusive: every way whose condition holds, else the default. */
function waysOut(run: Run, node: Gateway, token: Token): readonly Edge[] | undefined {
  const all = run.graph.outgoing(node.id)
  if (run.traitsOf(node).takesAllWays === true || all.length === 0) return all
  const open = all.filter((edge) => edge.default !== true && run.isOpen(edge, token.scope))
  const ways = open.length > 0 ? open : all.filter((edge) => edge.default === true)
  return ways.length > 0 ? ways : undefined
}

/** What has not come when a join opens early: ended, or swallowed when it comes. */
function disposeOf(run: Run, node: Gateway, scope: Id, rest: readonly Edge[]): void {
  if (node.join?.rest === 'cancel') {
    cancelRegion(run, scope, blockBefore(run.graph, node.id))
    return
  }
  const edges = rest.map((edge) => edge.id)
  run.state.swallowing = [...(run.state.swallowing ?? []), { node: node.id, scope, edges }]
}

const isSwallowing = (run: Run, node: string, scope: Id): boolean =>
  (run.state.swallowing ?? []).some((one) => one.node === node && one.scope === scope)

/** Takes away one token of a round that is over; the join is as new when the last one has come. */
function swallow(run: Run, node: Gateway, scope: Id): boolean {
  const all = run.state.swallowing ?? []
  const round = all.find((one) => one.node === node.id && one.scope === scope)
  const token = [...firstPerEdge(run, node.id, scope).values()].find((one) => round?.edges.includes(one.edge ?? ''))
  if (!round || !token) return false
  run.consume(token)
  const edges = round.edges.filter((edge) => edge !== token.edge)
  run.state.swallowing = all.flatMap((one) => (one !== round ? [one] : edges.length > 0 ? [{ ...one, edges }] : []))
  return true
}

/**
 * Opens one inclusive gateway that nothing more can come to; gives whether there was one. BPMN 2.0 §13.3.3 (Völzer): at
 * least one incoming edge has a token, and every token elsewhere that can reach an empty incoming edge without passing
 * the gateway can also reach one that has a token.
 */
export function openWhatCanOpen(run: Run): boolean {
  if (run.isOverBudget) return false
  for (const token of run.tokens) {
    const node = run.nodeOf(token)
    if (token.visit !== 0 || token.edge === undefined || token.dead !== undefined) continue
    if (!node || !isExactJoin(run, node) || isSwallowing(run, node.id, token.scope)) continue
    if (!canOpen(run, node.id, token.scope)) continue
    openWith(run, node, [...firstPerEdge(run, node.id, token.scope).values()])
    return true
  }
  return false
}

const isExactJoin = (run: Run, node: FlowNode): node is Gateway => run.traitsOf(node).joinsWhatCanCome === true

/** Whether an inclusive gateway at which a token waits may open. */
export function canOpen(run: Run, node: string, scope: Id): boolean {
  const waiting = firstPerEdge(run, node, scope)
  const incoming = run.graph.incoming(node)
  const empty = incoming.filter((edge) => !waiting.has(edge.id))
  if (empty.length === 0) return true
  const toEmpty = sourcesOf(run, node, empty)
  const toFull = sourcesOf(
    run,
    node,
    incoming.filter((edge) => waiting.has(edge.id)),
  )
  return run.tokensIn(scope).every((token) => token.node === node || !toEmpty.has(token.node) || toFull.has(token.node))
}

/** Every node from which one of these edges into the gateway can be reached without passing it. */
function sourcesOf(run: Run, node: string, edges: readonly Edge[]): ReadonlySet<string> {
  const found = new Set<string>()
  const open = edges.map((edge) => edge.from)
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === node || found.has(id)) continue
    found.add(id)
    open.push(...run.graph.sources(id))
  }
  return found
}
