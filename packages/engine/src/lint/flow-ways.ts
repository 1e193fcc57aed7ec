import type { Edge, FlowNode } from '../definitions/flow.ts'
import { type Problem, problem, warning } from '../kernel/problem.ts'
import { eachFlow, type FlowView, nodeName, traitsOf } from './flow-walk.ts'

/** From every node, with every outcome and whatever the conditions say, there is a way on. */
export const flowWays = eachFlow((view) =>
  view.nodes.flatMap((node) => wayProblems(node, view.graph.outgoing(node.id), view)),
)

function wayProblems(node: FlowNode, edges: readonly Edge[], view: FlowView): readonly Problem[] {
  if (edges.length === 0) return []
  const details = { node: nodeName(node) }
  const { takesAllWays, eventsChoose } = traitsOf(node)
  if (takesAllWays || eventsChoose) {
    return edges
      .filter((edge) => edge.when !== undefined || edge.default === true)
      .map((edge) => warning('flow.conditionIgnored', view.edgePath(edge), details))
  }
  const defaults = edges.filter((edge) => edge.default === true)
  return [
    ...defaults.slice(1).map((edge) => problem('flow.defaultTwice', view.edgePath(edge), details)),
    ...(traitsOf(node).isGateway
      ? gatewayProblems(node, edges, defaults.length > 0, view)
      : outcomeProblems(node, edges, defaults.length > 0, view)),
  ]
}

/** A gateway that chooses needs a condition on each way but one, which is the default. */
function gatewayProblems(
  node: FlowNode,
  edges: readonly Edge[],
  hasDefault: boolean,
  view: FlowView,
): readonly Problem[] {
  const details = { node: nodeName(node) }
  const open = edges.filter((edge) => edge.when === undefined && edge.default !== true)
  if (edges.length === 1 && open.length === 1) return []
  // Of an inclusive gateway every way whose condition holds is taken: one without is taken always.
  if (open.length > 0 && traitsOf(node).joinsWhatCanCome) return []
  if (open.length > 0) return open.map((edge) => problem('flow.conditionMissing', view.edgePath(edge), details))
  return hasDefault ? [] : [problem('flow.defaultMissing', view.nodePath(node), details)]
}

/** Mirrors `Run.waysOut`: the edges named for the outcome, else those named for none, else the default. */
function outcomeProblems(
  node: FlowNode,
  edges: readonly Edge[],
  hasDefault: boolean,
  view: FlowView,
): readonly Problem[] {
  if (hasDefault) return []
  const outcomes = 'outcomes' in node ? (node.outcomes ?? []) : []
  const unnamed = edges.filter((edge) => edge.outcome === undefined)
  const isStuck = (ways: readonly Edge[]) => ways.every((edge) => edge.when !== undefined)
  const missing = outcomes.flatMap((outcome, at) => {
    const named = edges.filter((edge) => edge.outcome === outcome.id)
    const ways = named.length > 0 ? named : unnamed
    const path = `${view.nodePath(node)}/outcomes/${at}`
    if (ways.length === 0)
      return [problem('flow.outcomeWithoutEdge', path, { node: nodeName(node), outcome: outcome.label })]
    return isStuck(ways) ? [problem('flow.defaultMissing', path, { node: nodeName(node) })] : []
  })
  if (outcomes.length > 0 || !isStuck(unnamed)) return missing
  return [problem('flow.defaultMissing', view.nodePath(node), { node: nodeName(node) })]
}
