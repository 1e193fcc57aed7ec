import { type FormModel, formatInstant, type Id, parseInstant } from '@tenon/engine'
import { planList } from '@tenon/reports'
import { compileMembership, type Sql } from '@tenon/reports/sql'
import type {
  FlowFigure,
  FlowHistory,
  FlowHistoryParameters,
  FlowHistoryRecords,
  FlowHistoryRecordsParameters,
  Spans,
} from '@tenon/runtime/contract'
import { sql } from 'kysely'
import type { Caller } from '../auth/identity.ts'
import { versionsOfTexts } from '../store/rows/instances.ts'
import { type Over, occurrences } from './flow-steps.ts'
import { type QueryPorts, type Reading, readingFor } from './reading.ts'
import { titlesOf } from './titles-of.ts'

const usualDays = 30
const day = 86_400_000
/** Lines listed behind one number. */
const listed = 200

/** How a flow was gone through, told from the records the reader may see; nothing where the app has no such flow yet. */
export async function flowHistory(
  principal: Caller,
  ports: QueryPorts,
  app: string,
  flow: string,
  parameters: FlowHistoryParameters,
): Promise<FlowHistory> {
  const reading = readingFor(principal, ports, app)
  const { from, to } = periodOf(parameters, ports.clock.now())
  const period = { from: formatInstant(from), to: formatInstant(to) }
  const seen = seenRuns(reading, flow)
  if (!seen) return { ...period, versions: [], runs: { started: 0, ended: 0 }, nodes: [], edges: [] }
  const versions = await versionsOfTexts(ports.store.read, app)
  const over = { runs: ofVersions(seen, versions, parameters.versions), from, to }
  const figures = {
    visits: await counts('visits', reading, over),
    returns: await counts('returns', reading, over),
    standing: await counts('standing', reading, over),
    passed: await counts('passed', reading, over),
    stay: await spans('stay', reading, over),
    waiting: await spans('waiting', reading, over),
    working: await spans('working', reading, over),
  }
  const { visits, returns, standing, passed, stay, waiting, working } = figures
  const nodes = [...new Set([visits, standing, stay, waiting, working].flatMap((one) => [...one.keys()]))]
  return {
    ...period,
    versions: await versionList(reading, seen, versions),
    runs: await runsOf(reading, over),
    nodes: nodes.sort().map((node) => ({
      node,
      visits: visits.get(node)?.count ?? 0,
      records: visits.get(node)?.records ?? 0,
      returns: returns.get(node)?.count ?? 0,
      standing: standing.get(node)?.count ?? 0,
      stay: stay.get(node) ?? null,
      waiting: waiting.get(node) ?? null,
      working: working.get(node) ?? null,
    })),
    edges: [...passed]
      .map(([edge, { count, records }]) => ({ edge, passed: count, records }))
      .sort((one, other) => (one.edge < other.edge ? -1 : 1)),
  }
}

/** What one number of the history counts: a line for each time. */
export async function flowHistoryRecords(
  principal: Caller,
  ports: QueryPorts,
  app: string,
  flow: string,
  asked: FlowHistoryRecordsParameters,
): Promise<FlowHistoryRecords> {
  const reading = readingFor(principal, ports, app)
  const seen = seenRuns(reading, flow)
  if (!seen) return { items: [], more: false }
  const { form, runs } = seen
  const versions = await versionsOfTexts(ports.store.read, app)
  const over = {
    runs: ofVersions({ form, runs }, versions, asked.versions),
    ...periodOf(asked, ports.clock.now()),
  }
  const rows = await reading.run(sql`
    SELECT record, at, ms FROM (${occurrences(asked.figure, reading, over)}) AS o WHERE element = ${asked.element}
    ORDER BY coalesce(ms, 0) DESC, at DESC, record LIMIT ${listed + 1}`)
  const lines = rows.slice(0, listed).map((row) => ({ id: row.record as Id, at: Number(row.at), ms: row.ms }))
  const titles = await titlesOf(
    principal,
    ports,
    lines.map(({ id }) => ({ app, form: form.id, id })),
  )
  return {
    items: lines.flatMap(({ id, at, ms }) => {
      const title = titles.get(id)
      return title === undefined
        ? []
        : [{ form: form.id, id, title, at: formatInstant(at), ms: ms === null ? null : Number(ms) }]
    }),
    more: rows.length > listed,
  }
}

type Seen = { readonly form: FormModel; readonly runs: Sql }

/** Runs of the flow on records the reader may see; undefined: there are none for him. */
function seenRuns(reading: Reading, flow: string): Seen | undefined {
  const { model } = reading.app
  const form = model.forms.get(model.flows.get(flow)?.form ?? '')
  if (!form || reading.env.scopes(form).rows === 'none') return undefined
  const plan = planList({ form: form.id, fields: [], sort: ['id'], size: 1 }, reading.env)
  // A rule that SQL cannot say lets nothing be read.
  if (!plan.ok) return undefined
  const visible = compileMembership(plan.value, reading.database, sql.ref('i.record'))
  return { form, runs: sql`i.app = ${form.app} AND i.flow = ${flow} AND i.form = ${form.id} AND ${visible}` }
}

function ofVersions({ runs }: Seen, versions: ReadonlyMap<string, number>, chosen: string | undefined): Sql {
  if (chosen === undefined) return runs
  const wanted = new Set(chosen.split(',').map(Number))
  const hashes = [...versions].flatMap(([hash, version]) => (wanted.has(version) ? [hash] : []))
  return hashes.length === 0 ? sql`1 = 0` : sql`${runs} AND i.flow_hash IN (${sql.join(hashes)})`
}

function periodOf({ from, to }: FlowHistoryParameters, now: number): { readonly from: number; readonly to: number } {
  const end = (to === undefined ? undefined : parseInstant(to)) ?? now + 1
  return { from: (from === undefined ? undefined : parseInstant(from)) ?? end - usualDays * day, to: end }
}

async function versionList(
  reading: Reading,
  { runs }: Seen,
  versions: ReadonlyMap<string, number>,
): Promise<FlowHistory['versions']> {
  const rows = await reading.run(
    sql`SELECT i.flow_hash AS hash, count(*) AS runs FROM instances AS i WHERE ${runs} GROUP BY i.flow_hash`,
  )
  return rows
    .flatMap((row) => {
      const version = versions.get(String(row.hash))
      return version === undefined ? [] : [{ version, runs: Number(row.runs) }]
    })
    .sort((one, other) => other.version - one.version)
}

async function runsOf(reading: Reading, { runs, from, to }: Over): Promise<FlowHistory['runs']> {
  const count = (column: 'i.started_at' | 'i.ended_at') =>
    sql`sum(CASE WHEN ${sql.ref(column)} >= ${from} AND ${sql.ref(column)} < ${to} THEN 1 ELSE 0 END)`
  const [row] = await reading.run(sql`
    SELECT ${count('i.started_at')} AS started, ${count('i.ended_at')} AS ended FROM instances AS i WHERE ${runs}`)
  return { started: Number(row?.started ?? 0), ended: Number(row?.ended ?? 0) }
}

type Count = { readonly count: number; readonly records: number }

async function counts(figure: FlowFigure, reading: Reading, over: Over): Promise<ReadonlyMap<string, Count>> {
  const rows = await reading.run(sql`
    SELECT element, count(*) AS count, count(DISTINCT record) AS records
    FROM (${occurrences(figure, reading, over)}) AS o GROUP BY element`)
  return new Map(
    rows.map((row) => [String(row.element), { count: Number(row.count), records: Number(row.records) }] as const),
  )
}

async function spans(figure: FlowFigure, reading: Reading, over: Over): Promise<ReadonlyMap<string, Spans>> {
  const rows = await reading.run(sql`
    SELECT element, count(*) AS count, sum(ms) AS total, max(ms) AS longest,
      max(CASE WHEN place = (among + 1) / 2 THEN ms END) AS median
    FROM (
      SELECT element, ms, row_number() OVER (PARTITION BY element ORDER BY ms) AS place, count(*) OVER (PARTITION BY element) AS among
      FROM (${occurrences(figure, reading, over)}) AS o
    ) AS ranked GROUP BY element`)
  return new Map(
    rows.map((row) => {
      const count = Number(row.count)
      const averageMs = Math.round(Number(row.total) / count)
      return [
        String(row.element),
        { count, averageMs, medianMs: Number(row.median), longestMs: Number(row.longest) },
      ] as const
    }),
  )
}
