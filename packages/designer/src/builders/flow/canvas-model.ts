import type { FlowNode } from '@tenon/engine'
import type { Placed } from '@tenon/engine/layout'
import { type Edge as DrawnEdge, type Node as DrawnNode, type NodeHandle, Position } from '@xyflow/react'
import { type Flow, hostOf, traitsOf } from '../../edits/flow/flow.ts'
import { type Places, placesOf } from '../../edits/flow/places.ts'
import { dipBelow } from './dip-below.ts'
import { edgeWords, nodeName, nodeWords, type Wording } from './flow-words.ts'

/** What is said on a node beside what it is. */
export type Marks = {
  readonly problems?: readonly string[] | undefined
  readonly isBad?: boolean | undefined
  readonly comments?: number | undefined
  /** A token rests here in the try that runs. */
  readonly isLit?: boolean | undefined
  /** How it was gone through, in place of what it is for. */
  readonly told?: Told | undefined
}
type Told = {
  readonly words: string
  /** Of a node: 0 cold to 3, the slowest. */
  readonly heat?: number
  readonly returns?: number
  /** Of an edge: its share of the busiest one, 0 to 1. */
  readonly weight?: number
}
export type ShapeData = {
  readonly node: FlowNode
  readonly name: string
  readonly words: string
  readonly marks: Marks
  readonly isHolding: boolean
}
export type ShapeNode = DrawnNode<ShapeData & Record<string, unknown>, 'shape'>
type WayData = {
  readonly words: string
  readonly via: readonly (readonly number[])[] | undefined
  readonly isDefault: boolean
  readonly isBad: boolean
  readonly mayInsert: boolean
  /** How much deeper than usual a way back runs, so that it passes below what stands between. */
  readonly dip: number
  readonly weight: number | undefined
}
export type WayEdge = DrawnEdge<WayData & Record<string, unknown>, 'way'>

export const nodeAddress = (id: string) => `nodes/${id}`
export const edgeAddress = (id: string) => `edges/${id}`

const noMarks: Marks = {}

type Asked = {
  readonly flow: Flow
  readonly wording: Wording
  readonly chosen: ReadonlySet<string>
  readonly marks: ReadonlyMap<string, Marks>
  /** Where nodes are while they are dragged. */
  readonly dragged: ReadonlyMap<string, Placed['at']>
  readonly describe: (node: FlowNode, name: string, words: string, marks: Marks) => string
  readonly roles: { readonly node: string; readonly edge: string }
  readonly readOnly: boolean
}
type Kept<D> = { readonly key: readonly unknown[]; readonly drawn: D }
/** One drawing's surroundings, looked up once for all its elements. */
type Scene = Asked & {
  readonly places: Places
  readonly nodes: ReadonlyMap<string, FlowNode>
  readonly holding: ReadonlySet<string | undefined>
}

/**
 * What the canvas draws. An element whose own part of the flow, place and marks are as before is the very same object,
 * so it is not drawn again; nor is the list, when all are. A choice looks at what it touches only.
 */
export function canvasDrawer() {
  let nodes = new Map<string, Kept<ShapeNode>>()
  let ways = new Map<string, Kept<WayEdge>>()
  let scene: Scene | undefined
  let before: { readonly nodes: ShapeNode[]; readonly edges: WayEdge[] } = { nodes: [], edges: [] }
  const isTouched = (touched: ReadonlySet<string> | undefined, address: string) => !touched || touched.has(address)
  return (asked: Asked): { readonly nodes: ShapeNode[]; readonly edges: WayEdge[]; readonly places: Places } => {
    const touched = scene && touchedByChoice(scene, asked)
    const now = touched && scene ? { ...scene, chosen: asked.chosen } : sceneOf(asked)
    scene = now
    nodes = new Map(
      outsideFirst(now).map((node) => {
        const kept = nodes.get(node.id)
        return [node.id, kept && !isTouched(touched, nodeAddress(node.id)) ? kept : shape(node, now, kept)]
      }),
    )
    ways = new Map(
      asked.flow.edges.map((edge) => {
        const kept = ways.get(edge.id)
        return [edge.id, kept && !isTouched(touched, edgeAddress(edge.id)) ? kept : way(edge, now, kept)]
      }),
    )
    before = { nodes: listOf(nodes, before.nodes), edges: listOf(ways, before.edges) }
    return { ...before, places: now.places }
  }
}

const sceneOf = (asked: Asked): Scene => ({
  ...asked,
  places: placesOf(asked.flow),
  nodes: new Map(asked.flow.nodes.map((node) => [node.id, node])),
  holding: new Set(asked.flow.nodes.map(({ parent }) => parent)),
})

/** What is chosen now and was not, or was and is not; absent when more than the choice is another. */
function touchedByChoice(before: Asked, { chosen, ...rest }: Asked): ReadonlySet<string> | undefined {
  const others = Object.keys(rest) as (keyof typeof rest)[]
  if (others.some((part) => before[part] !== rest[part])) return undefined
  const only = (one: ReadonlySet<string>, other: ReadonlySet<string>) => [...one].filter((at) => !other.has(at))
  return new Set([...only(before.chosen, chosen), ...only(chosen, before.chosen)])
}

function listOf<D>(kept: ReadonlyMap<string, Kept<D>>, before: D[]): D[] {
  const now = [...kept.values()].map(({ drawn }) => drawn)
  return isSame(now, before) ? before : now
}

const isSame = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((part, at) => part === other[at])

/** What holds others comes before what it holds. */
function outsideFirst({ flow, nodes }: Scene): readonly FlowNode[] {
  const depth = new Map<string, number>()
  const depthOf = (node: FlowNode, seen: ReadonlySet<string>): number => {
    const known = depth.get(node.id)
    if (known !== undefined) return known
    const id = aboveOf(node, nodes)
    const above = id === undefined || seen.has(id) ? undefined : nodes.get(id)
    const found = above ? depthOf(above, new Set([...seen, node.id])) + 1 : 0
    depth.set(node.id, found)
    return found
  }
  if (!flow.nodes.some((node) => aboveOf(node, nodes) !== undefined)) return flow.nodes
  return flow.nodes.toSorted((one, other) => depthOf(one, new Set([one.id])) - depthOf(other, new Set([other.id])))
}

const aboveOf = (node: FlowNode, nodes: ReadonlyMap<string, FlowNode>): string | undefined => {
  const above = hostOf(node) ?? node.parent
  return above !== undefined && nodes.has(above) && above !== node.id ? above : undefined
}

function shape(node: FlowNode, scene: Scene, before: Kept<ShapeNode> | undefined): Kept<ShapeNode> {
  const { wording, chosen, dragged, places, readOnly } = scene
  const place = places.get(node.id) ?? { at: [0, 0] as const, size: [184, 64] as const }
  const above = aboveOf(node, scene.nodes)
  const origin = above === undefined ? undefined : (dragged.get(above) ?? places.get(above)?.at)
  const isMovedBy = above !== undefined && dragged.has(above) && !dragged.has(node.id)
  const own = dragged.get(node.id) ?? place.at
  const [left, top] = isMovedBy ? (places.get(above)?.at ?? [0, 0]) : (origin ?? [0, 0])
  const [x, y] = [own[0] - left, own[1] - top]
  const marks = scene.marks.get(nodeAddress(node.id)) ?? noMarks
  const selected = chosen.has(nodeAddress(node.id))
  const isHolding = scene.holding.has(node.id)
  const [width, height] = place.size
  const key = [node, wording, x, y, width, height, above, marks, selected, isHolding, readOnly]
  if (before && isSame(before.key, key)) return before
  const name = nodeName(node, wording)
  const words = marks.told?.words ?? nodeWords(node, wording)
  const drawn: ShapeNode = {
    id: node.id,
    type: 'shape',
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles: handlesOf(width, height),
    ...(above === undefined ? {} : { parentId: above }),
    selected,
    draggable: !readOnly,
    connectable: !readOnly && traitsOf(node).mayHaveOutgoing,
    zIndex: hostOf(node) === undefined ? 0 : 20,
    ariaLabel: scene.describe(node, name, words, marks),
    domAttributes: { 'aria-roledescription': scene.roles.node },
    data: { node, name, words, marks, isHolding },
  }
  return { key, drawn }
}

const sides = [
  ['l', Position.Left, 0, 0.5],
  ['r', Position.Right, 1, 0.5],
  ['t', Position.Top, 0.5, 0],
  ['b', Position.Bottom, 0.5, 1],
] as const
export const handleSides = sides

const handlesOf = (width: number, height: number): NodeHandle[] =>
  sides.map(([id, position, x, y]) => ({ id, position, type: 'source', x: width * x, y: height * y }))

type Edge = Flow['edges'][number]

function way(edge: Edge, scene: Scene, before: Kept<WayEdge> | undefined): Kept<WayEdge> {
  const { flow, wording, chosen, dragged, places, readOnly } = scene
  const address = edgeAddress(edge.id)
  const marks = scene.marks.get(address) ?? noMarks
  const from = dragged.get(edge.from) ?? places.get(edge.from)?.at
  const to = dragged.get(edge.to) ?? places.get(edge.to)?.at
  const start = scene.nodes.get(edge.from)
  const [sourceHandle, targetHandle] = sidesOf(
    { at: from ?? [0, 0], size: places.get(edge.from)?.size ?? [0, 0] },
    { at: to ?? [0, 0], size: places.get(edge.to)?.size ?? [0, 0] },
    start !== undefined && hostOf(start) !== undefined,
  )
  const selected = chosen.has(address)
  const [out, into] = [places.get(edge.from), places.get(edge.to)]
  const dip = sourceHandle === 'b' && targetHandle === 'b' && out && into ? dipBelow(out, into, places.values()) : 0
  const key = [edge, start, wording, marks, selected, sourceHandle, targetHandle, readOnly, dip]
  if (before && isSame(before.key, key)) return before
  const own = edgeWords(flow, edge, wording)
  const words = marks.told ? [marks.told.words, own].filter(Boolean).join(' · ') : own
  const drawn: WayEdge = {
    id: edge.id,
    type: 'way',
    source: edge.from,
    target: edge.to,
    sourceHandle,
    targetHandle,
    selected,
    focusable: true,
    reconnectable: !readOnly,
    ariaLabel: scene.roles.edge + (words ? ` ${words}` : ''),
    domAttributes: { 'aria-roledescription': scene.roles.edge },
    data: {
      words,
      via: edge.via,
      isDefault: edge.default === true,
      isBad: marks.isBad === true,
      mayInsert: !readOnly,
      dip,
      weight: marks.told?.weight,
    },
  }
  return { key, drawn }
}

/** Forwards from right to left side; back, and from a border, along the bottom. */
function sidesOf(from: Placed, to: Placed, isOnBorder: boolean): readonly [string, string] {
  if (isOnBorder) return ['b', to.at[1] > from.at[1] + from.size[1] + 60 ? 'l' : 'b']
  if (to.at[0] >= from.at[0] + from.size[0]) return ['r', 'l']
  const isBelow = to.at[1] >= from.at[1] + from.size[1]
  const overlaps = to.at[0] + to.size[0] > from.at[0] && from.at[0] + from.size[0] > to.at[0]
  if (overlaps && isBelow) return ['b', 't']
  if (overlaps && to.at[1] + to.size[1] <= from.at[1]) return ['t', 'b']
  return ['b', 'b']
}
