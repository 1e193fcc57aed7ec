import type { FieldValue } from '@tenon/engine'
import { shiftKey } from '../query/buckets.ts'
import {
  type AnswerColumn,
  elementUnit,
  type PlannedMeasure,
  type PlannedPeriod,
  type QueryPlan,
} from '../query/plan.ts'
import { backlogFigures, backlogStatement, timeDimension } from './backlog-statement.ts'
import { compareCells } from './compare-cells.ts'
import type { Database, Sql } from './dialect.ts'
import { finishMeasure, groupStatement } from './group-statement.ts'
import { isGrouped } from './measure-parts.ts'
import { decodeValue } from './storage.ts'

export type RawRow = { readonly [column: string]: unknown }

/** The answer to a query. `previous`: the same rows, by the same keys, of the period before. */
export type QueryAnswer = {
  readonly columns: readonly AnswerColumn[]
  readonly rows: readonly (readonly FieldValue[])[]
  /** Records the query counted, whatever the limit on its rows. */
  readonly matched: number
  readonly previous?: Omit<QueryAnswer, 'previous'>
}

/** Statements to run, in any order, and what to make of what they give. */
export type CompiledQuery = {
  readonly statements: readonly Sql[]
  answer(results: readonly (readonly RawRow[])[]): QueryAnswer
}

/** Compiles a plan for one database. */
export function compileQuery(plan: QueryPlan, database: Database): CompiledQuery {
  const now = compilePeriod(plan, plan.now, database)
  const { previous } = plan
  if (previous === undefined) return now
  const before = compilePeriod({ ...plan, limit: Number.MAX_SAFE_INTEGER }, previous, database)
  return {
    statements: [...now.statements, ...before.statements],
    answer(results) {
      const answer = now.answer(results.slice(0, now.statements.length))
      const earlier = before.answer(results.slice(now.statements.length))
      return { ...answer, previous: aligned(plan, answer, earlier, previous.by) }
    },
  }
}

/** Runs a compiled query with whatever executes a statement. */
export async function runQuery(
  compiled: CompiledQuery,
  run: (statement: Sql) => Promise<readonly RawRow[]>,
): Promise<QueryAnswer> {
  const results: (readonly RawRow[])[] = []
  for (const statement of compiled.statements) results.push(await run(statement))
  return compiled.answer(results)
}

function compilePeriod(plan: QueryPlan, period: PlannedPeriod, database: Database): CompiledQuery {
  const backlogs = plan.measures.filter((measure) => !isGrouped(measure))
  // A running sum needs every stretch, and may add rows, so the limit is applied to the joined result.
  const limit = backlogs.length > 0 || plan.limit > 1_000_000 ? undefined : plan.limit
  // Where a record counts in several groups, the groups do not add up to the records.
  const isUnfolded = plan.dimensions.some(({ column }) => column.unit === elementUnit)
  const statements = [
    groupStatement(plan, period, database, limit),
    ...backlogs.map((measure) => backlogStatement(plan, period, measure, database)),
    ...(isUnfolded ? [groupStatement({ ...plan, dimensions: [], measures: [], order: [] }, period, database, 1)] : []),
  ]
  const columns = [...plan.dimensions.map(({ column }) => column), ...plan.measures.map(({ column }) => column)]
  return {
    statements,
    answer([groups = [], ...others]) {
      const running = others.slice(0, backlogs.length)
      const matched = Number((isUnfolded ? others.at(-1) : groups)?.[0]?.matched ?? 0)
      const rows = groups.map((row) => [
        ...keysOf(plan, row),
        ...plan.measures.map((measure, index) =>
          isGrouped(measure) ? finishMeasure(plan, index, row, database.dialect) : null,
        ),
      ])
      if (backlogs.length === 0) return { columns, rows, matched }
      return { columns, rows: withBacklogs(plan, period, rows, backlogs, running), matched }
    },
  }
}

const keysOf = (plan: QueryPlan, row: RawRow): readonly FieldValue[] =>
  plan.dimensions.map(({ type }, index) => decodeValue(row[`d${index}`], type))

function withBacklogs(
  plan: QueryPlan,
  period: PlannedPeriod,
  rows: readonly (readonly FieldValue[])[],
  backlogs: readonly PlannedMeasure[],
  running: readonly (readonly RawRow[])[],
) {
  const width = plan.dimensions.length
  const timed = timeDimension(plan)
  const time = timed === undefined ? -1 : plan.dimensions.indexOf(timed)
  /** Records without a time are in no stretch, and nothing is open at no time. */
  const isTimeless = (row: readonly FieldValue[]): boolean => time >= 0 && row[time] === null
  const byKey = new Map(rows.map((row) => [JSON.stringify(row.slice(0, width)), [...row]]))
  backlogs.forEach((measure, position) => {
    const steps = (running[position] ?? []).map((row) => ({ keys: keysOf(plan, row), step: Number(row.step) }))
    const at = width + plan.measures.indexOf(measure)
    for (const row of byKey.values()) row[at] = isTimeless(row) ? null : 0
    for (const { keys, n } of backlogFigures(plan, period, steps, rows)) {
      const key = JSON.stringify(keys)
      const row = byKey.get(key) ?? [...(keys as FieldValue[]), ...plan.measures.map(nothing)]
      row[at] = n
      byKey.set(key, row)
    }
  })
  const isOnlyBacklog = backlogs.length === plan.measures.length
  const shown = [...byKey.values()].filter((row) => !(isOnlyBacklog && isTimeless(row)))
  const sorted = shown.sort((a, b) => compareRows(plan, a, b))
  return sorted.slice(0, plan.limit)
}

/** What a measure is where no record counts. */
const nothing = (measure: PlannedMeasure): FieldValue =>
  measure.agg === 'count' || measure.agg === 'countDistinct' || measure.agg === 'backlog' ? 0 : null

function compareRows(plan: QueryPlan, a: readonly FieldValue[], b: readonly FieldValue[]): number {
  const width = plan.dimensions.length
  for (const { on, index, direction } of plan.order) {
    const at = on === 'dimension' ? index : width + index
    const type = on === 'dimension' ? plan.dimensions[index]?.type : plan.measures[index]?.type
    const order = type === undefined ? 0 : compareCells(a[at] ?? null, b[at] ?? null, type)
    if (order !== 0) return direction === 'asc' ? order : -order
  }
  for (const [index, { type }] of plan.dimensions.entries()) {
    const order = compareCells(a[index] ?? null, b[index] ?? null, type)
    if (order !== 0) return order
  }
  return 0
}

/** The earlier figures under the keys of the later rows, blank where there is nothing to compare with. */
function aligned(
  plan: QueryPlan,
  answer: QueryAnswer,
  earlier: QueryAnswer,
  by: string,
): Omit<QueryAnswer, 'previous'> {
  const width = plan.dimensions.length
  const found = new Map(earlier.rows.map((row) => [JSON.stringify(row.slice(0, width)), row]))
  const rows = answer.rows.map((row) => {
    const keys = row.slice(0, width)
    const before = keys.map((key, index) => {
      const bucket = plan.dimensions[index]?.bucket
      return bucket === undefined || key === null ? key : shiftKey(key as string | number, bucket, by, -1)
    })
    const same = found.get(JSON.stringify(before))
    return [...keys, ...(same?.slice(width) ?? plan.measures.map(nothing))]
  })
  return { columns: earlier.columns, rows, matched: earlier.matched }
}
