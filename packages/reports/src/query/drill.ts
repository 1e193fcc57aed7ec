import { type Condition, type FieldValue, formatInstant } from '@tenon/engine'
import type { MetricLookup } from '../definitions/metric.ts'
import type { Dimension, QueryDefinition } from '../definitions/query.ts'
import { isCourse, momentsOf } from './buckets.ts'
import { type NormalMeasure, normaliseMeasure } from './normalise.ts'
import type { Mark } from './plan-list.ts'
import { splitBounds } from './range.ts'

/** A figure of an answer: the values of its dimensions, in their order, and the id of its measure. */
export type DrillMark = { readonly keys: readonly FieldValue[]; readonly measure: string }
/** The list behind a figure: what `planList` takes. */
export type Drill = { readonly form: string; readonly where: Condition; readonly marks: readonly Mark[] }

/**
 * The rows behind a figure. For counts there are exactly as many as the figure says; for sums, means and percentiles
 * they are the rows with a value, for ratios those it is a share of, for backlogs those open at that time. `zone` is the
 * one the query was answered in, and the list must be asked for in the same; `several` are the dimensions whose fields
 * hold several values, as the answer's columns say by their unit.
 */
export function drillOf(
  query: QueryDefinition,
  mark: DrillMark,
  {
    zone,
    metrics,
    several = [],
  }: { readonly zone: string; readonly metrics?: MetricLookup; readonly several?: readonly string[] },
): Drill | undefined {
  const groupCondition = (dimension: Dimension, key: FieldValue) =>
    key !== null && several.includes(dimension.field)
      ? [leaf(dimension.field, 'contains', key)]
      : singleCondition(dimension, key, zone)
  const asked = query.measures.find(({ id }) => id === mark.measure)
  const measure = asked && normaliseMeasure(asked, query.form, metrics)
  if (measure === undefined) return undefined
  const where = query.where === undefined ? { all: [] } : query.where
  const by = query.by ?? []
  if (measure.body.agg === 'backlog') return backlogDrill(query.form, where, by, mark, measure, zone, groupCondition)
  const groups = by.flatMap((dimension, index) => groupCondition(dimension, mark.keys[index] ?? null))
  return {
    form: query.form,
    where: { all: [where, ...groups, ...measure.where, ...counted(measure)] },
    marks: by.flatMap((dimension, index) => markOf(dimension, mark.keys[index] ?? null)),
  }
}

const leaf = (field: string, operator: string, value?: unknown): Condition =>
  ({ fact: 'record', path: `$.${field}`, operator, ...(value === undefined ? {} : { value }) }) as Condition

/** A group of a dimension as a condition. Days are compared with moments as well: both mean the day in the zone. */
function singleCondition({ field, bucket }: Dimension, key: FieldValue, zone: string): readonly Condition[] {
  if (key === null) return [leaf(field, 'isEmpty')]
  if (bucket === undefined) return [leaf(field, 'equal', key)]
  if (!isCourse(bucket)) return []
  const { from, to } = momentsOf(String(key), bucket, zone)
  return [leaf(field, 'greaterThanInclusive', formatInstant(from)), leaf(field, 'lessThan', formatInstant(to))]
}

/** Parts of the day or the week come round again, which no condition says. */
const markOf = ({ field, bucket }: Dimension, key: FieldValue): readonly Mark[] =>
  bucket === undefined || isCourse(bucket) || typeof key !== 'number' ? [] : [{ field, bucket, value: key }]

/** Which rows a measure takes a value from. */
function counted({ body }: NormalMeasure): readonly Condition[] {
  if (body.agg === 'count' || body.agg === 'backlog') return []
  if (body.agg === 'ratio') return body.over === undefined ? [] : [body.over]
  return 'field' in body ? [leaf(body.field, 'isNotEmpty')] : body.between.map((field) => leaf(field, 'isNotEmpty'))
}

function backlogDrill(
  form: string,
  where: Condition,
  by: readonly Dimension[],
  mark: DrillMark,
  { body, where: own }: NormalMeasure,
  zone: string,
  groupCondition: (dimension: Dimension, key: FieldValue) => readonly Condition[],
): Drill | undefined {
  if (body.agg !== 'backlog') return undefined
  const at = by.findIndex(({ bucket }) => bucket !== undefined && isCourse(bucket))
  const timed = by[at]
  const key = mark.keys[at]
  const bucket = timed?.bucket
  if (timed !== undefined && (key === null || key === undefined)) return undefined
  const end =
    timed !== undefined && bucket !== undefined && isCourse(bucket) && typeof key === 'string'
      ? formatInstant(momentsOf(key, bucket, zone).to)
      : { ref: '$.now' }
  const others = by.flatMap((dimension, index) =>
    index === at ? [] : groupCondition(dimension, mark.keys[index] ?? null),
  )
  const rest = timed === undefined ? where : splitBounds(where, timed.field).rest
  const open: Condition = { any: [leaf(body.closed, 'isEmpty'), leaf(body.closed, 'greaterThanInclusive', end)] }
  return { form, where: { all: [rest, ...others, ...own, leaf(body.opened, 'lessThan', end), open] }, marks: [] }
}
