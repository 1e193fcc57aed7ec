import { type Locale, type Problem, renderProblem } from '@tenon/engine'
import { exportBpmn, importBpmn, type Reported } from '@tenon/engine/bpmn'
import type { BpmnImported } from '@tenon/runtime/contract'
import type { DesignDoors } from '../doors.ts'
import type { LiveMemory } from '../store/live-memory.ts'
import { notFound, rejected } from '../tenon-error.ts'

/** Form of imported flows where neither caller nor document nor app names one: lint then asks for it. */
const noForm = 'record'

/** BPMN documents in and out of an app's definitions. Nothing is written. */
export function bpmnDoors(memory: LiveMemory): Pick<DesignDoors, 'importBpmn' | 'exportBpmn'> {
  return {
    async importBpmn(_principal, app, { xml, form }, locale) {
      const known = memory.now.apps.app(app)?.model.forms.keys().next().value
      const done = await importBpmn(xml, { form: form ?? known ?? noForm })
      if (!done.ok) throw refused(done.error)
      const { flows, report } = done.value
      return { flows: flows.map((flow) => ({ ...flow })), report: report.map((entry) => entryView(entry, locale)) }
    },
    async exportBpmn(_principal, app, id) {
      const flows = memory.now.apps.app(app)?.model.flows
      const flow = flows?.get(id)
      if (!flows || !flow) throw notFound()
      const done = await exportBpmn(flow, [...flows.values()])
      if (!done.ok) throw refused(done.error)
      return done.value
    },
  }
}

const refused = (problems: readonly Problem[]) => rejected({ code: problems[0]?.code ?? 'bpmn.invalid', problems })

function entryView({ problems, ...entry }: Reported, locale: Locale): BpmnImported['report'][number] {
  const notes = problems.map((problem) => ({ code: problem.code, message: renderProblem(problem, locale) }))
  return { ...entry, notes }
}
