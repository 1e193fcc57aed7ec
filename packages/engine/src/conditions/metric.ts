import type { Condition, LeafCondition, MetricParams } from '../definitions/condition.ts'
import type { Facts, MetricRequest } from '../facts.ts'
import { parseDurationMs } from '../kernel/duration.ts'
import type { FormLookup, FormModel } from '../model.ts'
import type { Family } from './comparable.ts'
import { isRef, operandReader } from './operand.ts'
import { perForm } from './per-form.ts'
import { isBlank } from './read-fact.ts'

export type MetricLeaf = LeafCondition & { readonly fact: 'metric'; readonly params: MetricParams }
export const isMetricLeaf = (condition: Condition): condition is MetricLeaf =>
  'fact' in condition && condition.fact === 'metric' && condition.params !== undefined

/** The metric leaves of a condition, in the order they stand there. */
export function metricLeaves(condition: Condition): readonly MetricLeaf[] {
  if (isMetricLeaf(condition)) return [condition]
  if ('all' in condition) return condition.all.flatMap(metricLeaves)
  if ('any' in condition) return condition.any.flatMap(metricLeaves)
  return 'not' in condition ? metricLeaves(condition.not) : []
}

/** One text for one figure. */
export const requestKey = ({ metric, by, window, value, minimumSample }: MetricRequest): string =>
  JSON.stringify([metric, Object.entries(by).toSorted(byFirst), window ?? null, value, minimumSample])

const byFirst = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : one > other ? 1 : 0

/** Compiles which figure a leaf asks for; undefined where one of its groups is blank, for nobody's records are nobody's. */
export function requestReader(
  params: MetricParams,
  form?: FormModel,
  lookup?: FormLookup,
): (facts: Facts) => MetricRequest | undefined {
  const by = Object.entries(params.by ?? {}).map(([path, value]) => [path, operandReader(value, form, lookup)] as const)
  const { metric, window, value = 'value', minimumSample = 1 } = params
  return (facts) => {
    const values: Record<string, string | number | boolean> = {}
    for (const [path, read] of by) {
      const found = read(facts)
      if (isBlank(found) || typeof found === 'object') return undefined
      values[path] = found as string | number | boolean
    }
    return { metric, by: values, window, value, minimumSample }
  }
}

/** The same, compiled once per form version. */
export const requestOf = perForm(requestReader)

/** How a figure compares with this value: by what the author wrote, for the engine does not know the metric's kind. */
export function metricFamily(value: LeafCondition['value']): Family | undefined {
  const sample = Array.isArray(value) ? value[0] : value
  if (isRef(sample) || sample === undefined || sample === null) return undefined
  if (typeof sample === 'string' && parseDurationMs(sample) !== undefined) return 'duration'
  return typeof sample === 'string' && Number.isNaN(Number(sample)) ? undefined : 'number'
}
