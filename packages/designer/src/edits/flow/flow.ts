import {
  type Edge,
  type FlowGroup,
  type FlowNode,
  isObject,
  type NodeTypeName,
  nodeSchemas,
  nodeTraits,
} from '@tenon/engine'
import type { Definition } from '../../draft/draft-context.tsx'

/** A flow as it stands in a draft: whatever is in it, its nodes and edges can be walked. */
export type Flow = Definition & {
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly Edge[]
  readonly groups?: readonly FlowGroup[]
}

/** The flow in a document; entries that are no nodes or edges at all are left out of sight. */
export function flowOf(document: Definition): Flow {
  const { nodes, edges, groups, ...rest } = document
  const isNode = (entry: unknown): entry is FlowNode =>
    isObject(entry) && typeof entry.id === 'string' && Object.hasOwn(nodeSchemas, String(entry.type))
  const isEdge = (entry: unknown): entry is Edge =>
    isObject(entry) && [entry.id, entry.from, entry.to].every((one) => typeof one === 'string')
  const whole = <T>(list: unknown, is: (entry: unknown) => entry is T): readonly T[] => {
    if (!Array.isArray(list)) return []
    // The same list as long as nothing has to go: what is drawn compares by reference.
    return list.every(is) ? list : list.filter(is)
  }
  const isGroup = (entry: unknown): entry is FlowGroup =>
    isObject(entry) && typeof entry.id === 'string' && Array.isArray(entry.nodes)
  return {
    ...(rest as Definition),
    nodes: whole(nodes, isNode),
    edges: whole(edges, isEdge),
    ...(groups === undefined ? {} : { groups: whole(groups, isGroup) }),
  }
}

/** Whether the same nodes stand in the same places on the same ways: what they are called and do may differ. */
export function isDrawnAlike(one: Flow, other: Flow): boolean {
  const isSamePlace = (a: FlowNode, b: FlowNode | undefined) =>
    b !== undefined &&
    a.id === b.id &&
    a.type === b.type &&
    a.at === b.at &&
    a.size === b.size &&
    a.parent === b.parent &&
    hostOf(a) === hostOf(b)
  const isSameWay = (a: Edge, b: Edge | undefined) =>
    b !== undefined && a.id === b.id && a.from === b.from && a.to === b.to && a.via === b.via
  return (
    one.nodes.length === other.nodes.length &&
    one.edges.length === other.edges.length &&
    one.groups?.length === other.groups?.length &&
    one.nodes.every((node, at) => isSamePlace(node, other.nodes[at])) &&
    one.edges.every((edge, at) => isSameWay(edge, other.edges[at]))
  )
}

const noGroups: readonly FlowGroup[] = []
export const groupsIn = (flow: Flow): readonly FlowGroup[] => flow.groups ?? noGroups
export const nodeOf = (flow: Flow, id: string): FlowNode | undefined => flow.nodes.find((node) => node.id === id)
export const outgoing = (flow: Flow, id: string): readonly Edge[] => flow.edges.filter((edge) => edge.from === id)
export const incoming = (flow: Flow, id: string): readonly Edge[] => flow.edges.filter((edge) => edge.to === id)
export const traitsOf = (node: FlowNode) => nodeTraits(node.type as NodeTypeName)
export const hostOf = (node: FlowNode): string | undefined => ('attachedTo' in node ? node.attachedTo : undefined)

/** The node with everything that stands in it and on its border. */
export function withInside(flow: Flow, ids: Iterable<string>): ReadonlySet<string> {
  const all = new Set(ids)
  for (let size = -1; size !== all.size; ) {
    size = all.size
    for (const node of flow.nodes) {
      const host = hostOf(node)
      if ((node.parent !== undefined && all.has(node.parent)) || (host !== undefined && all.has(host))) all.add(node.id)
    }
  }
  return all
}

/** Begun by an event, or undoing another node: on no way. */
export const standsAlone = (flow: Flow, node: FlowNode): boolean =>
  ('triggeredByEvent' in node && node.triggeredByEvent === true) ||
  flow.nodes.some((other) => 'compensatedBy' in other && other.compensatedBy === node.id)

export const changeNode = (flow: Flow, id: string, change: (node: FlowNode) => FlowNode): Flow => ({
  ...flow,
  nodes: flow.nodes.map((node) => (node.id === id ? change(node) : node)),
})

export const changeEdge = (flow: Flow, id: string, change: (edge: Edge) => Edge): Flow => ({
  ...flow,
  edges: flow.edges.map((edge) => (edge.id === id ? change(edge) : edge)),
})

/** An object without what is undefined in it: a definition holds no empty properties. */
export function tidy<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T
}
