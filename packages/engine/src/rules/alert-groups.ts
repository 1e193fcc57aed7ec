import { metricLeaves } from '../conditions/metric.ts'
import type { Condition } from '../definitions/condition.ts'
import type { RuleDefinition } from '../definitions/rule.ts'

/** Stands for every group: of alerts whose rule asks for other groups now than when it raised them. */
export const anyGroup = '*'

/** One text for the group of a metric's records with these values, by path. */
export const groupKey = (metric: string, by: { readonly [path: string]: unknown }): string =>
  JSON.stringify([metric, Object.entries(by).toSorted(byFirst)])

/** The groups on whose figures a settled condition stands: an alert is looked at when a record comes into one or leaves it. */
export const alertGroups = (watch: Condition): readonly string[] => [
  ...new Set(metricLeaves(watch).map(({ params }) => groupKey(params.metric, params.by ?? {}))),
]

/** The metrics a rule asks for, each with the paths of its groups. */
export const groupShapes = (
  rule: RuleDefinition,
): readonly { readonly metric: string; readonly paths: readonly string[] }[] => [
  ...new Map(
    (rule.if ? metricLeaves(rule.if) : []).map(({ params }) => {
      const paths = Object.keys(params.by ?? {}).toSorted()
      return [JSON.stringify([params.metric, paths]), { metric: params.metric, paths }]
    }),
  ).values(),
]

const byFirst = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : one > other ? 1 : 0
