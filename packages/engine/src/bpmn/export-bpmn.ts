import type { FlowDefinition } from '../definitions/flow.ts'
import type { Problem } from '../kernel/problem.ts'
import { ok, type Result } from '../kernel/result.ts'
import { add, type Element } from './element.ts'
import { flowIdOf, Model } from './model.ts'
import { Process } from './process.ts'
import { FlowWriter } from './write-flow.ts'
import { create, readXml, tenonNamespace, writeXml } from './xml.ts'

/**
 * A flow as BPMN 2.0 XML with its diagram. A flow that was imported comes back in its document, with everything that
 * was only kept; `others` are flows that were imported from the same document and are written into it too.
 */
export async function exportBpmn(
  flow: FlowDefinition,
  others: readonly FlowDefinition[] = [],
): Promise<Result<string, Problem[]>> {
  const source = keptDocument(flow)
  if (source === undefined) return ok(await writeXml(ownDocument(flow)))
  const read = await readXml(source)
  if (!read.ok) return read
  const model = new Model(read.value.definitions)
  const together = [flow, ...others.filter((other) => other.id !== flow.id && keptDocument(other) === source)]
  for (const one of together) {
    const element = model.processes.find((process) => flowIdOf(process) === one.id)
    const process = element ?? (together.length === 1 ? model.processes[0] : undefined)
    if (process) new FlowWriter(new Process(model, process), one, one.form)
  }
  return ok(await writeXml(model.definitions))
}

const keptDocument = (flow: FlowDefinition): string | undefined => Object.values(flow.extensions ?? {})[0]

/** The document of a flow that was drawn here. */
export function ownDocument(flow: FlowDefinition): Element {
  const process = create('bpmn:Process', { id: flow.id, isExecutable: true })
  const definitions = create('bpmn:Definitions', {
    id: `${flow.id}_document`,
    targetNamespace: tenonNamespace,
    exporter: 'Tenon',
  })
  add(definitions, 'rootElements', process)
  new FlowWriter(new Process(new Model(definitions), process), flow, '')
  return definitions
}
