import type { FlowView } from '../../../contract/index.ts'

/**
 * The stages a record passes on its usual way: those of the flow's nodes in the order they are first reached from the
 * start. A side branch reached later comes later.
 */
export function stagePath(flow: FlowView): readonly string[] {
  const byId = new Map(flow.nodes.map((node) => [node.id, node]))
  const seen = new Set<string>()
  const stages: string[] = []
  const waiting = flow.nodes.filter(({ type }) => type === 'startEvent').map(({ id }) => id)
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    if (seen.has(id)) continue
    seen.add(id)
    const stage = byId.get(id)?.stage
    if (stage && !stages.includes(stage)) stages.push(stage)
    waiting.push(...flow.edges.filter(({ from }) => from === id).map(({ to }) => to))
  }
  return stages
}
