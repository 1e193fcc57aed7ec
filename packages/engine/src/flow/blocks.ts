import type { Edge, FlowNode } from '../definitions/flow.ts'
import { behaviourOf } from '../nodes/behaviours.ts'
import type { FlowGraph } from './graph.ts'
import type { Token } from './types.ts'

/**
 * The parallel branches a place is in, outermost first: the edges by which tokens were split off, and the boundary
 * events that started one beside. Null: not known, because the branches do not come together where they should.
 */
export type Blocks = readonly string[] | null

type Index = { readonly node: (id: string) => Blocks; readonly edge: (id: string) => Blocks }
const cache = new WeakMap<FlowGraph, Index>()

function indexOf(graph: FlowGraph): Index {
  const known = cache.get(graph)
  if (known) return known
  const made = index(graph)
  cache.set(graph, made)
  return made
}

function index(graph: FlowGraph): Index {
  const nodes = new Map<string, Blocks>()
  const edges = new Map<string, Blocks>()
  const open: [string, Blocks][] = graph.definition.nodes
    .filter((node) => graph.sources(node.id).length === 0)
    .map((node) => [node.id, []])
  for (let step = open.pop(); step; step = open.pop()) {
    const [id, came] = step
    const node = graph.nodes.get(id)
    if (!node) continue
    const blocks = isJoin(graph, node) ? leaving(came) : came
    const before = nodes.get(id)
    if (before === undefined) nodes.set(id, blocks)
    else if (before === null || same(before, blocks)) continue
    else nodes.set(id, null)
    const inside = nodes.get(id) ?? null
    for (const edge of graph.outgoing(id)) {
      const after = splits(graph, node, edge) ? entering(inside, edge.id) : inside
      edges.set(edge.id, after)
      open.push([edge.to, after])
    }
    for (const boundary of graph.boundaries(id))
      open.push([boundary.id, boundary.interrupting === false ? entering(inside, boundary.id) : inside])
  }
  return { node: (id) => nodes.get(id) ?? null, edge: (id) => edges.get(id) ?? null }
}

const entering = (blocks: Blocks, branch: string): Blocks => (blocks === null ? null : [...blocks, branch])
const leaving = (blocks: Blocks): Blocks => (blocks === null || blocks.length === 0 ? null : blocks.slice(0, -1))
const same = (one: Blocks, other: Blocks): boolean =>
  one !== null && other !== null && one.length === other.length && one.every((branch, at) => branch === other[at])

/** Gateways that may take several ways out bring several ways in together, too. */
const isParallel = (node: FlowNode): boolean => {
  const { traits } = behaviourOf(node)
  return traits.takesAllWays === true || traits.joinsWhatCanCome === true
}
const isJoin = (graph: FlowGraph, node: FlowNode): boolean => isParallel(node) && graph.incoming(node.id).length > 1

/** Whether the edge may be taken together with another one. */
function splits(graph: FlowGraph, node: FlowNode, edge: Edge): boolean {
  if (isParallel(node)) return graph.outgoing(node.id).length > 1
  if (behaviourOf(node).traits.isGateway || edge.default === true) return false
  return graph.outgoing(node.id).some((other) => isBeside(edge, other))
}

/** Behind an activity: both are taken when both conditions hold. */
const isBeside = (edge: Edge, other: Edge): boolean =>
  other !== edge && other.default !== true && other.outcome === edge.outcome

/** The parallel branches a node is in. */
export const blocksOf = (graph: FlowGraph, node: string): Blocks => indexOf(graph).node(node)

/** The parallel branches a token is in: of its node or, waiting at a join, of the edge it came by. */
export const blocksOfToken = (graph: FlowGraph, token: Token): Blocks =>
  token.edge === undefined ? blocksOf(graph, token.node) : indexOf(graph).edge(token.edge)

/** Whether a place is in these branches or in branches inside them. */
export const isWithin = (place: Blocks, block: Blocks): boolean =>
  place !== null && block?.every((branch, at) => place[at] === branch) === true
