import type { FlowNode } from '../definitions/flow.ts'
import { type Problem, problem, warning } from '../kernel/problem.ts'
import type { LintContext } from './context.ts'
import { eachFlow, type FlowView, isBoundary, isEventSubProcess, nodeName, reachable, traitsOf } from './flow-walk.ts'

/** What begins by an event says which; behind an event gateway stand events that nothing else leads to. */
export const flowTriggers = eachFlow(({ levels, nodes, graph, nodePath, edgePath }) => [
  ...levels.flatMap(({ container, starts }) =>
    starts.flatMap((start) => {
      const hasEvent = 'on' in start && start.on !== undefined
      const needsEvent = container !== null && isEventSubProcess(container)
      if (hasEvent === needsEvent) return []
      return [problem(needsEvent ? 'flow.triggerMissing' : 'flow.triggerNotAllowed', nodePath(start))]
    }),
  ),
  ...nodes
    .filter((node) => traitsOf(node).eventsChoose)
    .flatMap((node) =>
      graph.outgoing(node.id).flatMap((edge) => {
        const to = graph.nodes.get(edge.to)
        const isEvent = to !== undefined && 'on' in to && traitsOf(to).waits && graph.incoming(to.id).length === 1
        return to && !isEvent ? [problem('flow.eventTargetWrong', `${edgePath(edge)}/to`, { node: nodeName(to) })] : []
      }),
    ),
])

/** A called flow is about the same form, or says which record it is about; it does not call itself without end. */
export const flowCalls = eachFlow(({ flow, nodes, nodePath }, { app }) =>
  nodes.flatMap((node) => {
    if (!('flow' in node)) return []
    const form = app.flows.get(node.flow)?.form
    return form !== undefined && form !== flow.form && node.record === undefined
      ? [problem('flow.calledFormWrong', `${nodePath(node)}/flow`, { node: nodeName(node) })]
      : []
  }),
)

const names = ['message', 'signal', 'error', 'escalation'] as const
type NameKind = (typeof names)[number]
type Named = { readonly kind: NameKind; readonly name: string; readonly path: string }

/** Messages, signals, errors and escalations have two sides: a name only one side knows is mostly misspelt. */
export const flowNames = (context: LintContext): readonly Problem[] => {
  const caught: Named[] = []
  const thrown: Named[] = []
  let catchesAny = false
  for (const flow of context.app.flows.values())
    for (const [at, node] of flow.nodes.entries()) {
      const path = `/flows/${flow.id}.json/nodes/${at}`
      if ('on' in node && node.on) {
        caught.push(...named(node.on, `${path}/on`))
        catchesAny ||=
          ('error' in node.on && node.on.error === true) || ('escalation' in node.on && node.on.escalation === true)
      }
      if ('throws' in node && node.throws) thrown.push(...named(node.throws, `${path}/throws`))
    }
  const sent = actionsOf(context)
  const isIn = (list: readonly Named[], one: Named) =>
    list.some((other) => other.kind === one.kind && other.name === one.name)
  return [
    ...caught
      .filter((one) => !isIn([...thrown, ...sent], one))
      .map(({ path, kind, name }) => warning('flow.nameNotThrown', path, { what: kind, name })),
    ...thrown
      .filter((one) => !isIn(caught, one) && !(catchesAny && (one.kind === 'error' || one.kind === 'escalation')))
      .map(({ path, kind, name }) => warning('flow.nameNotCaught', path, { what: kind, name })),
  ]
}

const named = (event: object, path: string): readonly Named[] =>
  Object.entries(event).flatMap(([key, name]) => {
    const kind = names.find((one) => one === key)
    return kind && typeof name === 'string' ? [{ kind, name, path: `${path}/${kind}` }] : []
  })

/** Messages and signals that actions send, anywhere in the app. */
function actionsOf({ all }: LintContext): readonly Named[] {
  const found: Named[] = []
  const kinds: { readonly [type: string]: NameKind } = { sendMessage: 'message', sendSignal: 'signal' }
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { type, name } = value as { readonly type?: unknown; readonly name?: unknown }
    const kind = typeof type === 'string' ? kinds[type] : undefined
    if (kind && typeof name === 'string') found.push({ kind, name, path: '' })
    for (const inner of Object.values(value)) walk(inner)
  }
  for (const document of all) walk(document.json)
  return found
}

/**
 * A parallel gateway that joins what an exclusive choice has split waits for ever. Said only where it is certain: one
 * token comes to the choice, it takes one of its ways, and no way leads to every incoming edge.
 */
export const flowJoins = eachFlow((view) =>
  view.nodes
    .filter((node) => traitsOf(node).takesAllWays && view.graph.incoming(node.id).length > 1 && !hasPolicy(node))
    .flatMap((join) =>
      neverOpens(view, join) ? [problem('flow.joinNeverOpens', view.nodePath(join), { node: nodeName(join) })] : [],
    ),
)

const hasPolicy = (node: FlowNode): boolean => 'join' in node && node.join !== undefined

function neverOpens({ graph, nodes }: FlowView, join: FlowNode): boolean {
  const before = reachable([join.id], graph.sources)
  // With one place where tokens multiply, or a circle, it may still open.
  const isSingle = nodes
    .filter((node) => before.has(node.id) && node.id !== join.id)
    .every((node) => takesOneWay(graph.outgoing(node.id).length, node) && !isBesides(node))
  const after = reachable(
    graph.outgoing(join.id).map((edge) => edge.to),
    (id) => graph.outgoing(id).map((edge) => edge.to),
  )
  return isSingle && !after.has(join.id)
}

/** A node that lets one token out for each that comes in. */
const takesOneWay = (ways: number, node: FlowNode): boolean => {
  const { isGateway, takesAllWays, joinsWhatCanCome } = traitsOf(node)
  return ways <= 1 || (isGateway && !takesAllWays && !joinsWhatCanCome)
}

const isBesides = (node: FlowNode): boolean => isBoundary(node) && node.interrupting === false
