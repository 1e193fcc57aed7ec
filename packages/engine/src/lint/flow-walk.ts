import type { FlowDefinition, FlowNode } from '../definitions/flow.ts'
import { type FlowGraph, flowGraph } from '../flow/graph.ts'
import { pointer } from '../kernel/pointer.ts'
import type { Problem } from '../kernel/problem.ts'
import type { TextValue } from '../kernel/text.ts'
import { behaviourOf } from '../nodes/behaviours.ts'
import type { Check, LintContext } from './context.ts'

/** A flow as the checks see it. */
export type FlowView = {
  readonly flow: FlowDefinition
  readonly graph: FlowGraph
  readonly nodes: readonly FlowNode[]
  /** Where no token comes from: the way in. Boundary events begin at what they watch. */
  readonly starts: readonly FlowNode[]
  readonly ends: readonly FlowNode[]
  readonly path: string
  readonly nodePath: (node: FlowNode) => string
  readonly edgePath: (edge: { readonly id: string }) => string
}

export const traitsOf = (node: FlowNode) => behaviourOf(node).traits
export const isBoundary = (node: FlowNode): node is Extract<FlowNode, { attachedTo: string }> => 'attachedTo' in node
/** How a person calls the node. */
export const nodeName = (node: FlowNode): TextValue =>
  'label' in node && node.label !== undefined ? node.label : node.id

/** A check of each flow by itself. */
export const eachFlow =
  (check: (view: FlowView, context: LintContext) => readonly Problem[]): Check =>
  (context) =>
    [...context.app.flows.values()].flatMap((flow) => check(flowView(flow), context))

function flowView(flow: FlowDefinition): FlowView {
  const path = `/flows/${flow.id}.json`
  const { nodes } = flow
  return {
    flow,
    nodes,
    path,
    graph: flowGraph(flow),
    starts: nodes.filter((node) => !traitsOf(node).mayHaveIncoming && !isBoundary(node)),
    ends: nodes.filter((node) => !traitsOf(node).mayHaveOutgoing),
    nodePath: (node) => `${path}${pointer('nodes', nodes.indexOf(node))}`,
    edgePath: (edge) =>
      `${path}${pointer(
        'edges',
        flow.edges.findIndex((one) => one.id === edge.id),
      )}`,
  }
}

/** Every node that can be reached from some, the given ones included. */
export function reachable(from: Iterable<string>, next: (node: string) => Iterable<string>): ReadonlySet<string> {
  const seen = new Set(from)
  const open = [...seen]
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (const other of next(node))
      if (!seen.has(other)) {
        seen.add(other)
        open.push(other)
      }
  return seen
}
