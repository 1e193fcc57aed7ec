import { deedsOf } from '../actions/behaviours.ts'
import type { Deed } from '../actions/contract.ts'
import { metricLeaves } from '../conditions/metric.ts'
import { isRef } from '../conditions/operand.ts'
import type { RuleDefinition } from '../definitions/rule.ts'
import { problem } from '../kernel/problem.ts'
import type { Check } from './context.ts'

/** What can be done without a record. */
const lone: ReadonlySet<Deed['kind']> = new Set(['create', 'send', 'alert', 'webhook'])

/** A rule that may run without a record does nothing that needs one. */
export const ruleRecords: Check = ({ app }) =>
  app.rules
    .filter(runsAlone)
    .flatMap((rule) =>
      rule.then.flatMap((action, at) =>
        deedsOf(action).every(({ kind }) => lone.has(kind))
          ? []
          : [problem('rule.needsRecord', `/rules/${rule.id}.json/then/${at}`, { action: action.id })],
      ),
    )

const runsAlone = ({ on, if: condition }: RuleDefinition): boolean =>
  (on.schedule !== undefined && on.schedule.each === undefined) ||
  (on.metrics === true &&
    !(condition ? metricLeaves(condition) : []).some(({ params }) =>
      Object.values(params.by ?? {}).some((value) => isRef(value) && /^\$\.record(\.id)?$/.test(value.ref)),
    ))
