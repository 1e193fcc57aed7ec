import type { FlowNode } from '@tenon/engine'
import { layoutFlow, type Placed, type Size } from '@tenon/engine/layout'
import { type Flow, hostOf } from './flow.ts'

/** Nodes on this canvas say who and by when, so activities are wider than elsewhere. */
const activity: Size = [184, 64]
const gap = { beside: 60, between: 96, around: 48 }

/** Its size as drawn; undefined: as large as what it holds. */
function fixedSize(node: FlowNode, isHolding: boolean): Size | undefined {
  if (node.size) return node.size as unknown as Size
  if (node.type.endsWith('Event')) return [36, 36]
  if (node.type.endsWith('Gateway')) return [50, 50]
  return isHolding ? undefined : activity
}

export type Places = ReadonlyMap<string, Placed>
const placed = new WeakMap<Flow, Places>()

/** Where every node is drawn: where the flow says, else where a layout of the whole flow puts it. */
export function placesOf(flow: Flow): Places {
  const known = placed.get(flow)
  if (known) return known
  const laid = layout(flow)
  const places = new Map(
    flow.nodes.map((node) => {
      const { at, size } = laid.get(node.id) ?? { at: [0, 0], size: activity }
      return [node.id, { at: (node.at as unknown as Placed['at'] | undefined) ?? at, size }] as const
    }),
  )
  placed.set(flow, places)
  return places
}

type Layout = { readonly key: string; readonly places: Places }
let last: Layout | undefined

/** A layout depends only on how nodes hang together: typing into a label costs none. */
function layout(flow: Flow): Places {
  const holding = new Set(flow.nodes.map(({ parent }) => parent))
  const nodes = flow.nodes.map((node) => ({
    id: node.id,
    type: node.type,
    size: fixedSize(node, holding.has(node.id)),
    parent: node.parent,
    attachedTo: hostOf(node),
  }))
  const edges = flow.edges.map(({ id, from, to }) => ({ id, from, to }))
  const key = JSON.stringify([nodes, edges])
  if (last?.key !== key) last = { key, places: layoutFlow({ nodes, edges }, gap) }
  return last.places
}

/** Somebody has moved something: from then on the flow says where its nodes are. */
export const isPlaced = (flow: Flow): boolean => flow.nodes.some((node) => node.at !== undefined)

/** The flow with these places written; all of them when it said none before. */
export function movedTo(flow: Flow, moved: ReadonlyMap<string, Placed['at']>): Flow {
  if (moved.size === 0) return flow
  const places = isPlaced(flow) ? undefined : placesOf(flow)
  const placed = (node: FlowNode): FlowNode => {
    const at = moved.get(node.id) ?? (node.at === undefined ? places?.get(node.id)?.at : undefined)
    return at ? { ...node, at: [Math.round(at[0]), Math.round(at[1])] } : node
  }
  return { ...flow, nodes: flow.nodes.map(placed) }
}

/** The flow without any place of its own: laid out by itself from here on. */
export const laidOut = (flow: Flow): Flow => ({
  ...flow,
  nodes: flow.nodes.map((node) => {
    if (node.at === undefined) return node
    const { at: _gone, ...rest } = node
    return rest as FlowNode
  }),
  edges: flow.edges.map((edge) => {
    if (edge.via === undefined) return edge
    const { via: _gone, ...rest } = edge
    return rest
  }),
})

export type Alignment = 'left' | 'right' | 'top' | 'bottom' | 'centre' | 'middle' | 'across' | 'down'

/** New places of nodes that are to stand in line (`across`, `down`: at equal distances). */
export function aligned(flow: Flow, ids: readonly string[], how: Alignment): ReadonlyMap<string, Placed['at']> {
  const places = placesOf(flow)
  const boxes = ids.flatMap((id) => {
    const place = places.get(id)
    return place ? [{ id, x: place.at[0], y: place.at[1], w: place.size[0], h: place.size[1] }] : []
  })
  if (boxes.length < 2) return new Map()
  if (how === 'across' || how === 'down') return distributed(boxes, how)
  const left = Math.min(...boxes.map(({ x }) => x))
  const right = Math.max(...boxes.map(({ x, w }) => x + w))
  const top = Math.min(...boxes.map(({ y }) => y))
  const bottom = Math.max(...boxes.map(({ y, h }) => y + h))
  const put: { readonly [A in Alignment]: (box: Box) => Placed['at'] } = {
    left: ({ y }) => [left, y],
    right: ({ y, w }) => [right - w, y],
    top: ({ x }) => [x, top],
    bottom: ({ x, h }) => [x, bottom - h],
    centre: ({ y, w }) => [(left + right - w) / 2, y],
    middle: ({ x, h }) => [x, (top + bottom - h) / 2],
    across: ({ x, y }) => [x, y],
    down: ({ x, y }) => [x, y],
  }
  return new Map(boxes.map((box) => [box.id, put[how](box)]))
}

type Box = { readonly id: string; readonly x: number; readonly y: number; readonly w: number; readonly h: number }

function distributed(boxes: readonly Box[], how: 'across' | 'down'): ReadonlyMap<string, Placed['at']> {
  const [along, size] = how === 'across' ? (['x', 'w'] as const) : (['y', 'h'] as const)
  const sorted = boxes.toSorted((one, other) => one[along] - other[along])
  const first = sorted[0]
  const final = sorted.at(-1)
  if (!first || !final) return new Map()
  const room = final[along] - first[along] - sorted.slice(0, -1).reduce((sum, box) => sum + box[size], 0)
  const between = room / (sorted.length - 1)
  let next = first[along]
  return new Map(
    sorted.map((box) => {
      const at = next
      next += box[size] + between
      return [box.id, how === 'across' ? ([at, box.y] as const) : ([box.x, at] as const)]
    }),
  )
}

/** Makes room at the right of a place: everything on that level that stands there moves on. */
export function pushedRight(flow: Flow, from: number, by: number, level: string | undefined): Flow {
  const inside = new Set<string>()
  const moves = (node: FlowNode): boolean => {
    if (node.parent !== undefined && inside.has(node.parent)) return true
    return node.parent === level && (node.at?.[0] ?? Number.NEGATIVE_INFINITY) >= from
  }
  const nodes = flow.nodes.map((node) => {
    if (!node.at || !moves(node)) return node
    inside.add(node.id)
    const [x = 0, y = 0] = node.at
    return { ...node, at: [x + by, y] }
  })
  return { ...flow, nodes }
}

export const between = gap.between
