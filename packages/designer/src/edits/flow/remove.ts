import type { Edge, FlowNode } from '@tenon/engine'
import { type Flow, groupsIn, hostOf, incoming, outgoing, withInside } from './flow.ts'
import { ungrouped, withoutGone } from './groups.ts'

/** What a removal leaves behind. */
type Removed = {
  readonly flow: Flow
  /** Nodes that led to what is gone and now lead nowhere. */
  readonly stuck: readonly string[]
  /** Nodes that only what is gone led to. */
  readonly lost: readonly string[]
}

/**
 * Takes nodes, edges and groups (`groups/ID`) away. Where a node had one way on, who came to it goes that way now, with the condition or answer
 * he came by; else its edges go with it. What stands in it or on its border goes too.
 */
export function remove(flow: Flow, ids: Iterable<string>): Removed {
  const chosen = new Set(ids)
  const gone = withInside(
    flow,
    flow.nodes.filter(({ id }) => chosen.has(id)).map(({ id }) => id),
  )
  let next: Flow = { ...flow, edges: flow.edges.filter(({ id }) => !chosen.has(id)) }
  for (const id of gone) next = withoutNode(next, id)
  next = withoutGone({ ...next, nodes: next.nodes.map((node) => withoutMention(node, gone)) })
  for (const { id } of groupsIn(next)) if (chosen.has(`groups/${id}`)) next = ungrouped(next, id)
  const left = next.nodes.filter((node) => hostOf(node) === undefined)
  return {
    flow: next,
    stuck: left
      .filter(({ id }) => outgoing(flow, id).length > 0 && outgoing(next, id).length === 0)
      .map(({ id }) => id),
    lost: left.filter(({ id }) => incoming(flow, id).length > 0 && incoming(next, id).length === 0).map(({ id }) => id),
  }
}

function withoutNode(flow: Flow, id: string): Flow {
  const ways = outgoing(flow, id).filter(({ to }) => to !== id)
  const [on] = ways
  const target = ways.length === 1 ? on?.to : undefined
  const edges = flow.edges.flatMap((edge): Edge[] => {
    if (edge.from === id) return []
    if (edge.to !== id) return [edge]
    if (target === undefined || edge.from === target) return []
    const { via: _bend, ...straight } = edge
    return [{ ...straight, to: target }]
  })
  return { ...flow, nodes: flow.nodes.filter((node) => node.id !== id), edges: withoutTwins(edges) }
}

/** Two edges that say the same are one. */
function withoutTwins(edges: readonly Edge[]): readonly Edge[] {
  const seen = new Set<string>()
  return edges.filter(({ from, to, outcome, when }) => {
    const key = JSON.stringify([from, to, outcome, when])
    return seen.has(key) ? false : seen.add(key)
  })
}

/** Other nodes that name what is gone: an undoing that is no more, a compensation that now means all. */
export function withoutMention(node: FlowNode, gone: ReadonlySet<string>): FlowNode {
  let next = node
  if ('compensatedBy' in next && next.compensatedBy !== undefined && gone.has(next.compensatedBy)) {
    const { compensatedBy: _gone, ...rest } = next
    next = rest as FlowNode
  }
  if ('throws' in next && next.throws && 'compensation' in next.throws && gone.has(String(next.throws.compensation)))
    next = { ...next, throws: { compensation: true } } as FlowNode
  return next
}
