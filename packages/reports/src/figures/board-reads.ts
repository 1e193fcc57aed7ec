import { type Condition, conditionReads, type FormLookup, type SourceFile } from '@tenon/engine'
import type { BoardDefinition, QueryWidget } from '../definitions/board.ts'
import type { MetricLookup } from '../definitions/metric.ts'
import type { Measure, QueryDefinition } from '../definitions/query.ts'
import { timeOf } from '../query/board-query.ts'
import { metricsIn } from './dictionary.ts'
import { metricShape } from './metric-shape.ts'

/** What boards read of a form's records: the time by which they count, and the other fields they look at. */
export type BoardReads = { readonly form: string; readonly time: string; readonly others: ReadonlySet<string> }

/**
 * For each form what widgets read of it, so that an index can hold all of it. Fields of the form itself; behind a link,
 * that of the link. The filters above a board are part of every widget.
 */
export function boardReads(files: readonly SourceFile[], lookup: FormLookup): readonly BoardReads[] {
  const dictionary = metricsIn(files)
  const metrics: MetricLookup = (id) => dictionary.get(id)
  const found = new Map<string, { form: string; time: string; others: Set<string> }>()
  for (const { path, json } of files) {
    if (!path.startsWith('boards/')) continue
    const board = json as BoardDefinition
    for (const widget of board.widgets) {
      if (widget.type === 'text') continue
      const { form } = widget.query
      const reads = found.get(form) ?? { form, time: timeOf(widget, metrics), others: new Set() }
      found.set(form, reads)
      for (const at of widgetPaths(widget, board, metrics, lookup)) reads.others.add(at.split('.')[0] ?? at)
    }
  }
  for (const { time, others } of found.values()) others.delete(time)
  return [...found.values()]
}

function widgetPaths(
  widget: QueryWidget,
  { filters = [] }: BoardDefinition,
  metrics: MetricLookup,
  lookup: FormLookup,
): readonly string[] {
  const { query } = widget
  const filtered = filters.flatMap((filter) =>
    filter.type === 'field' ? (filter.fields[query.form] ?? []) : (filter.at?.[query.form] ?? timeOf(widget, metrics)),
  )
  return [
    ...(query.by ?? []).map(({ field }) => field),
    ...filtered,
    ...query.measures.flatMap((measure) => measurePaths(measure, query, metrics, lookup)),
    ...conditionPaths(query.where, query, lookup),
  ]
}

function measurePaths(
  measure: Measure,
  query: QueryDefinition,
  metrics: MetricLookup,
  lookup: FormLookup,
): readonly string[] {
  const own = conditionPaths(measure.where, query, lookup)
  if ('metric' in measure) {
    const metric = metrics(measure.metric)
    return metric ? [...own, ...metricShape(metric, lookup).fields] : own
  }
  if (measure.agg === 'ratio')
    return [...own, ...conditionPaths(measure.of, query, lookup), ...conditionPaths(measure.over, query, lookup)]
  if (measure.agg === 'backlog') return [...own, measure.opened, measure.closed]
  return [
    ...own,
    ...('field' in measure ? [measure.field ?? []].flat() : []),
    ...('between' in measure ? (measure.between ?? []) : []),
  ]
}

const conditionPaths = (condition: Condition | undefined, { form }: QueryDefinition, lookup: FormLookup) =>
  condition === undefined
    ? []
    : conditionReads(condition, lookup(form), lookup)
        .filter(({ fact }) => fact === 'record')
        .map(({ path }) => path.join('.') || 'id')
