import type { FlowDefinition } from '../definitions/flow.ts'
import { isObject } from '../kernel/json.ts'
import { type Element, many, one, text } from './element.ts'
import { understood } from './events.ts'
import { groupsOf } from './groups.ts'
import { changed, type Part, type Properties } from './json.ts'
import { flowIdOf } from './model.ts'
import type { Process } from './process.ts'
import { startCondition } from './start-condition.ts'
import { tenonProperties } from './tenon-properties.ts'

/** The flow that a process is, but for what is only kept. `form`: for processes that name none. */
export function flowOf(process: Process, form: string): FlowDefinition {
  const { nodeOrder, edgeOrder, groupOrder, ...properties } = tenonProperties(process.element)
  const groups = inOrder(
    groupsOf(process).map(([, group]) => group),
    groupOrder,
  )
  const flow: Properties = {
    ...changed(plainFlow(process, form), properties),
    nodes: inOrder(
      process.nodes().map(([, node]) => node),
      nodeOrder,
    ),
    edges: inOrder(
      process.edges().map(([, edge]) => edge),
      edgeOrder,
    ),
    ...(groups.length > 0 ? { groups } : {}),
  }
  // Its parts have been read one by one; whether the whole makes sense is for validation and lint to say.
  return flow as FlowDefinition
}

/** The flow's own properties as BPMN's words describe them. */
export const plainFlow = (process: Process, form: string): Part => ({
  id: flowIdOf(process.element),
  kind: 'flow',
  schemaVersion: 1,
  form,
  label:
    text(process.element, 'name') ??
    poolName(process.model.definitions, process.element) ??
    text(process.element, 'id') ??
    'BPMN',
  start: [startOf(process)],
})

/** A process that begins by a condition begins when a change of the record makes it true. */
function startOf(process: Process): Part | { readonly on: string } {
  const condition = startCondition(process.element)
  return condition ? { on: 'changed', when: understood(condition, condition, process) } : { on: 'manual' }
}

function poolName(definitions: Element, process: Element): string | undefined {
  const pools = many(definitions, 'rootElements').flatMap((root) => many(root, 'participants'))
  return text(
    pools.find((pool) => one(pool, 'processRef') === process),
    'name',
  )
}

function inOrder(parts: readonly Part[], order: unknown): readonly Part[] {
  if (!Array.isArray(order)) return parts
  const place = new Map(order.map((id, index) => [id, index]))
  const at = ({ id }: Part) => place.get(id) ?? order.length
  return [...parts].sort((one, other) => at(one) - at(other))
}

export const partsOf = (value: unknown): readonly Part[] =>
  Array.isArray(value) ? value.filter((item): item is Part => isObject(item) && typeof item.id === 'string') : []
