import type { FlowDefinition } from '../definitions/flow.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { type Element, text } from './element.ts'
import { ownDocument } from './export-bpmn.ts'
import { flowOf } from './flow-of.ts'
import { Model } from './model.ts'
import { Process } from './process.ts'
import { type Reported, reportOf } from './report.ts'
import { sameTree } from './same-tree.ts'
import { readXml, writeXml } from './xml.ts'

export type BpmnImport = {
  /** One per executable process; where none is marked, one per process that has something to run. */
  readonly flows: readonly FlowDefinition[]
  /** Every element that has a meaning, and what becomes of it. */
  readonly report: readonly Reported[]
}

/**
 * The flows of a BPMN 2.0 document. What flows do not run (pools, lanes, data, artifacts, other tools' extensions …) is
 * kept in `extensions`, named in the report, and exported again. `form`: for processes that name none.
 */
export async function importBpmn(
  xml: string,
  { form }: { readonly form: string },
): Promise<Result<BpmnImport, Problem[]>> {
  const read = await readXml(xml)
  if (!read.ok) return read
  const { definitions, unread } = read.value
  const model = new Model(definitions)
  const processes = model.processes.map((element) => new Process(model, element))
  if (processes.length === 0) return fail([problem('bpmn.noProcess', '')])
  const flows = processes.map((process) => flowOf(process, form))
  const report = reportOf(definitions, processes, unread)
  const isOurs = flows.length === 1 && (await isOwnDocument(definitions, flows[0]))
  if (isOurs) return ok({ flows, report })
  const extensions = { [keyOf(definitions)]: await writeXml(definitions) }
  return ok({ flows: flows.map((flow) => ({ ...flow, extensions })), report })
}

/** Whether the flow alone gives the same document: then there is nothing to keep. */
async function isOwnDocument(definitions: Element, flow: FlowDefinition | undefined): Promise<boolean> {
  if (!flow || text(definitions, 'exporter') !== 'Tenon') return false
  const again = await readXml(await writeXml(ownDocument(flow)))
  return again.ok && sameTree(again.value.definitions, definitions)
}

function keyOf(definitions: Element): string {
  const id = text(definitions, 'id') ?? ''
  return /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(id) ? id : 'definitions'
}
