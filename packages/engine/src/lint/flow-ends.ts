import type { FlowNode } from '../definitions/flow.ts'
import { problem } from '../kernel/problem.ts'
import {
  eachFlow,
  handlerOf,
  isBoundary,
  isEventSubProcess,
  type Level,
  nodeName,
  reachable,
  traitsOf,
} from './flow-walk.ts'

/** One way into each level, at least one way out of the flow, and edges only where the node's type has them. */
export const flowEnds = eachFlow(({ flow, graph, nodes, levels, handlers, path, nodePath, edgePath }) => [
  ...levels.flatMap(({ container, starts, ends }) => [
    ...(starts.length === 0 ? [problem('flow.startMissing', container ? nodePath(container) : `${path}/nodes`)] : []),
    ...starts.slice(1).map((node) => problem('flow.startTwice', nodePath(node))),
    ...(ends.length === 0 && container === null ? [problem('flow.endMissing', `${path}/nodes`)] : []),
  ]),
  ...flow.edges.flatMap((edge) => {
    const from = graph.nodes.get(edge.from)
    const to = graph.nodes.get(edge.to)
    const standsAlone = (node: FlowNode) => isEventSubProcess(node) || handlers.has(node.id)
    return [
      ...(from && (!traitsOf(from).mayHaveOutgoing || standsAlone(from))
        ? [problem('flow.edgeNotAllowed', `${edgePath(edge)}/from`, { node: nodeName(from) })]
        : []),
      ...(to && (!traitsOf(to).mayHaveIncoming || standsAlone(to))
        ? [problem('flow.edgeNotAllowed', `${edgePath(edge)}/to`, { node: nodeName(to) })]
        : []),
      ...(from && to && from.parent !== to.parent
        ? [problem('flow.edgeCrosses', edgePath(edge), { node: nodeName(to) })]
        : []),
    ]
  }),
  ...nodes.filter(isBoundary).flatMap((node) => {
    const host = graph.nodes.get(node.attachedTo)
    const isWatchable = host && traitsOf(host).isActivity && !isEventSubProcess(host) && host.parent === node.parent
    return host && !isWatchable
      ? [problem('flow.boundaryNotActivity', `${nodePath(node)}/attachedTo`, { node: nodeName(host) })]
      : []
  }),
  ...nodes.flatMap((node) => {
    const parent = node.parent === undefined ? undefined : graph.nodes.get(node.parent)
    return parent && !traitsOf(parent).isContainer
      ? [problem('flow.parentWrong', `${nodePath(node)}/parent`, { node: nodeName(parent) })]
      : []
  }),
  ...nodes.flatMap((node) => {
    const handler = graph.nodes.get(handlerOf(node) ?? '')
    return handler && (!traitsOf(handler).isActivity || handler.parent !== node.parent || handler.id === node.id)
      ? [problem('flow.handlerWrong', `${nodePath(node)}/compensatedBy`, { node: nodeName(handler) })]
      : []
  }),
])

/** Every node can be reached from the start, and from every node some end of its level can be reached. */
export const flowReach = eachFlow(({ graph, nodes, levels, handlers, nodePath }) => {
  const begins = (level: Level | undefined) => [
    ...(level?.starts ?? []).map((node) => node.id),
    ...(level?.nodes ?? []).filter(isEventSubProcess).map((node) => node.id),
  ]
  const handlersOf = (node: FlowNode | undefined) => (node ? [handlerOf(node) ?? []].flat() : [])
  const after = (id: string) => [
    ...graph.outgoing(id).map((edge) => edge.to),
    ...graph.boundaries(id).map((node) => node.id),
    ...begins(levels.find((level) => level.container?.id === id)),
    ...handlersOf(graph.nodes.get(id)),
  ]
  const before = (id: string) => {
    const node = graph.nodes.get(id)
    // Only an interrupting boundary event leads the activity's own token on.
    const host = node && isBoundary(node) && node.interrupting !== false ? [node.attachedTo] : []
    return [...graph.incoming(id).map((edge) => edge.from), ...host]
  }
  const [whole] = levels
  const fromStart = reachable(begins(whole), after)
  const isOut = ({ id }: FlowNode) => handlers.has(id) || graph.outgoing(id).length === 0
  const outs = levels.flatMap(({ container, ends, nodes: own }) => [
    ...(ends.length > 0 || container === null ? ends : own.filter(isOut)),
    ...own.filter((node) => isEventSubProcess(node) || handlers.has(node.id)),
  ])
  const toEnd = reachable(
    outs.map((node) => node.id),
    before,
  )
  return [
    ...(whole?.starts.length === 0
      ? []
      : nodes
          .filter((node) => !fromStart.has(node.id))
          .map((node) => problem('flow.unreachable', nodePath(node), { node: nodeName(node) }))),
    ...(whole?.ends.length === 0
      ? []
      : nodes
          .filter((node) => !toEnd.has(node.id))
          .map((node) => problem('flow.deadEnd', nodePath(node), { node: nodeName(node) }))),
  ]
})

/** A circle in which nobody and nothing is waited for would run until the step budget kills the instance. */
export const flowLoops = eachFlow(({ graph, nodes, nodePath }) => {
  const rests = (id: string) => {
    const node = graph.nodes.get(id)
    if (!node) return true
    const { waits, isGateway } = traitsOf(node)
    return waits && (!isGateway || graph.incoming(id).length > 1)
  }
  const next = (id: string) =>
    graph
      .outgoing(id)
      .map((edge) => edge.to)
      .filter((to) => !rests(to))
  const reported = new Set<string>()
  return nodes.flatMap((node) => {
    if (rests(node.id) || reported.has(node.id)) return []
    const ahead = reachable(next(node.id), next)
    if (!ahead.has(node.id)) return []
    const circle = nodes.filter((one) => ahead.has(one.id) && reachable(next(one.id), next).has(node.id))
    for (const one of circle) reported.add(one.id)
    return [problem('flow.loopWithoutWait', nodePath(node), { nodes: circle.map(nodeName) })]
  })
})
