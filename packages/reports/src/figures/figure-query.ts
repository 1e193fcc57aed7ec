import {
  type Condition,
  formatInstant,
  type Instant,
  localDay,
  type MetricRequest,
  parseDurationMs,
} from '@tenon/engine'
import type { MetricDefinition } from '../definitions/metric.ts'
import type { QueryDefinition } from '../definitions/query.ts'
import { bucketOfInstant, momentsOf } from '../query/buckets.ts'
import type { ReadEnvironment } from '../query/environment.ts'
import { resolveField } from '../query/resolve.ts'

/** Records of a stretch of time: `from` is part of it only in a calendar period, as `to` is only in a sliding window. */
type Stretch = { readonly from: Instant; readonly to: Instant; readonly sliding: boolean }

/** The queries of a figure: of its window and, where it is compared, of the window before. */
export type FigureQueries = { readonly now: QueryDefinition; readonly before: QueryDefinition | undefined }

/** The time by which a metric's records belong to a window. */
export const timeOf = (metric: MetricDefinition): string => metric.at ?? 'created_at'

/** A figure as queries: `value` is the metric, `sample` how many records it rests on. */
export function figureQueries(metric: MetricDefinition, request: MetricRequest, env: ReadEnvironment): FigureQueries {
  const { now, zone } = env.facts
  const [current, previous] = stretchesOf(request.window, now, zone)
  return {
    now: queryOf(metric, request, env, current),
    before: request.value === 'value' || !previous ? undefined : queryOf(metric, request, env, previous),
  }
}

/** The records that a figure counts, as a condition. */
export function countedWhere(metric: MetricDefinition, request: MetricRequest, env: ReadEnvironment): Condition {
  const [current] = stretchesOf(request.window, env.facts.now, env.facts.zone)
  const parts = [groupOf(request, metric, env, current), metric.where, measured(metric)]
  return { all: parts.flatMap((part) => part ?? []) }
}

function queryOf(
  metric: MetricDefinition,
  request: MetricRequest,
  env: ReadEnvironment,
  stretch: Stretch | undefined,
): QueryDefinition {
  // What the metric counts is asked of the rows too, not of the measures alone: then an index finds them.
  const rows = [groupOf(request, metric, env, stretch), metric.where].flatMap((part) => part ?? [])
  return {
    form: metric.form,
    where: { all: rows },
    measures: [
      { id: 'value', metric: metric.id },
      { id: 'sample', agg: 'count', where: measured(metric) },
    ],
  }
}

function groupOf(
  { by }: MetricRequest,
  metric: MetricDefinition,
  env: ReadEnvironment,
  stretch: Stretch | undefined,
): Condition {
  const group = Object.entries(by).map(
    ([path, value]): Condition => ({ fact: 'record', path: `$.${path}`, operator: 'equal', value }),
  )
  return { all: [...group, ...(stretch ? bounds(metric, env, stretch) : [])] }
}

function bounds(metric: MetricDefinition, env: ReadEnvironment, { from, to, sliding }: Stretch): readonly Condition[] {
  const at = timeOf(metric)
  const form = env.lookup(metric.form)
  const isDay = form && resolveField(at.split('.'), form, env)?.field.value.kind === 'date'
  const write = (moment: Instant) => (isDay ? localDay(env.facts.zone, moment) : formatInstant(moment))
  const bound = (
    operator: 'greaterThan' | 'greaterThanInclusive' | 'lessThan' | 'lessThanInclusive',
    moment: Instant,
  ) => ({ fact: 'record', path: `$.${at}`, operator, value: write(moment) }) as const
  return sliding
    ? [bound('greaterThan', from), bound('lessThanInclusive', to)]
    : [bound('greaterThanInclusive', from), bound('lessThan', to)]
}

/** The window that now is in and the one before it; none: all records. */
function stretchesOf(window: MetricRequest['window'], now: Instant, zone: string): readonly Stretch[] {
  if (window === undefined) return []
  if ('last' in window) {
    const ms = parseDurationMs(window.last) ?? 0
    return [
      { from: now - ms, to: now, sliding: true },
      { from: now - 2 * ms, to: now - ms, sliding: true },
    ]
  }
  const bucket = window.calendar
  const current = momentsOf(String(bucketOfInstant(now, bucket, zone)), bucket, zone)
  const previous = momentsOf(String(bucketOfInstant(current.from - 1, bucket, zone)), bucket, zone)
  return [
    { ...current, sliding: false },
    { ...previous, sliding: false },
  ]
}

/** Fields a measure takes its values from: records without them are no sample. */
export function measuredFields({ measure }: MetricDefinition): readonly string[] {
  if ('count' in measure || 'ratio' in measure) return []
  if ('backlog' in measure) return [measure.backlog.opened]
  if ('between' in measure) return measure.between
  return Object.entries(measure).flatMap(([name, field]) => (name === 'p' ? [] : [String(field)]))
}

const measured = (metric: MetricDefinition): Condition => ({
  all: measuredFields(metric).map((path) => ({ fact: 'record', path: `$.${path}`, operator: 'isNotEmpty' })),
})
