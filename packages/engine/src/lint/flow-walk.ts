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
  /** The flow itself and each sub-process. */
  readonly levels: readonly Level[]
  /** Activities that undo others: on no way. */
  readonly handlers: ReadonlySet<string>
  readonly path: string
  readonly nodePath: (node: FlowNode) => string
  readonly edgePath: (edge: { readonly id: string }) => string
}

/** A nesting level of a flow; `container` is the sub-process, null the flow itself. */
export type Level = {
  readonly container: FlowNode | null
  readonly nodes: readonly FlowNode[]
  /** Where no token comes from: the way in. Boundary events begin at what they watch. */
  readonly starts: readonly FlowNode[]
  readonly ends: readonly FlowNode[]
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
    levels: [null, ...nodes.filter((node) => traitsOf(node).isContainer === true)].map((container) =>
      levelOf(nodes, container),
    ),
    handlers: new Set(nodes.flatMap((node) => handlerOf(node) ?? [])),
    nodePath: (node) => `${path}${pointer('nodes', nodes.indexOf(node))}`,
    edgePath: (edge) =>
      `${path}${pointer(
        'edges',
        flow.edges.findIndex((one) => one.id === edge.id),
      )}`,
  }
}

function levelOf(all: readonly FlowNode[], container: FlowNode | null): Level {
  const nodes = all.filter((node) => (node.parent ?? null) === (container?.id ?? null))
  return {
    container,
    nodes,
    starts: nodes.filter((node) => !traitsOf(node).mayHaveIncoming && !isBoundary(node)),
    ends: nodes.filter((node) => !traitsOf(node).mayHaveOutgoing),
  }
}

/** The activity that undoes this one. */
export const handlerOf = (node: FlowNode): string | undefined =>
  'compensatedBy' in node ? node.compensatedBy : undefined
/** A sub-process that begins by an event, so on no way. */
export const isEventSubProcess = (node: FlowNode): boolean =>
  'triggeredByEvent' in node && node.triggeredByEvent === true

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
