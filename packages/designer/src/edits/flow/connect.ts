import type { Edge } from '@tenon/engine'
import { type Flow, nodeOf, standsAlone, traitsOf } from './flow.ts'
import { newWay, withEdge } from './insert.ts'

/** Why two nodes cannot be connected. */
type NoWay = 'gone' | 'itself' | 'noWayOut' | 'noWayIn' | 'otherLevel' | 'already'

/** undefined: they can. */
export function whyNotConnect(flow: Flow, from: string, to: string): NoWay | undefined {
  const [start, end] = [nodeOf(flow, from), nodeOf(flow, to)]
  if (!start || !end) return 'gone'
  if (from === to) return 'itself'
  if (!traitsOf(start).mayHaveOutgoing || standsAlone(flow, start)) return 'noWayOut'
  if (!traitsOf(end).mayHaveIncoming || standsAlone(flow, end)) return 'noWayIn'
  if (start.parent !== end.parent) return 'otherLevel'
  const way = newWay(flow, from, to)
  const isSame = (edge: Edge) => edge.from === from && edge.to === to && edge.outcome === way.outcome
  return flow.edges.some((edge) => isSame(edge) && edge.when === undefined) ? 'already' : undefined
}

export function connect(
  flow: Flow,
  from: string,
  to: string,
): { readonly flow: Flow; readonly id: string } | undefined {
  if (whyNotConnect(flow, from, to) !== undefined) return undefined
  const next = withEdge(flow, newWay(flow, from, to))
  return { flow: next, id: next.edges.at(-1)?.id ?? '' }
}

/** The other end of an edge is somebody else; what it said stays, save an answer the new beginning does not have. */
export function reconnect(flow: Flow, id: string, from: string, to: string): Flow | undefined {
  const edge = flow.edges.find((one) => one.id === id)
  if (!edge || (edge.from === from && edge.to === to)) return undefined
  const rest = { ...flow, edges: flow.edges.filter((one) => one.id !== id) }
  if (whyNotConnect(rest, from, to) !== undefined) return undefined
  const { via: _bend, outcome, ...straight } = edge
  const start = nodeOf(flow, from)
  const keeps =
    outcome !== undefined && start && 'outcomes' in start && start.outcomes?.some((one) => one.id === outcome)
  const moved = { ...straight, ...(keeps ? { outcome } : {}), from, to }
  return { ...flow, edges: flow.edges.map((one) => (one.id === id ? moved : one)) }
}
