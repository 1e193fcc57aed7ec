import type { Edge, FlowDefinition, FlowNode } from '../definitions/flow.ts'
import { groupBy } from '../kernel/group.ts'

/** A flow indexed for walking. Containers are sub-processes by id; null is the flow itself. */
export type FlowGraph = {
  readonly definition: FlowDefinition
  readonly nodes: ReadonlyMap<string, FlowNode>
  readonly edges: ReadonlyMap<string, Edge>
  readonly outgoing: (node: string) => readonly Edge[]
  readonly incoming: (node: string) => readonly Edge[]
  /** Boundary events by the activity they watch. */
  readonly boundaries: (node: string) => readonly BoundaryNode[]
  /** The start event of a container, or its first node without a way in. */
  readonly startOf: (container: string | null) => FlowNode | undefined
  /** Event sub-processes of a container with their start events. */
  readonly eventSubProcesses: (container: string | null) => readonly EventSubProcess[]
  /** Nodes from which a token can get here along edges and boundary events, this one left out. */
  readonly sources: (node: string) => readonly string[]
}
export type BoundaryNode = Extract<FlowNode, { type: 'boundaryEvent' }>
export type StartNode = Extract<FlowNode, { type: 'startEvent' }>
type SubProcessNode = Extract<FlowNode, { type: 'subProcess' }>
export type EventSubProcess = { readonly node: SubProcessNode; readonly start: StartNode }

const cache = new WeakMap<FlowDefinition, FlowGraph>()

/** The index of a flow; made once per definition object. */
export function flowGraph(definition: FlowDefinition): FlowGraph {
  const known = cache.get(definition)
  if (known) return known
  const graph = indexed(definition)
  cache.set(definition, graph)
  return graph
}

function indexed(definition: FlowDefinition): FlowGraph {
  const nodes = new Map(definition.nodes.map((node) => [node.id, node]))
  const outgoing = groupBy(definition.edges, (edge) => edge.from)
  const incoming = groupBy(definition.edges, (edge) => edge.to)
  const boundaries = groupBy(definition.nodes.filter(isBoundary), (node) => node.attachedTo)
  const handlers = new Set(
    definition.nodes.flatMap((node) => ('compensatedBy' in node && node.compensatedBy ? [node.compensatedBy] : [])),
  )
  const inside = groupBy(definition.nodes, (node) => node.parent ?? '')
  const startOf = (container: string | null) => {
    const own = inside.get(container ?? '') ?? []
    return own.find(isStart) ?? own.find((node) => isEntry(node))
  }
  const isEntry = (node: FlowNode) =>
    !isBoundary(node) && !isEventSubProcess(node) && !handlers.has(node.id) && !incoming.has(node.id)
  const eventSubProcesses = groupBy(
    definition.nodes.filter(isEventSubProcess).flatMap((node) => {
      const start = (inside.get(node.id) ?? []).find(isStart)
      return start ? [{ node, start }] : []
    }),
    ({ node }) => node.parent ?? '',
  )
  return {
    definition,
    nodes,
    edges: new Map(definition.edges.map((edge) => [edge.id, edge])),
    outgoing: (node) => outgoing.get(node) ?? [],
    incoming: (node) => incoming.get(node) ?? [],
    boundaries: (node) => boundaries.get(node) ?? [],
    startOf,
    eventSubProcesses: (container) => eventSubProcesses.get(container ?? '') ?? [],
    sources: (id) => {
      const node = nodes.get(id)
      return [
        ...(incoming.get(id) ?? []).map((edge) => edge.from),
        ...(node && isBoundary(node) ? [node.attachedTo] : []),
      ]
    },
  }
}

const isBoundary = (node: FlowNode): node is BoundaryNode => 'attachedTo' in node
export const isStart = (node: FlowNode): node is StartNode => node.type === 'startEvent'
const isEventSubProcess = (node: FlowNode): node is SubProcessNode =>
  'triggeredByEvent' in node && node.triggeredByEvent === true
