import {
  type AppModel,
  compileCondition,
  type Facts,
  type FieldValue,
  type FormLookup,
  type FormModel,
  formatDurationMs,
  formLookup,
  type MemoryMetrics,
  type MemoryRecords,
  parseDay,
  parseInstant,
  type RecordRow,
  readFact,
  readScope,
  recordFacts,
} from '@tenon/engine'
import { aggregates } from '../aggregates/index.ts'
import { shareOf } from '../aggregates/numbers.ts'
import type { MetricDefinition, MetricLookup } from '../definitions/metric.ts'
import type { ReadEnvironment } from '../query/environment.ts'
import { type PlannedMeasure, planQuery } from '../query/plan.ts'
import { countedWhere, figureQueries, timeOf } from './figure-query.ts'
import { metricShape } from './metric-shape.ts'
import { figureOfWindows, type WindowReading } from './reading.ts'

/**
 * Figures over records in memory: for scenarios, for trying out, for replaying the past, and as the oracle of the
 * database's. The same queries and plans; only the last step adds up rows instead of compiling SQL.
 */
export function memoryMetrics(
  dictionaryOf: (app: string) => { readonly lookup: FormLookup; readonly metrics: MetricLookup },
): MemoryMetrics {
  return {
    shape(app, id) {
      const { lookup, metrics } = dictionaryOf(app)
      const metric = metrics(id)
      return metric && metricShape(metric, lookup)
    },
    figure(app, request, over) {
      const { lookup, metrics } = dictionaryOf(app.id)
      const metric = metrics(request.metric)
      if (!metric) return null
      const env = systemEnvironment(app, lookup, metrics, over)
      const queries = figureQueries(metric, request, env)
      const now = planQuery(queries.now, env)
      const before = queries.before && planQuery(queries.before, env)
      const measure = now.ok ? now.value.measures[0] : undefined
      if (!now.ok || !measure) return null
      const read = (plan: typeof now.value) => windowReading(plan.measures, plan.form, plan.now.where, env, over)
      return figureOfWindows(request, measure.type, read(now.value), before?.ok ? read(before.value) : undefined)
    },
    counted(app, request, over) {
      const { lookup, metrics } = dictionaryOf(app.id)
      const metric = metrics(request.metric)
      const form = metric && lookup(metric.form)
      if (!metric || !form) return []
      const env = systemEnvironment(app, lookup, metrics, over)
      const time = readerOf(timeOf(metric), form, lookup)
      return rowsWhere(countedWhere(metric, request, env), form, env, over)
        .map((facts) => ({ facts, at: String(time(facts) ?? '') }))
        .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
        .flatMap(({ facts }) => rowOf(facts, over, metric.form) ?? [])
    },
  }
}

/** The same for one app by itself. */
export const memoryMetricsOf = (app: AppModel, metrics: ReadonlyMap<string, MetricDefinition>): MemoryMetrics =>
  memoryMetrics(() => ({
    lookup: formLookup(app, () => undefined),
    metrics: (id) => metrics.get(id),
  }))

const rowOf = (facts: Facts, over: MemoryRecords, form: string): RecordRow | undefined =>
  over.linked(form, String(facts.record?.id))

function systemEnvironment(
  app: AppModel,
  lookup: FormLookup,
  metrics: MetricLookup,
  over: MemoryRecords,
): ReadEnvironment {
  const system = { kind: 'system', reason: 'metric' } as const
  return {
    lookup,
    metrics,
    scopes: (form) => readScope(form, system),
    facts: { now: over.now, zone: app.definition.zone ?? 'Asia/Shanghai' },
  }
}

type Where = Parameters<typeof compileCondition>[0]

/** The facts of each record of the form that satisfies a condition. */
function rowsWhere(where: Where, form: FormModel, env: ReadEnvironment, over: MemoryRecords): readonly Facts[] {
  const holds = compileCondition(where, form, env.lookup)
  const linked = (name: string, id: string) => {
    const row = over.linked(name, id)
    return row && recordFacts(row)
  }
  const found: Facts[] = []
  for (const row of over.records(form.id)) {
    const facts: Facts = { ...env.facts, record: recordFacts(row), linked }
    if (holds(facts)) found.push(facts)
  }
  return found
}

function windowReading(
  [value, sample]: readonly PlannedMeasure[],
  form: FormModel,
  where: Where,
  env: ReadEnvironment,
  over: MemoryRecords,
): WindowReading {
  const rows = rowsWhere(where, form, env, over)
  const of = (measure: PlannedMeasure | undefined) => (measure ? measureOf(measure, form, env, rows) : null)
  return { value: of(value), sample: Number(of(sample) ?? 0) }
}

function measureOf(measure: PlannedMeasure, form: FormModel, env: ReadEnvironment, all: readonly Facts[]): FieldValue {
  const { lookup } = env
  const holds = (where: Where | undefined) => (where ? compileCondition(where, form, lookup) : () => true)
  const rows = all.filter(holds(measure.where))
  const { input } = measure
  if (input.kind === 'ratio') {
    const whole = rows.filter(holds(input.over))
    return shareOf(BigInt(whole.filter(holds(input.of)).length), BigInt(whole.length), measure.type)
  }
  if (input.kind === 'backlog') return openNow(input, form, env, rows)
  if (measure.agg === 'ratio' || measure.agg === 'backlog') return null
  const values = rows.map((facts) => inputOf(input, form, lookup, facts))
  return aggregates[measure.agg].reference(values, { p: measure.p, type: measure.valueType })
}

type Input = PlannedMeasure['input']

function inputOf(input: Input, form: FormModel, lookup: FormLookup, facts: Facts): FieldValue {
  const read = (path: readonly string[]) => (readFact(facts, 'record', path, form, lookup) ?? null) as FieldValue
  if (input.kind === 'records') return 1
  if (input.kind === 'field') return read(input.ref.path)
  if (input.kind !== 'elapsed') return null
  const from = momentOf(read(input.from.path))
  const to = momentOf(read(input.to.path))
  return from === undefined || to === undefined ? null : formatDurationMs(to - from)
}

/** Opened by now and not closed by now. */
function openNow(
  input: Extract<Input, { kind: 'backlog' }>,
  form: FormModel,
  env: ReadEnvironment,
  rows: readonly Facts[],
): number {
  const at = (facts: Facts, path: readonly string[]) =>
    momentOf((readFact(facts, 'record', path, form, env.lookup) ?? null) as FieldValue)
  return rows.filter((facts) => {
    const opened = at(facts, input.opened.path)
    const closed = at(facts, input.closed.path)
    return opened !== undefined && opened <= env.facts.now && (closed === undefined || closed > env.facts.now)
  }).length
}

function momentOf(value: FieldValue): number | undefined {
  if (typeof value !== 'string') return undefined
  return parseDay(value) === value ? parseInstant(`${value}T00:00:00Z`) : parseInstant(value)
}

const readerOf = (path: string, form: FormModel, lookup: FormLookup) => (facts: Facts) =>
  readFact(facts, 'record', path.split('.'), form, lookup)
