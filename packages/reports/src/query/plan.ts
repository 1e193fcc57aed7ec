import {
  type Condition,
  type Facts,
  type FormModel,
  fail,
  fieldLabelText,
  isZone,
  ok,
  type Problem,
  problem,
  type Result,
  type TextValue,
  type ValueType,
} from '@tenon/engine'
import { aggregates } from '../aggregates/index.ts'
import type { Bucket, Dimension, QueryDefinition } from '../definitions/query.ts'
import { bucketFits } from './buckets.ts'
import type { ReadEnvironment } from './environment.ts'
import { type MeasureBody, type NormalMeasure, normaliseMeasure } from './normalise.ts'
import { earlier } from './previous.ts'
import { conditionProblems, type FieldRef, isProblem, requireField, scopeProblem } from './resolve.ts'

const defaultLimit = 1000

/** Unit of a dimension whose field holds several values: a record counts in the group of each of them. */
export const elementUnit = 'element'

/**
 * A column of an answer. `unit`: bucket of a time dimension, `element`, currency, `count`, `duration` or `ratio`; null:
 * none.
 */
export type AnswerColumn = {
  readonly id: string
  readonly kind: ValueType['kind']
  readonly unit: string | null
  readonly label: TextValue
}

export type PlannedDimension = {
  readonly column: AnswerColumn
  readonly ref: FieldRef
  readonly bucket: Bucket | undefined
  readonly type: ValueType
}

/** What a measure takes from each record. */
export type MeasureInput =
  | { readonly kind: 'records' }
  | { readonly kind: 'field'; readonly ref: FieldRef }
  | { readonly kind: 'elapsed'; readonly from: FieldRef; readonly to: FieldRef }
  | { readonly kind: 'ratio'; readonly of: Condition; readonly over: Condition | undefined }
  | { readonly kind: 'backlog'; readonly opened: FieldRef; readonly closed: FieldRef }

export type PlannedMeasure = {
  readonly column: AnswerColumn
  readonly agg: MeasureBody['agg']
  readonly input: MeasureInput
  /** Type of the values taken from the records, and of the result. */
  readonly valueType: ValueType
  readonly type: ValueType
  /** Percentile in ten-thousandths. */
  readonly p: number
  readonly where: Condition | undefined
}

export type PlannedOrder = {
  readonly on: 'dimension' | 'measure'
  readonly index: number
  readonly direction: 'asc' | 'desc'
}

/** What is asked of the rows, and as of when: the period before has conditions and a clock of its own. */
export type PlannedPeriod = { readonly where: Condition; readonly facts: Facts }

/** A query that is known to make sense and to look at nothing its reader may not see. Only `planQuery` makes one. */
export type QueryPlan = {
  readonly form: FormModel
  readonly env: ReadEnvironment
  readonly now: PlannedPeriod
  readonly previous: (PlannedPeriod & { readonly by: string }) | undefined
  readonly dimensions: readonly PlannedDimension[]
  readonly measures: readonly PlannedMeasure[]
  readonly order: readonly PlannedOrder[]
  readonly limit: number
}

/** Plans a query for one reader, or says everything that is wrong with it. Paths are JSON Pointers into the query. */
export function planQuery(query: QueryDefinition, env: ReadEnvironment): Result<QueryPlan, readonly Problem[]> {
  const form = env.lookup(query.form)
  if (form === undefined || env.scopes(form).rows === 'none')
    return fail([problem('form.unknown', '/form', { form: query.form })])
  if (query.zone !== undefined && !isZone(query.zone))
    return fail([problem('query.zoneUnknown', '/zone', { zone: query.zone })])
  const own = query.zone === undefined ? env : { ...env, facts: { ...env.facts, zone: query.zone } }
  const problems: Problem[] = [...conditionProblems(query.where, form, own, '/where')]
  const scope = scopeProblem(form, own, '')
  if (scope) problems.push(scope)
  const keep = <T extends object>(value: T | readonly Problem[]): readonly T[] => {
    if (!Array.isArray(value)) return [value as T]
    problems.push(...(value as readonly Problem[]))
    return []
  }
  const by = query.by ?? []
  const dimensions = by.flatMap((dimension, index) => keep(planDimension(dimension, by, form, own, `/by/${index}`)))
  const measures = query.measures.flatMap((measure, index) => {
    const at = `/measures/${index}`
    const normal = normaliseMeasure(measure, form.id, own.metrics)
    if (normal === undefined)
      return keep<PlannedMeasure>([
        problem('metric.unknown', `${at}/metric`, { metric: 'metric' in measure ? measure.metric : '' }),
      ])
    return keep(planMeasure(normal, form, own, at))
  })
  problems.push(...duplicates(query), ...backlogProblems(dimensions, measures))
  const order = (query.sort ?? []).flatMap((sort, index) =>
    keep(planOrder(sort, dimensions, measures, `/sort/${index}`)),
  )
  if (problems.length > 0) return fail(problems)
  const where = query.where ?? { all: [] }
  const by_ = query.compare?.previous
  return ok({
    form,
    env: own,
    dimensions,
    measures,
    order,
    now: { where, facts: own.facts },
    previous: by_ === undefined ? undefined : { ...earlier(where, form, own, by_), by: by_ },
    limit: query.limit ?? defaultLimit,
  })
}

function planDimension(
  dimension: Dimension,
  all: readonly Dimension[],
  form: FormModel,
  env: ReadEnvironment,
  at: string,
): PlannedDimension | readonly Problem[] {
  const ref = requireField(dimension.field, form, env, `${at}/field`)
  if (isProblem(ref)) return [ref]
  const { kind } = ref.field.value
  // Rows of a sub-table are no value to count by, with or without a bucket.
  if (ref.field.rows) return [problem('query.fieldNotGrouped', `${at}/field`, { field: dimension.field })]
  const { bucket } = dimension
  const fits = bucket === undefined || bucketFits(kind, bucket)
  if (!fits) return [problem('query.bucketUnfit', `${at}/bucket`, { field: dimension.field, bucket: bucket ?? '' })]
  const type: ValueType =
    kind === 'list'
      ? { kind: 'text' }
      : bucket === undefined
        ? ref.field.value
        : { kind: bucket === 'hourOfDay' || bucket === 'weekday' ? 'integer' : 'text' }
  const isTwice = all.filter((other) => other.field === dimension.field).length > 1
  const id = isTwice && bucket !== undefined ? `${dimension.field}:${bucket}` : dimension.field
  const unit = kind === 'list' ? elementUnit : (bucket ?? unitOf(ref.field.value))
  return { column: { id, kind: type.kind, unit, label: fieldLabelText(ref.field) }, ref, bucket, type }
}

const unitOf = (type: ValueType): string | null =>
  type.kind === 'money' ? (type.currency ?? null) : type.kind === 'duration' ? 'duration' : null

function planMeasure(
  measure: NormalMeasure,
  form: FormModel,
  env: ReadEnvironment,
  at: string,
): PlannedMeasure | readonly Problem[] {
  const planned = planBody(measure, form, env, at)
  const where =
    measure.where.length === 0 ? undefined : measure.where.length === 1 ? measure.where[0] : { all: [...measure.where] }
  const problems = [...(Array.isArray(planned) ? planned : []), ...conditionProblems(where, form, env, `${at}/where`)]
  // A metric that looks at what I may not see is, for me, no metric at all: not even its shape is told.
  if (problems.length > 0 && measure.metric)
    return [problem('metric.unknown', `${at}/metric`, { metric: measure.metric.id })]
  if (Array.isArray(planned)) return problems
  if (problems.length > 0) return problems
  return { ...(planned as Omit<PlannedMeasure, 'where'>), where }
}

type PlannedBody = Omit<PlannedMeasure, 'where'> | Problem[]

function planBody(
  { id, label, body, metric }: NormalMeasure,
  form: FormModel,
  env: ReadEnvironment,
  at: string,
): PlannedBody {
  const column = (kind: ValueType['kind'], unit: string | null, fallback: TextValue): AnswerColumn => ({
    id,
    kind,
    unit: metric?.unit === 'ratio' || metric?.unit === 'duration' ? metric.unit : unit,
    label: label ?? fallback,
  })
  const integer: ValueType = { kind: 'integer' }
  const ratio: ValueType = { kind: 'decimal', scale: 6 }
  if (body.agg === 'count') {
    return {
      column: column('integer', 'count', id),
      agg: 'count',
      input: { kind: 'records' },
      valueType: integer,
      type: integer,
      p: 0,
    }
  }
  if (body.agg === 'ratio') {
    const problems = [
      ...conditionProblems(body.of, form, env, `${at}/of`),
      ...conditionProblems(body.over, form, env, `${at}/over`),
    ]
    if (problems.length > 0) return problems
    return {
      column: column('decimal', 'ratio', id),
      agg: 'ratio',
      input: { kind: 'ratio', of: body.of, over: body.over },
      valueType: integer,
      type: ratio,
      p: 0,
    }
  }
  if (body.agg === 'backlog') return planBacklog(body, column, form, env, at)
  const p = Math.round((body.agg === 'median' ? 0.5 : (body.p ?? 0)) * 10_000)
  const input = 'field' in body ? fieldInput(body.field, form, env, at) : elapsedInput(body.between, form, env, at)
  if (Array.isArray(input)) return input
  const found = input as Exclude<MeasureInput, { kind: 'records' | 'ratio' | 'backlog' }>
  const valueType: ValueType = found.kind === 'field' ? found.ref.field.value : { kind: 'duration' }
  const type = aggregates[body.agg].result(valueType)
  const named = 'field' in body ? body.field : body.between.join(' → ')
  if (type === undefined) return [problem('query.notMeasurable', at, { field: named, agg: body.agg })]
  const fallback = found.kind === 'field' ? fieldLabelText(found.ref.field) : id
  const unit = body.agg === 'countDistinct' ? 'count' : unitOf(valueType)
  return { column: column(type.kind, unit, fallback), agg: body.agg, input: found, valueType, type, p }
}

function fieldInput(path: string, form: FormModel, env: ReadEnvironment, at: string): MeasureInput | Problem[] {
  const ref = requireField(path, form, env, `${at}/field`)
  return isProblem(ref) ? [ref] : { kind: 'field', ref }
}

function elapsedInput(
  [start, end]: readonly [string, string],
  form: FormModel,
  env: ReadEnvironment,
  at: string,
): MeasureInput | Problem[] {
  const from = requireField(start, form, env, `${at}/between/0`)
  const to = requireField(end, form, env, `${at}/between/1`)
  if (isProblem(from) || isProblem(to)) return [from, to].filter(isProblem)
  const { kind } = from.field.value
  if ((kind !== 'instant' && kind !== 'date') || to.field.value.kind !== kind) {
    return [problem('query.notMeasurable', `${at}/between`, { field: `${start} → ${end}`, agg: 'between' })]
  }
  return { kind: 'elapsed', from, to }
}

function planBacklog(
  body: Extract<MeasureBody, { agg: 'backlog' }>,
  column: (kind: ValueType['kind'], unit: string | null, fallback: TextValue) => AnswerColumn,
  form: FormModel,
  env: ReadEnvironment,
  at: string,
): PlannedBody {
  const input = elapsedInput([body.opened, body.closed], form, env, at)
  if (Array.isArray(input)) return input
  const { from, to } = input as Extract<MeasureInput, { kind: 'elapsed' }>
  const type: ValueType = { kind: 'integer' }
  return {
    column: column('integer', 'count', ''),
    agg: 'backlog',
    input: { kind: 'backlog', opened: from, closed: to },
    valueType: type,
    type,
    p: 0,
  }
}

function duplicates({ measures }: QueryDefinition): readonly Problem[] {
  return measures.flatMap(({ id }, index) =>
    measures.findIndex((other) => other.id === id) < index
      ? [problem('query.duplicateMeasure', `/measures/${index}/id`, { id })]
      : [],
  )
}

/** A backlog is a course over time: one dimension says which; without any, it is the number open now. */
function backlogProblems(
  dimensions: readonly PlannedDimension[],
  measures: readonly PlannedMeasure[],
): readonly Problem[] {
  if (!measures.some((measure) => measure.agg === 'backlog')) return []
  const timed = dimensions.filter(({ bucket }) => bucket !== undefined)
  const isFine = timed.length === 0 || (timed.length === 1 && timed[0]?.type.kind === 'text')
  return isFine ? [] : [problem('query.backlogBucket', '/by')]
}

function planOrder(
  sort: string,
  dimensions: readonly PlannedDimension[],
  measures: readonly PlannedMeasure[],
  at: string,
): PlannedOrder | readonly Problem[] {
  const direction = sort.startsWith('-') ? 'desc' : 'asc'
  const name = direction === 'desc' ? sort.slice(1) : sort
  const measure = measures.findIndex(({ column }) => column.id === name)
  if (measure >= 0) return { on: 'measure', index: measure, direction }
  const dimension = dimensions.findIndex(({ column, ref }) => column.id === name || ref.path.join('.') === name)
  return dimension >= 0
    ? { on: 'dimension', index: dimension, direction }
    : [problem('query.sortUnknown', at, { sort: name })]
}
