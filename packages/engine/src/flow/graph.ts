import type { Edge, FlowDefinition, FlowNode } from '../definitions/flow.ts'
import { groupBy } from '../kernel/group.ts'

/** A flow indexed for walking: nodes by id, edges by where they leave and enter, boundary events by what they watch. */
export type FlowGraph = {
  readonly definition: FlowDefinition
  readonly nodes: ReadonlyMap<string, FlowNode>
  readonly edges: ReadonlyMap<string, Edge>
  readonly outgoing: (node: string) => readonly Edge[]
  readonly incoming: (node: string) => readonly Edge[]
  readonly boundaries: (node: string) => readonly BoundaryNode[]
}
type BoundaryNode = Extract<FlowNode, { type: 'boundaryEvent' }>

const cache = new WeakMap<FlowDefinition, FlowGraph>()

/** The index of a flow; made once per definition object. */
export function flowGraph(definition: FlowDefinition): FlowGraph {
  const known = cache.get(definition)
  if (known) return known
  const outgoing = groupBy(definition.edges, (edge) => edge.from)
  const incoming = groupBy(definition.edges, (edge) => edge.to)
  const boundaries = groupBy(definition.nodes.filter(isBoundary), (node) => node.attachedTo)
  const graph: FlowGraph = {
    definition,
    nodes: new Map(definition.nodes.map((node) => [node.id, node])),
    edges: new Map(definition.edges.map((edge) => [edge.id, edge])),
    outgoing: (node) => outgoing.get(node) ?? [],
    incoming: (node) => incoming.get(node) ?? [],
    boundaries: (node) => boundaries.get(node) ?? [],
  }
  cache.set(definition, graph)
  return graph
}

const isBoundary = (node: FlowNode): node is BoundaryNode => 'attachedTo' in node
