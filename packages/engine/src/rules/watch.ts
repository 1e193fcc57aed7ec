import { compileCondition, isFormula, isLeaf } from '../conditions/compile.ts'
import { isMetricLeaf, type MetricLeaf, metricLeaves, requestOf } from '../conditions/metric.ts'
import { isRef, operandReader } from '../conditions/operand.ts'
import { conditionReads } from '../conditions/reads.ts'
import type { Condition, ConditionValue } from '../definitions/condition.ts'
import type { Facts } from '../facts.ts'
import type { FormLookup, FormModel } from '../model.ts'

const always: Condition = { all: [] }
const never: Condition = { any: [] }
/** What is only there at the moment of the event: it cannot be asked again later. */
const passing: ReadonlySet<string> = new Set(['event', 'previous', 'task', 'flow', 'user'])

/**
 * The condition on which an alert stands, from the rule's condition at the moment it was raised. Where figures are
 * asked for, only they can still change: their groups are settled, their lines are the clear lines, and the rest is
 * as it was. Without figures it is the record that is looked at again; what was about the event is as it was.
 */
export function watchOf(condition: Condition, facts: Facts, form?: FormModel, lookup?: FormLookup): Condition {
  const onFigures = metricLeaves(condition).length > 0
  const settle = (part: Condition): Condition => {
    if (isMetricLeaf(part)) return settledLeaf(part, facts, form, lookup)
    if ('not' in part) return { not: settle(part.not) }
    if ('all' in part) return { all: part.all.map(settle) }
    if ('any' in part) return { any: part.any.map(settle) }
    return onFigures || isPassing(part, form, lookup)
      ? compileCondition(part, form, lookup)(facts)
        ? always
        : never
      : part
  }
  return settle(condition)
}

function settledLeaf(leaf: MetricLeaf, facts: Facts, form?: FormModel, lookup?: FormLookup): Condition {
  const request = requestOf(leaf.params, form, lookup)(facts)
  if (request === undefined) return never
  const { clear, ...params } = leaf.params
  const value = clear ?? (isRef(leaf.value) ? operandReader(leaf.value, form, lookup)(facts) : leaf.value)
  return {
    ...leaf,
    params: { ...params, by: { ...request.by } },
    ...(value === undefined ? {} : { value: value as ConditionValue }),
  }
}

function isPassing(part: Condition, form?: FormModel, lookup?: FormLookup): boolean {
  if (!isLeaf(part) && !isFormula(part)) return false
  return conditionReads(part, form, lookup).some(({ fact }) => passing.has(fact))
}

/** Whether a watch can ever come out otherwise: an alert on one that cannot waits for a person. */
export const canChange = (watch: Condition): boolean =>
  'all' in watch
    ? watch.all.some(canChange)
    : 'any' in watch
      ? watch.any.some(canChange)
      : 'not' in watch
        ? canChange(watch.not)
        : true
