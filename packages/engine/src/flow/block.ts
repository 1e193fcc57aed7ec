import type { FlowGraph } from './graph.ts'

const cache = new WeakMap<FlowGraph, Map<string, ReadonlySet<string>>>()

/**
 * The nodes between a join and where its branches began: all from which the join can be reached, behind the last node
 * that every way to the join passes (its immediate dominator). Neither of the two is in it.
 */
export function blockBefore(graph: FlowGraph, join: string): ReadonlySet<string> {
  const ofGraph = cache.get(graph) ?? new Map<string, ReadonlySet<string>>()
  cache.set(graph, ofGraph)
  const known = ofGraph.get(join)
  if (known) return known
  const before = backwards(graph, join, new Set())
  const split = immediateDominator(graph, join, before)
  const block = new Set(split === undefined ? before : backwards(graph, join, new Set([split])))
  block.delete(join)
  if (split !== undefined) block.delete(split)
  ofGraph.set(join, block)
  return block
}

/** Everything from which `from` can be reached without passing what is blocked. */
function backwards(graph: FlowGraph, from: string, blocked: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [...graph.sources(from)]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id) || id === from || blocked.has(id)) continue
    found.add(id)
    open.push(...graph.sources(id))
  }
  return found
}

/** The nearest node without which no entry of the level reaches the join. */
function immediateDominator(graph: FlowGraph, join: string, before: ReadonlySet<string>): string | undefined {
  const entries = [...before].filter((id) => graph.sources(id).length === 0)
  const dominators = [...before].filter((id) => {
    const without = backwards(graph, join, new Set([id]))
    return entries.every((entry) => entry === id || !without.has(entry)) && (entries.length > 0 || without.size === 0)
  })
  // The nearest one is behind all others: it is reached from each of them, and none of them lies behind it.
  return dominators.find((id) => {
    const inside = backwards(graph, join, new Set([id]))
    return dominators.every((other) => other === id || !inside.has(other))
  })
}
