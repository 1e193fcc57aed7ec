import type { Sql } from '@tenon/reports/sql'
import type { FlowFigure } from '@tenon/runtime/contract'
import { sql } from 'kysely'
import type { Reading } from './reading.ts'

/** Runs of one flow that are told of, and the stretch of time. */
export type Over = {
  /** Holds of a row of `instances AS i` that is told of: the reader may see its record. */
  readonly runs: Sql
  readonly from: number
  readonly to: number
}

/** What one number counts: a line for each time, with the element, the record, the moment, and the time it took. */
export function occurrences(figure: FlowFigure, reading: Reading, over: Over): Sql {
  const during = (column: Sql) => sql`${column} >= ${over.from} AND ${column} < ${over.to}`
  const came = during(sql.ref('came'))
  switch (figure) {
    case 'visits':
      return sql`SELECT node AS element, record, came AS at, cast(NULL AS bigint) AS ms FROM (${visits(reading, over)}) AS v WHERE ${came}`
    case 'returns':
      return sql`SELECT node AS element, record, came AS at, cast(NULL AS bigint) AS ms FROM (${visits(reading, over)}) AS v WHERE ${came} AND visit > 1`
    case 'stay':
      return sql`SELECT node AS element, record, went AS at, went - came AS ms FROM (${visits(reading, over)}) AS v WHERE ${during(sql.ref('went'))} AND came IS NOT NULL`
    case 'waiting':
      return taskTimes(over, sql`t.claimed_at - t.created_at`, during(sql.ref('t.completed_at')))
    case 'working':
      return taskTimes(over, sql`t.completed_at - t.claimed_at`, during(sql.ref('t.completed_at')))
    case 'passed': {
      const { dialect } = reading.database
      const edges = dialect.listProperty(sql.ref('e.data'), 'edges')
      return sql`SELECT way.value AS element, i.record, e.at, cast(NULL AS bigint) AS ms FROM ${steps(reading)}
        CROSS JOIN ${dialect.elements(edges)} AS way
        WHERE ${over.runs} AND e.type = 'node.left' AND ${during(sql.ref('e.at'))}`
    }
    case 'standing':
      return sql`SELECT k.node AS element, i.record, k.since AS at, cast(NULL AS bigint) AS ms
        FROM instances AS i JOIN flow_tokens AS k ON k.instance = i.id WHERE ${over.runs} AND i.status = 'running'`
  }
}

/** Entries of the trail that were made by a run. */
const steps = ({ database: { dialect } }: Reading): Sql => sql`instances AS i JOIN events AS e
  ON e.record = i.record AND e.form = i.form AND e.app = i.app AND e.type IN ('node.entered', 'node.left')
  AND ${dialect.property(sql.ref('e.data'), 'instance')} = i.id`

/** Each visit of a node: when it was entered, and when it was first left. A visit that was broken off has no end. */
function visits(reading: Reading, { runs, from, to }: Over): Sql {
  const { dialect } = reading.database
  const node = dialect.property(sql.ref('e.data'), 'node')
  const visit = sql`cast(${dialect.property(sql.ref('e.data'), 'visit')} AS integer)`
  return sql`SELECT i.record AS record, ${node} AS node, ${visit} AS visit,
      min(CASE WHEN e.type = 'node.entered' THEN e.at END) AS came, min(CASE WHEN e.type = 'node.left' THEN e.at END) AS went
    FROM ${steps(reading)}
    WHERE ${runs} AND i.started_at < ${to} AND (i.ended_at IS NULL OR i.ended_at >= ${from}) AND e.at < ${to}
    GROUP BY i.record, i.id, ${node}, ${visit}`
}

const taskTimes = ({ runs }: Over, ms: Sql, during: Sql): Sql => sql`
  SELECT t.node AS element, i.record, t.completed_at AS at, ${ms} AS ms
  FROM instances AS i JOIN tasks AS t ON t.record = i.record AND t.instance = i.id
  WHERE ${runs} AND t.state = 'completed' AND t.claimed_at IS NOT NULL AND ${during}`
