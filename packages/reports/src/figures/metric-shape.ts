import { conditionReads, type FormLookup, linkPath, type MetricShape } from '@tenon/engine'
import type { MetricDefinition } from '../definitions/metric.ts'
import { measuredFields, timeOf } from './figure-query.ts'

/** What a metric looks at: the form it counts and that form's fields, so that only writes that matter are looked into. */
export function metricShape(metric: MetricDefinition, lookup: FormLookup): MetricShape {
  const { measure } = metric
  const form = lookup(metric.form)
  const conditions = [metric.where, ...('ratio' in measure ? [measure.ratio.of, measure.ratio.over] : [])]
  const reads = conditions.flatMap((one) => (one ? conditionReads(one, form, lookup) : []))
  const closed = 'backlog' in measure ? [measure.backlog.closed] : []
  const paths = [
    ...reads.filter(({ fact }) => fact === 'record').map(({ path }) => path),
    ...[...measuredFields(metric), ...closed, timeOf(metric)].map((path) => path.split('.')),
  ].map((path) => linkPath(path, form, lookup))
  return {
    form: metric.form,
    fields: new Set(paths.map(([field = 'id']) => field)),
    linked: paths.some((path) => path.length > 1),
  }
}
