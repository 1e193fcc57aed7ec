import {
  type Condition,
  type Evidence,
  type FieldValue,
  type Id,
  type MetricRequest,
  type RecordChange,
  requestKey,
} from '@tenon/engine'
import {
  countedWhere,
  figureOfWindows,
  figureQueries,
  planList,
  planQuery,
  timeOf,
  type WindowReading,
} from '@tenon/reports'
import { compileCount, compileList, compileQuery, runQuery } from '@tenon/reports/sql'
import type { SystemReading } from '../queries/system-reading.ts'
import { kindOf, type Tx } from '../store/database.ts'
import { run, together } from '../store/statement.ts'

/** The figure of a request: the one query compiler, under the system's rights. Null: there is no such metric. */
export async function readFigure(reading: SystemReading, request: MetricRequest): Promise<FieldValue> {
  const metric = reading.env.metrics?.(request.metric)
  if (!metric) return null
  const queries = figureQueries(metric, request, reading.env)
  const plan = planQuery(queries.now, reading.env)
  const type = plan.ok ? plan.value.measures[0]?.type : undefined
  if (!plan.ok || !type) return null
  const now = await windowOf(reading, queries.now)
  return figureOfWindows(request, type, now, queries.before && (await windowOf(reading, queries.before)))
}

async function windowOf(reading: SystemReading, query: Parameters<typeof planQuery>[0]): Promise<WindowReading> {
  const plan = planQuery(query, reading.env)
  if (!plan.ok) return { value: null, sample: 0 }
  const { rows } = await runQuery(compileQuery(plan.value, reading.database), reading.run)
  const [value = null, sample = 0] = rows[0] ?? []
  return { value, sample: Number(sample) }
}

/** The records a figure counts, newest first. */
export async function readCounted(
  reading: SystemReading,
  request: MetricRequest,
  limit: number,
): Promise<Omit<Evidence, 'metric'>> {
  const metric = reading.env.metrics?.(request.metric)
  if (!metric) return { form: '', ids: [], total: 0 }
  const where = countedWhere(metric, request, reading.env)
  const plan = planList(
    { form: metric.form, where, fields: [], sort: [`-${timeOf(metric)}`], size: limit },
    reading.env,
  )
  if (!plan.ok) return { form: metric.form, ids: [], total: 0 }
  const list = compileList(plan.value, reading.database)
  const count = compileCount(plan.value, reading.database)
  const ids = list.page(await reading.run(list.statement)).items.map(({ id }) => id)
  return { form: metric.form, ids, total: count.count(await reading.run(count.statement)) }
}

/** Records of a form that satisfy a condition, by id; at most `limit`. */
export async function readMatching(
  reading: SystemReading,
  form: string,
  where: Condition,
  limit: number,
): Promise<readonly Id[]> {
  const ids: Id[] = []
  let cursor: string | undefined
  do {
    const request = { form, where, fields: [], sort: ['id'], size: Math.min(500, limit - ids.length) }
    const plan = planList({ ...request, ...(cursor === undefined ? {} : { cursor }) }, reading.env)
    if (!plan.ok) throw new Error(`the records of ${form} cannot be selected: ${JSON.stringify(plan.error)}`)
    const list = compileList(plan.value, reading.database)
    const page = list.page(await reading.run(list.statement))
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined && ids.length < limit)
  return ids
}

/**
 * Reads as if changes were written that a command has decided but not stored: they are written, looked at and taken
 * back. So the one compiler answers for them too, whatever the metric.
 */
export async function asIf<T>(
  tx: Tx,
  changes: readonly RecordChange[],
  write: (change: RecordChange) => Promise<void>,
  read: () => Promise<T>,
): Promise<T> {
  if (changes.length === 0) return read()
  // None waits for another's answer before what is read.
  const written = [run(tx, 'SAVEPOINT figures', []), ...changes.map(write)]
  const result = read()
  await together([...written, result])
  await together([run(tx, 'ROLLBACK TO SAVEPOINT figures', []), run(tx, 'RELEASE SAVEPOINT figures', [])])
  return result
}

/** Whoever asks for the same figure meanwhile waits until this transaction is over: of two third complaints, one sees three. */
export async function holdFigures(tx: Tx, app: string, requests: readonly MetricRequest[]): Promise<void> {
  const names = new Set(requests.map((request) => groupName(app, request)))
  await together([...names].sort().map((name) => hold(tx, name)))
}

const groupName = (app: string, { metric, by }: MetricRequest): string =>
  `figure/${app}/${requestKey({ metric, by, window: undefined, value: 'value', minimumSample: 1 })}`

/** A lock by name, until the transaction ends. On SQLite there is one writer anyway. */
export async function hold(tx: Tx, name: string): Promise<void> {
  if (kindOf(tx) === 'postgres') await run(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name])
}
