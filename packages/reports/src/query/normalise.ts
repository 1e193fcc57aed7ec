import type { Condition, TextValue } from '@tenon/engine'
import type { MetricDefinition, MetricLookup } from '../definitions/metric.ts'
import type { AggregateMeasure, AggregateName, Measure } from '../definitions/query.ts'

/** What a measure calculates, however it was written. */
export type MeasureBody =
  | { readonly agg: 'count' }
  | { readonly agg: Exclude<AggregateName, 'count' | 'ratio' | 'backlog'>; readonly field: string; readonly p?: number }
  | {
      readonly agg: Exclude<AggregateName, 'count' | 'countDistinct' | 'ratio' | 'backlog'>
      readonly between: readonly [string, string]
      readonly p?: number
    }
  | { readonly agg: 'ratio'; readonly of: Condition; readonly over?: Condition }
  | { readonly agg: 'backlog'; readonly opened: string; readonly closed: string }

export type NormalMeasure = {
  readonly id: string
  readonly label: TextValue | undefined
  readonly body: MeasureBody
  /** Only these records count. */
  readonly where: readonly Condition[]
  readonly metric: MetricDefinition | undefined
}

/** A measure in its one form: metrics replaced by what they calculate. Undefined: there is no such metric. */
export function normaliseMeasure(
  measure: Measure,
  form: string,
  metrics: MetricLookup | undefined,
): NormalMeasure | undefined {
  const where = measure.where === undefined ? [] : [measure.where]
  if (!('metric' in measure))
    return { id: measure.id, label: measure.label, body: bodyOf(measure), where, metric: undefined }
  const metric = metrics?.(measure.metric)
  if (metric === undefined || metric.form !== form) return undefined
  return {
    id: measure.id,
    label: measure.label ?? metric.label,
    body: bodyOfMetric(metric),
    where: metric.where === undefined ? where : [metric.where, ...where],
    metric,
  }
}

function bodyOf(measure: AggregateMeasure): MeasureBody {
  switch (measure.agg) {
    case 'count':
      return { agg: 'count' }
    case 'ratio':
      return { agg: 'ratio', of: measure.of, ...(measure.over === undefined ? {} : { over: measure.over }) }
    case 'backlog':
      return { agg: 'backlog', opened: measure.opened, closed: measure.closed }
    case 'countDistinct':
      return { agg: 'countDistinct', field: measure.field }
    default: {
      const p = measure.agg === 'percentile' ? { p: measure.p } : {}
      const [from, to] = measure.between ?? []
      if (from !== undefined && to !== undefined) return { agg: measure.agg, between: [from, to], ...p }
      return { agg: measure.agg, field: measure.field ?? '', ...p }
    }
  }
}

function bodyOfMetric({ measure }: MetricDefinition): MeasureBody {
  if ('count' in measure) return { agg: 'count' }
  if ('countDistinct' in measure) return { agg: 'countDistinct', field: measure.countDistinct }
  if ('ratio' in measure) return { agg: 'ratio', ...measure.ratio }
  if ('backlog' in measure) return { agg: 'backlog', ...measure.backlog }
  if ('between' in measure) {
    const [from = '', to = ''] = measure.between
    return { agg: measure.agg, between: [from, to], ...(measure.p === undefined ? {} : { p: measure.p }) }
  }
  if ('percentile' in measure) return { agg: 'percentile', field: measure.percentile, p: measure.p }
  if ('sum' in measure) return { agg: 'sum', field: measure.sum }
  if ('avg' in measure) return { agg: 'avg', field: measure.avg }
  if ('median' in measure) return { agg: 'median', field: measure.median }
  if ('min' in measure) return { agg: 'min', field: measure.min }
  return { agg: 'max', field: measure.max }
}
