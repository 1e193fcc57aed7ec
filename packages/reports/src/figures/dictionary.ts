import type { SourceFile } from '@tenon/engine'
import type { MetricDefinition } from '../definitions/metric.ts'

/** The metric dictionary in an app's files. Trusted: the files were validated. */
export const metricsIn = (files: readonly SourceFile[]): ReadonlyMap<string, MetricDefinition> =>
  new Map(
    files
      .filter((file) => file.path.startsWith('metrics/') && file.path.endsWith('.json'))
      .map((file) => file.json as MetricDefinition)
      .map((metric) => [metric.id, metric]),
  )
