import type { Edge, FlowNode } from '@tenon/engine'
import { freshId } from '../fresh-id.ts'
import { type Flow, hostOf, nodeOf, outgoing, standsAlone, tidy, traitsOf } from './flow.ts'
import { between, isPlaced, placesOf, pushedRight } from './places.ts'
import { nodeFrom, type StencilName, type Surroundings, stencils } from './stencils.ts'

/** The flow after an edit, and what is to be chosen then. */
type Inserted = { readonly flow: Flow; readonly id: string }
type Spot = readonly [x: number, y: number]

export function takenIn(flow: Flow): (id: string) => boolean {
  const ids = new Set([...flow.nodes, ...flow.edges].map(({ id }) => id))
  return (id) => ids.has(id)
}

/** A new node puts itself into an edge: who came this way now comes to it first, and it leads on. */
export function insertOnEdge(
  flow: Flow,
  edgeId: string,
  name: StencilName,
  around: Surroundings,
): Inserted | undefined {
  const edge = flow.edges.find((one) => one.id === edgeId)
  const from = edge && nodeOf(flow, edge.from)
  const made = edge && mayStandOnEdge(name) ? make(flow, name, around) : undefined
  if (!edge || !made) return undefined
  const node = inLevel(made, from)
  const spaced = isPlaced(flow) ? spread(flow, edge, node) : { flow, node }
  const all = withNode(spaced.flow, spaced.node, around)
  const { via: _bend, ...straight } = edge
  const edges = all.edges.map((one) => (one.id === edgeId ? { ...straight, to: node.id } : one))
  const next = { ...all, edges }
  return { flow: withEdge(next, { from: node.id, to: edge.to }), id: node.id }
}

/** Only what has a way in and a way on can stand in the middle of an edge. */
export function mayStandOnEdge(name: StencilName): boolean {
  const { mayHaveIncoming, mayHaveOutgoing } = traitsOf({ type: stencils[name].type } as FlowNode)
  return mayHaveIncoming && mayHaveOutgoing
}

/**
 * A new node after another: into its only way on; where there is none, or several, on a way of its own. On an activity, a
 * boundary event is attached to it.
 */
export function addAfter(flow: Flow, id: string, name: StencilName, around: Surroundings): Inserted | undefined {
  const before = nodeOf(flow, id)
  if (!before) return undefined
  if (stencils[name].type === 'boundaryEvent') return attach(flow, before, name, around)
  if (!traitsOf(before).mayHaveOutgoing || standsAlone(flow, before)) return undefined
  const ways = outgoing(flow, id)
  const [only] = ways
  if (only && ways.length === 1 && mayStandOnEdge(name)) return insertOnEdge(flow, only.id, name, around)
  const made = make(flow, name, around)
  if (!made) return undefined
  const node = inLevel(made, before)
  const place = placesOf(flow).get(id)
  const at =
    isPlaced(flow) && place ? belowWays(flow, id, place.at[0] + place.size[0] + between, place.at[1]) : undefined
  const all = withNode(flow, at ? { ...node, at } : node, around)
  return { flow: withEdge(all, newWay(all, id, node.id)), id: node.id }
}

/** A new node somewhere on the ground, connected to nothing yet; on a sub-process, inside it. */
export function addAt(flow: Flow, name: StencilName, spot: Spot, parent: string | undefined, around: Surroundings) {
  if (stencils[name].type === 'boundaryEvent') return undefined
  const made = make(flow, name, around)
  if (!made) return undefined
  const node = tidy({ ...made, parent, at: [Math.round(spot[0]), Math.round(spot[1])] }) as FlowNode
  // The first place that is said says them all, or the layout would move the others about.
  const places = placesOf(flow)
  const nodes = isPlaced(flow)
    ? flow.nodes
    : flow.nodes.map((one) => ({ ...one, at: [...(places.get(one.id)?.at ?? [0, 0])] }))
  return { flow: withNode({ ...flow, nodes }, node, around), id: node.id }
}

/** How a new edge from a node begins: by the first answer that leads nowhere yet, or as the way for everything else. */
export function newWay(flow: Flow, from: string, to: string): Omit<Edge, 'id'> {
  const node = nodeOf(flow, from)
  const ways = outgoing(flow, from)
  if (!node || ways.length === 0) return { from, to }
  if ('outcomes' in node && node.outcomes) {
    const led = new Set(ways.map(({ outcome }) => outcome))
    const free = node.outcomes.find(({ id }) => !led.has(id))
    return free ? { from, to, outcome: free.id } : { from, to }
  }
  const { isGateway, takesAllWays, eventsChoose } = traitsOf(node)
  const chooses = isGateway && !takesAllWays && !eventsChoose
  return chooses && !ways.some((edge) => edge.default) ? { from, to, default: true } : { from, to }
}

export const withEdge = (flow: Flow, edge: Omit<Edge, 'id'>): Flow => ({
  ...flow,
  edges: [...flow.edges, { id: freshId('', 'edge', takenIn(flow)), ...edge }],
})

function make(flow: Flow, name: StencilName, around: Surroundings): FlowNode | undefined {
  const stem = stencils[name].type.replace(/(Task|Event|Activity)$/, '')
  return nodeFrom(name, freshId('', name === 'approve' ? 'approval' : stem, takenIn(flow)), around)
}

/** On the level of another node; an event on a border has the level of what it watches. */
const inLevel = (node: FlowNode, other: FlowNode | undefined): FlowNode =>
  tidy({ ...node, parent: other?.parent }) as FlowNode

/** The node, and with a sub-process the way through it. */
function withNode(flow: Flow, node: FlowNode, around: Surroundings): Flow {
  const all = { ...flow, nodes: [...flow.nodes, node] }
  if (!traitsOf(node).isContainer) return all
  const start = freshId('', 'start', takenIn(all))
  const inside = (id: string, type: string, zh: string, en: string) =>
    ({ id, type, label: { 'zh-CN': zh, en }, parent: node.id }) as FlowNode
  const begun = { ...all, nodes: [...all.nodes, inside(start, 'startEvent', '开始', 'Start')] }
  const work = freshId('', 'step', takenIn(begun))
  const step = { ...(nodeFrom('work', work, around) as FlowNode), parent: node.id }
  const middle = { ...begun, nodes: [...begun.nodes, step] }
  const end = freshId('', 'end', takenIn(middle))
  const ended = { ...middle, nodes: [...middle.nodes, inside(end, 'endEvent', '结束', 'End')] }
  return withEdge(withEdge(ended, { from: start, to: work }), { from: work, to: end })
}

function attach(flow: Flow, host: FlowNode, name: StencilName, around: Surroundings): Inserted | undefined {
  const watched = hostOf(host) === undefined && traitsOf(host).isActivity && !standsAlone(flow, host) ? host : undefined
  const made = watched && make(flow, name, around)
  if (!made || !watched) return undefined
  const node = { ...inLevel(made, watched), attachedTo: watched.id } as FlowNode
  return { flow: { ...flow, nodes: [...flow.nodes, node] }, id: node.id }
}

/** Between the two ends, the further one and all behind it moved on where it is too narrow. */
function spread(flow: Flow, edge: Edge, node: FlowNode): { readonly flow: Flow; readonly node: FlowNode } {
  const places = placesOf({ ...flow, nodes: [...flow.nodes, node] })
  const [from, to, own] = [places.get(edge.from), places.get(edge.to), places.get(node.id)]
  if (!from || !to || !own) return { flow, node }
  const [width, height] = own.size
  const start = from.at[0] + from.size[0]
  const y = Math.round((from.at[1] + from.size[1] / 2 + to.at[1] + to.size[1] / 2) / 2 - height / 2)
  const isForward = to.at[0] >= start
  const missing = width + 2 * between - (to.at[0] - start)
  const x = isForward ? start + Math.max(between, (to.at[0] - start - width) / 2) : (from.at[0] + to.at[0]) / 2
  const moved = isForward && missing > 0 ? pushedRight(flow, to.at[0], missing, node.parent) : flow
  return { flow: moved, node: { ...node, at: [Math.round(x), isForward ? y : y + 140] } }
}

/** Below what already stands behind the node. */
function belowWays(flow: Flow, id: string, x: number, y: number): [number, number] {
  const places = placesOf(flow)
  const lowest = outgoing(flow, id).map(({ to }) => {
    const place = places.get(to)
    return place ? place.at[1] + place.size[1] + 40 : y
  })
  return [Math.round(x), Math.round(Math.max(y, ...lowest))]
}
