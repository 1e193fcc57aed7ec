import { metricLeaves, type RuleDefinition, type SourceFile } from '@tenon/engine'
import { metricsIn } from './dictionary.ts'
import { timeOf } from './figure-query.ts'

/** A figure that rules ask for over a stretch of time: whose records, by which time they count, by what they are grouped. */
export type FigureReads = { readonly form: string; readonly time: string; readonly by: readonly string[] }

/** What rules ask of records over stretches of time, in their conditions and in those of their actions. */
export function figureReads(files: readonly SourceFile[], rules: readonly RuleDefinition[]): readonly FigureReads[] {
  const metrics = metricsIn(files)
  return rules
    .flatMap((rule) => [rule.if, ...rule.then.map(({ when }) => when)])
    .flatMap((condition) => (condition ? metricLeaves(condition) : []))
    .flatMap(({ params }) => {
      const metric = metrics.get(params.metric)
      return metric && params.window
        ? [{ form: metric.form, time: timeOf(metric), by: Object.keys(params.by ?? {}) }]
        : []
    })
}
