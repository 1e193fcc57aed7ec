import type { Edge, FlowNode } from '@tenon/engine'
import { freshId } from '../fresh-id.ts'
import { type Flow, hostOf, traitsOf, withInside } from './flow.ts'
import { takenIn } from './insert.ts'
import { isPlaced, type Places, placesOf } from './places.ts'
import { withoutMention } from './remove.ts'

/** Nodes with the edges between them, as they were copied. */
export type Clip = { readonly nodes: readonly FlowNode[]; readonly edges: readonly Edge[] }

export function copied(flow: Flow, ids: Iterable<string>): Clip {
  const all = withInside(flow, ids)
  const places = placesOf(flow)
  return {
    nodes: flow.nodes.filter(({ id }) => all.has(id)).map((node) => ({ ...node, at: whereIs(node, places) })),
    edges: flow.edges.filter(({ from, to }) => all.has(from) && all.has(to)),
  }
}

const whereIs = ({ id }: FlowNode, places: Places): number[] => [...(places.get(id)?.at ?? [0, 0])]

/** Puts copies into a flow, a little aside, with ids of their own; an event whose host was not copied stays behind. */
export function pasted(flow: Flow, clip: Clip): { readonly flow: Flow; readonly ids: readonly string[] } {
  const named = new Map<string, string>()
  const there = new Set(clip.nodes.map(({ id }) => id))
  const taken = takenIn(flow)
  const isTaken = (id: string) => taken(id) || [...named.values()].includes(id)
  const nodes = clip.nodes.filter((node) => {
    const host = hostOf(node)
    return host === undefined || there.has(host)
  })
  for (const { id } of nodes) named.set(id, freshId(id.replace(/_\d+$/, ''), 'node', isTaken))
  const outside = (id: string) => !named.has(id)
  const own = (id: string) => named.get(id) ?? id
  const places = isPlaced(flow) ? undefined : placesOf(flow)
  const renewed = nodes.map((node): FlowNode => {
    const host = hostOf(node)
    const parent = node.parent === undefined || outside(node.parent) ? stillThere(flow, node.parent) : own(node.parent)
    const { parent: _former, at = [0, 0], ...rest } = withoutMention(node, missing(node, named))
    const [x = 0, y = 0] = at
    return {
      ...renamed(rest as FlowNode, own),
      id: own(node.id),
      at: [x + 40, y + 60],
      ...(parent === undefined ? {} : { parent }),
      ...(host === undefined ? {} : { attachedTo: own(host) }),
    } as FlowNode
  })
  const stay = flow.nodes.map((node) => (places ? { ...node, at: whereIs(node, places) } : node))
  const edgeTaken = (id: string) => isTaken(id) || edges.some((edge) => edge.id === id)
  const edges: Edge[] = []
  for (const { via: _bend, ...edge } of clip.edges) {
    if (outside(edge.from) || outside(edge.to)) continue
    edges.push({ ...edge, id: freshId('', 'edge', edgeTaken), from: own(edge.from), to: own(edge.to) })
  }
  return {
    flow: { ...flow, nodes: [...stay, ...renewed], edges: [...flow.edges, ...edges] },
    ids: renewed.map(({ id }) => id),
  }
}

const stillThere = (flow: Flow, id: string | undefined): string | undefined =>
  id !== undefined && flow.nodes.some((node) => node.id === id && traitsOf(node).isContainer) ? id : undefined

/** What a copied node names that was not copied with it. */
function missing(node: FlowNode, named: ReadonlyMap<string, string>): ReadonlySet<string> {
  const names = [
    'compensatedBy' in node ? node.compensatedBy : undefined,
    'throws' in node && node.throws && 'compensation' in node.throws ? node.throws.compensation : undefined,
  ]
  return new Set(names.filter((name): name is string => typeof name === 'string' && !named.has(name)))
}

function renamed(node: FlowNode, own: (id: string) => string): FlowNode {
  let next = node
  if ('compensatedBy' in next && next.compensatedBy !== undefined)
    next = { ...next, compensatedBy: own(next.compensatedBy) } as FlowNode
  if ('throws' in next && next.throws && 'compensation' in next.throws && typeof next.throws.compensation === 'string')
    next = { ...next, throws: { compensation: own(next.throws.compensation) } } as FlowNode
  return next
}
