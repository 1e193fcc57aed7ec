import type { ValueType } from '@tenon/engine'
import { sql } from 'kysely'
import type { Parts } from '../aggregates/contract.ts'
import { aggregates } from '../aggregates/index.ts'
import { divideRounded, formatWide } from '../aggregates/numbers.ts'
import type { PlannedDimension, PlannedMeasure, PlannedOrder, PlannedPeriod, QueryPlan } from '../query/plan.ts'
import { allOf, expressionOf } from './clause.ts'
import type { Database, Dialect, Sql } from './dialect.ts'
import { dimensionValue, type InputContext, measureValues } from './query-inputs.ts'
import { rowSource } from './source.ts'

const ref = (alias: string, name: string): Sql => sql.ref(`${alias}.${name}`)
const as = (value: Sql, name: string): Sql => sql`${value} as ${sql.ref(name)}`
const list = (items: readonly Sql[]): Sql => sql.join(items)

/** Everything but backlogs, which run over time and have a statement of their own. */
export const isGrouped = (measure: PlannedMeasure): boolean => measure.agg !== 'backlog'

/** Rows the query counts, with the values it needs, and the context that compiles more of them. */
export function periodRows(plan: QueryPlan, period: PlannedPeriod, database: Database) {
  const { dialect } = database
  const source = rowSource({
    form: plan.form,
    database,
    scopes: plan.env.scopes,
    lookup: plan.env.lookup,
    facts: plan.env.facts,
  })
  const context: InputContext = { source, dialect, facts: period.facts }
  const where = allOf([source.rows, source.where(period.where, period.facts)])
  return { context, from: () => sql`from ${source.from()} where ${expressionOf(where, dialect)}` }
}

/**
 * One row per group: `d0 …` its dimensions, `m0_… ` the parts of its measures, `matched` how many records were counted
 * in all groups. Where a percentile is asked for, values are ranked within their groups first.
 */
export function groupStatement(
  plan: QueryPlan,
  period: PlannedPeriod,
  database: Database,
  limit: number | undefined,
): Sql {
  const { dialect } = database
  const { context, from } = periodRows(plan, period, database)
  const dimensions = plan.dimensions.map((dimension) => dimensionValue(dimension, context))
  const values = plan.measures.map((measure) => (isGrouped(measure) ? measureValues(measure, context) : {}))
  const needsRank = plan.measures.some(
    (measure) => isGrouped(measure) && measure.agg !== 'ratio' && aggregates[measure.agg as 'sum'].needsRank,
  )
  const rows = from()
  const inner = needsRank
    ? rankedGroups(plan, dimensions, values, rows, dialect)
    : plainGroups(plan, dimensions, values, rows, dialect)
  return outer(plan, inner, dialect, limit)
}

type Values = readonly { readonly [name: string]: Sql }[]

function plainGroups(plan: QueryPlan, dimensions: readonly Sql[], values: Values, rows: Sql, dialect: Dialect): Sql {
  const parts = plan.measures.flatMap((measure, index) =>
    partColumns(measure, index, (name) => values[index]?.[name] ?? sql`null`, { rank: sql`1`, total: sql`1` }, dialect),
  )
  return sql`select ${list([...dimensions.map((value, index) => as(value, `d${index}`)), ...parts, sql`count(*) as n`])} ${rows}${groupBy(dimensions)}`
}

/** By position: the same expression written twice has other placeholders and counts as another expression. */
const groupBy = (dimensions: readonly Sql[]): Sql =>
  dimensions.length === 0 ? sql`` : sql` group by ${list(dimensions.map((_, index) => sql.lit(index + 1)))}`

function rankedGroups(plan: QueryPlan, dimensions: readonly Sql[], values: Values, rows: Sql, dialect: Dialect): Sql {
  const own = dimensions.map((_, index) => ref('b', `d${index}`))
  const named = values.flatMap((each, index) =>
    Object.entries(each).map(([name, value]) => as(value, `m${index}_${name}`)),
  )
  const base = sql`select ${list([...dimensions.map((value, index) => as(value, `d${index}`)), ...named, sql`1 as one`])} ${rows}`
  const partition = own.length === 0 ? sql`` : sql`partition by ${list(own)}`
  const ranks = plan.measures.flatMap((measure, index) => {
    if (!isGrouped(measure) || measure.agg === 'ratio' || !aggregates[measure.agg as 'sum'].needsRank) return []
    const value = ref('b', `m${index}_x`)
    return [
      as(sql`row_number() over (${partition} order by ${value} is null, ${value})`, `r${index}`),
      as(sql`count(${value}) over (${partition})`, `t${index}`),
    ]
  })
  const ranked = sql`select b.*, ${list(ranks)} from (${base}) as b`
  const parts = plan.measures.flatMap((measure, index) =>
    partColumns(
      measure,
      index,
      (name) => ref('g', `m${index}_${name}`),
      { rank: ref('g', `r${index}`), total: ref('g', `t${index}`) },
      dialect,
    ),
  )
  const columns = [
    ...dimensions.map((_, index) => as(ref('g', `d${index}`), `d${index}`)),
    ...parts,
    sql`count(*) as n`,
  ]
  return sql`select ${list(columns)} from (${ranked}) as g${groupBy(dimensions)}`
}

function partColumns(
  measure: PlannedMeasure,
  index: number,
  value: (name: string) => Sql,
  place: { rank: Sql; total: Sql },
  dialect: Dialect,
): readonly Sql[] {
  if (!isGrouped(measure)) return []
  if (measure.agg === 'ratio') return ['a', 'b'].map((name) => as(sql`count(${value(name)})`, `m${index}_${name}`))
  const aggregate = aggregates[measure.agg as 'sum']
  const parts = aggregate.parts({ value: value('x'), type: measure.valueType, p: measure.p, ...place }, dialect)
  return Object.entries(parts).map(([name, part]) => as(part, `m${index}_${name}`))
}

const partNames = (measure: PlannedMeasure): readonly string[] => {
  if (!isGrouped(measure)) return []
  if (measure.agg === 'ratio') return ['a', 'b']
  const none = sql`1`
  return Object.keys(
    aggregates[measure.agg as 'sum'].parts(
      { value: none, rank: none, total: none, type: measure.valueType, p: measure.p },
      textOnly,
    ),
  )
}
// Only the names of the parts are asked for; no SQL of this dialect is ever run.
const textOnly = { byCodePoint: (text: Sql) => text } as Dialect

function outer(plan: QueryPlan, inner: Sql, dialect: Dialect, limit: number | undefined): Sql {
  const parts = plan.measures.flatMap((measure, index) => partNames(measure).map((name) => `m${index}_${name}`))
  const columns = [
    ...plan.dimensions.map((_, index) => ref('q', `d${index}`)),
    ...parts.map((name) => as(dialect.asText(ref('q', name)), name)),
    as(dialect.asText(sql`sum(${ref('q', 'n')}) over ()`), 'matched'),
  ]
  const order = orders(plan, dialect)
  const sorted = order.length === 0 ? sql`` : sql` order by ${list(order)}`
  return sql`select ${list(columns)} from (${inner}) as q${sorted}${limit === undefined ? sql`` : sql` limit ${sql.lit(limit)}`}`
}

/** As asked, then by the dimensions, so that equal figures always come in the same order. */
function orders(plan: QueryPlan, dialect: Dialect): readonly Sql[] {
  const ties: PlannedOrder[] = plan.dimensions.map((_, index) => ({ on: 'dimension', index, direction: 'asc' }))
  const asked = plan.order.filter(
    ({ on, index }) => on === 'dimension' || isGrouped(plan.measures[index] as PlannedMeasure),
  )
  return [...asked, ...ties].map(({ on, index, direction }) =>
    dialect.order(
      on === 'dimension'
        ? dimensionOrder(plan.dimensions[index], index, dialect)
        : measureOrder(plan.measures[index] as PlannedMeasure, index, dialect),
      direction,
    ),
  )
}

function dimensionOrder(dimension: PlannedDimension | undefined, index: number, dialect: Dialect): Sql {
  const column = ref('q', `d${index}`)
  const isText = ['text', 'reference', 'date', 'time'].includes(dimension?.type.kind ?? '')
  return isText ? dialect.byCodePoint(column) : column
}

function measureOrder(measure: PlannedMeasure, index: number, dialect: Dialect): Sql {
  const part = (name: string) => ref('q', `m${index}_${name}`)
  if (measure.agg === 'ratio') return sql`(${dialect.asDouble(part('a'))} / nullif(${part('b')}, 0))`
  return aggregates[measure.agg as 'sum'].order(part, { p: measure.p, type: measure.valueType }, dialect)
}

/** The figure of a measure from the parts that came back. */
export function finishMeasure(measure: PlannedMeasure, index: number, row: { readonly [column: string]: unknown }) {
  const parts: Parts = Object.fromEntries(
    partNames(measure).map((name) => {
      const raw = row[`m${index}_${name}`]
      return [name, raw === null || raw === undefined ? null : String(raw)]
    }),
  )
  if (measure.agg === 'ratio') return ratio(BigInt(parts.a ?? 0), BigInt(parts.b ?? 0), measure.type)
  return aggregates[measure.agg as 'sum'].finish(parts, { p: measure.p, type: measure.valueType })
}

/** A share of 1 as decimal text; blank when there is nothing to have a share of. */
export function ratio(part: bigint, whole: bigint, { scale = 0 }: ValueType): string | null {
  return whole === 0n ? null : formatWide(divideRounded(part * 10n ** BigInt(scale), whole), scale)
}
