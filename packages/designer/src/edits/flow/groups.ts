import type { FlowGroup } from '@tenon/engine'
import { groupBox, type Placed } from '@tenon/engine/layout'
import { freshId } from '../fresh-id.ts'
import { type Flow, groupsIn, withInside } from './flow.ts'
import type { Places } from './places.ts'

/** A frame with a name around nodes, and what stands in them or on their borders. */
export function grouped(
  flow: Flow,
  nodes: readonly string[],
  label: FlowGroup['label'],
): { readonly flow: Flow; readonly id: string } | undefined {
  const there = flow.nodes.filter(({ id }) => nodes.includes(id)).map(({ id }) => id)
  if (there.length === 0) return undefined
  const groups = groupsIn(flow)
  const id = freshId('', 'group', (taken) => groups.some((group) => group.id === taken))
  return { flow: { ...flow, groups: [...groups, { id, label, nodes: there }] }, id }
}

/** The flow without a group; its nodes stay. */
export const ungrouped = (flow: Flow, id: string): Flow =>
  withGroups(
    flow,
    groupsIn(flow).filter((group) => group.id !== id),
  )

export const changeGroup = (flow: Flow, id: string, change: (group: FlowGroup) => FlowGroup): Flow =>
  withGroups(
    flow,
    groupsIn(flow).map((group) => (group.id === id ? change(group) : group)),
  )

/** A group holds what is there; one that held only what is gone goes with it. */
export const withoutGone = (flow: Flow): Flow => {
  const groups = groupsIn(flow)
  if (groups.length === 0) return flow
  const there = new Set(flow.nodes.map(({ id }) => id))
  if (groups.every(({ nodes }) => nodes.every((node) => there.has(node)))) return flow
  return withGroups(
    flow,
    groups.map((group) => ({ ...group, nodes: group.nodes.filter((node) => there.has(node)) })),
  )
}

function withGroups(flow: Flow, all: readonly FlowGroup[]): Flow {
  const groups = all.filter(({ nodes }) => nodes.length > 0)
  const { groups: _, ...rest } = flow
  return groups.length > 0 ? { ...rest, groups } : rest
}

/** The frame of a group as it is drawn; undefined where nothing of it is there. */
export const frameOf = (flow: Flow, group: FlowGroup, places: Places): Placed | undefined =>
  groupBox([...withInside(flow, group.nodes)].flatMap((id) => places.get(id) ?? []))
