import type { FlowGraph } from './graph.ts'
import type { InstanceSnapshot, Wait } from './types.ts'

/**
 * What an instance waits for that was stored before waits were kept in the snapshot: then there were only timers, on
 * boundaries of activities and at catching events.
 */
export function formerWaits(graph: FlowGraph, { tokens, activities }: InstanceSnapshot): readonly Wait[] {
  const timer = (node: string, visit: number, scope: string, token: string): Wait => ({
    node,
    visit,
    scope,
    token,
    kind: 'timer',
    fired: 0,
  })
  return tokens.flatMap((token) => {
    const node = graph.nodes.get(token.node)
    const isOpen = activities.some((activity) => activity.token === token.id)
    const watched = isOpen ? graph.boundaries(token.node) : []
    return [
      ...(node && 'on' in node ? [timer(node.id, token.visit, token.scope, token.id)] : []),
      ...watched.map((boundary) => timer(boundary.id, token.visit, token.scope, token.id)),
    ]
  })
}
