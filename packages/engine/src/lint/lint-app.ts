import { type AppDocument, appDocuments } from '../definitions/documents.ts'
import { sitesOf } from '../definitions/sites.ts'
import type { Problem } from '../kernel/problem.ts'
import type { AppModel, FormLookup } from '../model.ts'
import { accessBlind, accessLeaks } from './access-leaks.ts'
import { calendarContent } from './calendar-content.ts'
import { calendarValidity } from './calendar-validity.ts'
import { conditions } from './conditions.ts'
import type { Check, LintContext, Organisation } from './context.ts'
import { danglingReferences } from './dangling-references.ts'
import { decisions } from './decisions.ts'
import { duplicateIds, reservedIds } from './duplicate-ids.ts'
import { fieldKinds } from './field-kinds.ts'
import { flowEnds, flowLoops, flowReach } from './flow-ends.ts'
import { flowCalls, flowJoins, flowNames, flowTriggers } from './flow-events.ts'
import { flowTasks } from './flow-tasks.ts'
import { flowWays } from './flow-ways.ts'
import { formStages } from './form-stages.ts'
import { formTabs } from './form-tabs.ts'
import { fields, formulas, templates, unaryTests } from './formulas.ts'
import { ladderSteps } from './ladder-steps.ts'
import { messageTexts } from './message-texts.ts'
import { fallbackThere, taskOwnersThere } from './owners-there.ts'
import { portalOffers, portalTracks } from './portal.ts'
import { publicForms } from './public-form.ts'
import { retiredIds } from './retired-ids.ts'
import { ruleCycles } from './rule-cycles.ts'
import { ruleMetrics } from './rule-metrics.ts'
import { ruleRecords } from './rule-records.ts'
import { variablesSet } from './variables-set.ts'

/** The list of checks: a new one is a file and a line here. */
const checks: readonly Check[] = [
  duplicateIds,
  reservedIds,
  retiredIds,
  danglingReferences,
  fieldKinds,
  conditions,
  fields,
  formulas,
  unaryTests,
  templates,
  decisions,
  formStages,
  formTabs,
  accessLeaks,
  accessBlind,
  publicForms,
  portalOffers,
  portalTracks,
  flowEnds,
  flowReach,
  flowLoops,
  flowWays,
  flowTasks,
  taskOwnersThere,
  fallbackThere,
  flowTriggers,
  flowCalls,
  flowNames,
  flowJoins,
  calendarContent,
  calendarValidity,
  ladderSteps,
  messageTexts,
  ruleMetrics,
  ruleRecords,
  ruleCycles,
  variablesSet,
]

export type LintOptions = {
  /** Today, `YYYY-MM-DD`; absent: nothing is said about calendars that run out. */
  readonly today?: string
  /** Documents of kinds that others define (`documentsOfKinds`); absent: references to such are not checked. */
  readonly documents?: readonly AppDocument[]
  /** The organisation it is for; absent: nothing is said about who is there. */
  readonly people?: Organisation
}

/**
 * The problems that documents have with each other, or by themselves beyond their schema. Each document must have
 * passed `validateFiles`. An app with an error (a problem without `severity`) is not published.
 */
export function lintApp(app: AppModel, lookup: FormLookup, options: LintOptions = {}): Problem[] {
  const all = [...appDocuments(app), ...(options.documents ?? [])]
  const context: LintContext = {
    app,
    lookup,
    all,
    documents: options.documents,
    today: options.today,
    people: options.people,
    sites: all.flatMap(sitesOf),
  }
  return checks.flatMap((check) => check(context))
}

/** Whether any of these problems keeps an app from being published. */
export const hasErrors = (problems: readonly Problem[]): boolean =>
  problems.some((problem) => problem.severity === undefined)
