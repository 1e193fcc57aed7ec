import { problem } from '../kernel/problem.ts'
import { eachFlow, isBoundary, nodeName, reachable, traitsOf } from './flow-walk.ts'

/** One way in, at least one way out, and edges only where the node's type has them. */
export const flowEnds = eachFlow(({ flow, graph, nodes, starts, ends, path, nodePath, edgePath }) => [
  ...(starts.length === 0 ? [problem('flow.startMissing', `${path}/nodes`)] : []),
  ...starts.slice(1).map((node) => problem('flow.startTwice', nodePath(node))),
  ...(ends.length === 0 ? [problem('flow.endMissing', `${path}/nodes`)] : []),
  ...flow.edges.flatMap((edge) => {
    const from = graph.nodes.get(edge.from)
    const to = graph.nodes.get(edge.to)
    return [
      ...(from && !traitsOf(from).mayHaveOutgoing
        ? [problem('flow.edgeNotAllowed', `${edgePath(edge)}/from`, { node: nodeName(from) })]
        : []),
      ...(to && !traitsOf(to).mayHaveIncoming
        ? [problem('flow.edgeNotAllowed', `${edgePath(edge)}/to`, { node: nodeName(to) })]
        : []),
    ]
  }),
  ...nodes.filter(isBoundary).flatMap((node) => {
    const host = graph.nodes.get(node.attachedTo)
    return host && !traitsOf(host).isActivity
      ? [problem('flow.boundaryNotActivity', `${nodePath(node)}/attachedTo`, { node: nodeName(host) })]
      : []
  }),
])

/** Every node can be reached from the start, and from every node some end can be reached. */
export const flowReach = eachFlow(({ graph, nodes, starts, ends, nodePath }) => {
  const after = (id: string) => [
    ...graph.outgoing(id).map((edge) => edge.to),
    ...graph.boundaries(id).map((node) => node.id),
  ]
  const before = (id: string) => {
    const node = graph.nodes.get(id)
    // Only an interrupting boundary event leads the activity's own token on.
    const host = node && isBoundary(node) && node.interrupting !== false ? [node.attachedTo] : []
    return [...graph.incoming(id).map((edge) => edge.from), ...host]
  }
  const fromStart = reachable(
    starts.map((node) => node.id),
    after,
  )
  const toEnd = reachable(
    ends.map((node) => node.id),
    before,
  )
  return [
    ...(starts.length === 0
      ? []
      : nodes
          .filter((node) => !fromStart.has(node.id))
          .map((node) => problem('flow.unreachable', nodePath(node), { node: nodeName(node) }))),
    ...(ends.length === 0
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
