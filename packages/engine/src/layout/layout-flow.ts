import { Graph, layout } from '@dagrejs/dagre'
import type { FlowDefinition, FlowNode } from '../definitions/flow.ts'

export type Size = readonly [width: number, height: number]
export type Placed = { readonly at: readonly [x: number, y: number]; readonly size: Size }

/** The parts of a flow that a drawing depends on. */
export type Drawable = {
  readonly nodes: readonly (Pick<FlowNode, 'id' | 'type'> & {
    readonly size?: unknown
    readonly parent?: unknown
    readonly attachedTo?: unknown
  })[]
  readonly edges: readonly Pick<FlowDefinition['edges'][number], 'id' | 'from' | 'to'>[]
}
type DrawnNode = Drawable['nodes'][number]

const usualGap = { beside: 40, between: 60, around: 30 }
/** Room between nodes of a layer, between layers, and between a sub-process and what it holds. */
export type Gap = typeof usualGap

/** The usual size of a node on the canvas, as in BPMN tools: events 36, gateways 50, activities 100 by 80. */
export function usualSize(type: string): Size {
  if (type.endsWith('Event')) return [36, 36]
  if (type.endsWith('Gateway')) return [50, 50]
  return [100, 80]
}

/** Places of all nodes, in layers from left to right; what is in a sub-process stands in it, boundary events on its edge. */
export function layoutFlow(flow: Drawable, gap: Gap = usualGap): ReadonlyMap<string, Placed> {
  const placed = new Map<string, Placed>()
  const ids = new Set(flow.nodes.map(({ id }) => id))
  const inside = (parent: string | undefined) =>
    flow.nodes.filter((node) => parentOf(node, ids) === parent && hostOf(node, ids) === undefined)
  place(undefined, [0, 0], new Map(sizesOf(undefined, new Set())))
  for (const node of flow.nodes) placeOnHost(node)
  return placed

  /** Sizes of the nodes of a level; sub-processes are as large as what they hold asks for. */
  function sizesOf(parent: string | undefined, above: ReadonlySet<string>): [string, Size][] {
    return inside(parent).map((node) => {
      const own = sizeOf(node)
      if (node.size !== undefined || above.has(node.id) || inside(node.id).length === 0) return [node.id, own]
      const [width, height] = extent(node.id, new Map(sizesOf(node.id, new Set([...above, node.id]))))
      return [node.id, [Math.max(own[0], width + 2 * gap.around), Math.max(own[1], height + 2 * gap.around)]]
    })
  }

  function extent(parent: string, sizes: ReadonlyMap<string, Size>): Size {
    const boxes = [...layers(parent, sizes).values()]
    return [
      Math.max(0, ...boxes.map(({ at, size }) => at[0] + size[0])),
      Math.max(0, ...boxes.map(({ at, size }) => at[1] + size[1])),
    ]
  }

  function place(
    parent: string | undefined,
    origin: readonly [number, number],
    sizes: ReadonlyMap<string, Size>,
  ): void {
    for (const [id, { at, size }] of layers(parent, sizes)) {
      if (placed.has(id)) continue
      const there: [number, number] = [origin[0] + at[0], origin[1] + at[1]]
      placed.set(id, { at: there, size })
      place(id, [there[0] + gap.around, there[1] + gap.around], new Map(sizesOf(id, new Set([id]))))
    }
  }

  /** One level by itself, its upper left corner at 0, 0. */
  function layers(parent: string | undefined, sizes: ReadonlyMap<string, Size>): ReadonlyMap<string, Placed> {
    const graph = new Graph({ multigraph: true })
    graph.setGraph({ rankdir: 'LR', nodesep: gap.beside, ranksep: gap.between })
    graph.setDefaultEdgeLabel(() => ({}))
    const nodes = inside(parent)
    for (const { id } of nodes) {
      const [width, height] = sizes.get(id) ?? usualSize('')
      graph.setNode(id, { width, height })
    }
    for (const { id, from, to } of flow.edges) {
      const [start, end] = [onLevel(from), to]
      if (graph.hasNode(start) && graph.hasNode(end) && start !== end) graph.setEdge(start, end, {}, id)
    }
    layout(graph)
    return new Map(
      nodes.map(({ id }) => {
        const { x = 0, y = 0, width, height } = graph.node(id)
        return [id, { at: [Math.round(x - width / 2), Math.round(y - height / 2)], size: [width, height] }]
      }),
    )
  }

  /** What leaves a boundary event starts, for the layers, at the activity it watches. */
  function onLevel(id: string): string {
    const node = flow.nodes.find((other) => other.id === id)
    return (node && hostOf(node, ids)) ?? id
  }

  function placeOnHost(node: DrawnNode): void {
    const host = hostOf(node, ids)
    const box = host === undefined ? undefined : placed.get(host)
    if (host === undefined || placed.has(node.id)) return
    const all = flow.nodes.filter((other) => hostOf(other, ids) === host)
    const size = sizeOf(node)
    const { at, size: hostSize } = box ?? { at: [0, 0], size: usualSize('') }
    const along = (hostSize[0] * (all.indexOf(node) + 1)) / (all.length + 1)
    placed.set(node.id, {
      at: [Math.round(at[0] + along - size[0] / 2), Math.round(at[1] + hostSize[1] - size[1] / 2)],
      size,
    })
  }
}

const sizeOf = (node: DrawnNode): Size =>
  Array.isArray(node.size) ? ([Number(node.size[0]), Number(node.size[1])] as const) : usualSize(node.type)

const hostOf = ({ id, attachedTo }: DrawnNode, ids: ReadonlySet<string>): string | undefined =>
  typeof attachedTo === 'string' && ids.has(attachedTo) && attachedTo !== id ? attachedTo : undefined

const parentOf = ({ parent }: DrawnNode, ids: ReadonlySet<string>): string | undefined =>
  typeof parent === 'string' && ids.has(parent) ? parent : undefined
