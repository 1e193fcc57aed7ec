import { isMetricLeaf, requestKey, requestOf } from '../conditions/metric.ts'
import { predicateOf } from '../conditions/predicate-of.ts'
import type { Condition } from '../definitions/condition.ts'
import type { Facts, MetricRequest } from '../facts.ts'
import type { FormLookup, FormModel } from '../model.ts'

type Verdict = boolean | undefined

/**
 * The figures a condition needs to be decided, given everything else: none where the rest decides it already, so that
 * a rule about key customers counts nothing for the others. Each once.
 */
export function metricNeeds(
  condition: Condition,
  facts: Facts,
  form?: FormModel,
  lookup?: FormLookup,
): readonly MetricRequest[] {
  const needs = new Map<string, MetricRequest>()
  weigh(condition, facts, needs, form, lookup)
  return [...needs.values()]
}

/** What a condition is without the figures; undefined: it depends on those it adds to `needs`. */
function weigh(
  condition: Condition,
  facts: Facts,
  needs: Map<string, MetricRequest>,
  form?: FormModel,
  lookup?: FormLookup,
): Verdict {
  if (isMetricLeaf(condition)) {
    const request = requestOf(condition.params, form, lookup)(facts)
    if (request === undefined) return condition.operator === 'isEmpty'
    needs.set(requestKey(request), request)
    return undefined
  }
  if ('not' in condition) {
    const inner = weigh(condition.not, facts, needs, form, lookup)
    return inner === undefined ? undefined : !inner
  }
  if ('all' in condition || 'any' in condition) return weighList(condition, facts, needs, form, lookup)
  return predicateOf(condition, form, lookup)(facts)
}

function weighList(
  condition: { readonly all: Condition[] } | { readonly any: Condition[] },
  facts: Facts,
  needs: Map<string, MetricRequest>,
  form?: FormModel,
  lookup?: FormLookup,
): Verdict {
  const [parts, decisive] = 'all' in condition ? [condition.all, false] : [condition.any, true]
  const inside = new Map<string, MetricRequest>()
  const verdicts = parts.map((part) => weigh(part, facts, inside, form, lookup))
  if (verdicts.includes(decisive)) return decisive
  if (!verdicts.includes(undefined)) return !decisive
  for (const [key, request] of inside) needs.set(key, request)
  return undefined
}
