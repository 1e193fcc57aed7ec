import { sql } from 'kysely'
import type { PlannedDimension, PlannedOrder, PlannedPeriod, QueryPlan } from '../query/plan.ts'
import { allOf, expressionOf } from './clause.ts'
import type { Database, Dialect, Sql } from './dialect.ts'
import { combinationOf, figureOf, isGrouped, needsRank, orderOf, partsOf } from './measure-parts.ts'
import { dimensionSteps, dimensionValue, type InputContext, measureValues } from './query-inputs.ts'
import { rowSource } from './source.ts'

const ref = (alias: string, name: string): Sql => sql.ref(`${alias}.${name}`)
const as = (value: Sql, name: string): Sql => sql`${value} as ${sql.ref(name)}`
const list = (items: readonly Sql[]): Sql => sql.join(items)

/** Rows the query counts, and the context that compiles values of them. */
export function periodRows(plan: QueryPlan, period: PlannedPeriod, database: Database) {
  const { dialect } = database
  const { scopes, lookup, facts } = plan.env
  const source = rowSource({ form: plan.form, database, scopes, lookup, facts })
  const context: InputContext = { source, dialect, facts: period.facts }
  const where = allOf([source.rows, source.where(period.where, period.facts)])
  return { context, from: () => sql`from ${source.from()} where ${expressionOf(where, dialect)}` }
}

/**
 * One row per group: `d0 …` its dimensions, `m0_… ` the parts of its measures, `matched` how many records were counted
 * in all groups. Stretches of time are grouped by whole days first, which costs a fraction of naming them row by row;
 * where a percentile is asked for, values are ranked within their groups instead.
 */
export function groupStatement(
  plan: QueryPlan,
  period: PlannedPeriod,
  database: Database,
  limit: number | undefined,
): Sql {
  const { dialect } = database
  const { context, from } = periodRows(plan, period, database)
  const values = plan.measures.map((measure) => (isGrouped(measure) ? measureValues(measure, context) : {}))
  if (plan.measures.some(needsRank)) {
    const dimensions = plan.dimensions.map((dimension) => dimensionValue(dimension, context))
    return outer(plan, rankedGroups(plan, dimensions, values, from(), dialect), dialect, limit)
  }
  const steps = plan.dimensions.map((dimension) => dimensionSteps(dimension, context))
  const isTimed = steps.some(({ name }) => name !== undefined)
  if (isTimed && plan.measures.every(combinationOf)) {
    const fine = steps.map(({ fine }) => fine)
    const coarse = steps.map(({ name }, index) => name?.(ref('f', `d${index}`)) ?? ref('f', `d${index}`))
    return outer(plan, combined(plan, coarse, plainGroups(plan, fine, values, from(), dialect)), dialect, limit)
  }
  const dimensions = steps.map(({ fine, name }) => name?.(fine) ?? fine)
  return outer(plan, plainGroups(plan, dimensions, values, from(), dialect), dialect, limit)
}

type Values = readonly { readonly [name: string]: Sql }[]

const dimensionColumns = (dimensions: readonly Sql[]): readonly Sql[] =>
  dimensions.map((value, index) => as(value, `d${index}`))

/** By position: the same expression written twice has other placeholders and counts as another expression. */
export const groupBy = (dimensions: readonly unknown[]): Sql =>
  dimensions.length === 0 ? sql`` : sql` group by ${list(dimensions.map((_, index) => sql.lit(index + 1)))}`

function plainGroups(plan: QueryPlan, dimensions: readonly Sql[], values: Values, rows: Sql, dialect: Dialect): Sql {
  const parts = partColumns(plan, (index) =>
    partsOf(at(plan, index), (name) => values[index]?.[name] ?? sql`null`, dialect),
  )
  return sql`select ${list([...dimensionColumns(dimensions), ...parts, sql`count(*) as n`])} ${rows}${groupBy(dimensions)}`
}

/** Groups of groups: days put together to the stretches they are in. */
function combined(plan: QueryPlan, dimensions: readonly Sql[], fine: Sql): Sql {
  const parts = partColumns(plan, (index) => {
    const combination = Object.entries(combinationOf(at(plan, index)) ?? {})
    return Object.fromEntries(
      combination.map(([name, how]) => [name, sql`${sql.raw(how)}(${ref('f', `m${index}_${name}`)})`]),
    )
  })
  const columns = list([...dimensionColumns(dimensions), ...parts, sql`sum(${ref('f', 'n')}) as n`])
  return sql`select ${columns} from (${fine}) as f${groupBy(dimensions)}`
}

function rankedGroups(plan: QueryPlan, dimensions: readonly Sql[], values: Values, rows: Sql, dialect: Dialect): Sql {
  const own = dimensions.map((_, index) => ref('b', `d${index}`))
  const named = values.flatMap((each, index) =>
    Object.entries(each).map(([name, value]) => as(value, `m${index}_${name}`)),
  )
  const base = sql`select ${list([...dimensionColumns(dimensions), ...named, sql`1 as one`])} ${rows}`
  const partition = own.length === 0 ? sql`` : sql`partition by ${list(own)}`
  const ranks = plan.measures.flatMap((measure, index) => {
    if (!needsRank(measure)) return []
    const value = ref('b', `m${index}_x`)
    return [
      as(sql`row_number() over (${partition} order by ${value} is null, ${value})`, `r${index}`),
      as(sql`count(${value}) over (${partition})`, `t${index}`),
    ]
  })
  const ranked = sql`select b.*, ${list(ranks)} from (${base}) as b`
  const parts = partColumns(plan, (index) =>
    partsOf(at(plan, index), (name) => ref('g', `m${index}_${name}`), dialect, {
      rank: ref('g', `r${index}`),
      total: ref('g', `t${index}`),
    }),
  )
  const columns = [
    ...dimensionColumns(dimensions.map((_, index) => ref('g', `d${index}`))),
    ...parts,
    sql`count(*) as n`,
  ]
  return sql`select ${list(columns)} from (${ranked}) as g${groupBy(dimensions)}`
}

function at(plan: QueryPlan, index: number) {
  const measure = plan.measures[index]
  if (measure === undefined) throw new Error(`no measure ${index}`)
  return measure
}

const partColumns = (plan: QueryPlan, of: (index: number) => { readonly [part: string]: Sql }): readonly Sql[] =>
  plan.measures.flatMap((measure, index) =>
    isGrouped(measure) ? Object.entries(of(index)).map(([name, part]) => as(part, `m${index}_${name}`)) : [],
  )

const partNames = (plan: QueryPlan, index: number, dialect: Dialect): readonly string[] =>
  Object.keys(partsOf(at(plan, index), () => sql`1`, dialect))

function outer(plan: QueryPlan, inner: Sql, dialect: Dialect, limit: number | undefined): Sql {
  const parts = plan.measures.flatMap((_, index) => partNames(plan, index, dialect).map((name) => `m${index}_${name}`))
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
  const asked = plan.order.filter(({ on, index }) => on === 'dimension' || isGrouped(at(plan, index)))
  return [...asked, ...ties].map(({ on, index, direction }) => {
    const part = (name: string) => ref('q', `m${index}_${name}`)
    const value =
      on === 'measure'
        ? orderOf(at(plan, index), part, dialect)
        : dimensionOrder(plan.dimensions[index], ref('q', `d${index}`), dialect)
    return dialect.order(value, direction)
  })
}

const writtenKinds: ReadonlySet<string> = new Set(['text', 'reference', 'date', 'time'])
const dimensionOrder = (dimension: PlannedDimension | undefined, column: Sql, dialect: Dialect): Sql =>
  writtenKinds.has(dimension?.type.kind ?? '') ? dialect.byCodePoint(column) : column

/** The figure of a measure from the parts that came back in a row. */
export function finishMeasure(
  plan: QueryPlan,
  index: number,
  row: { readonly [column: string]: unknown },
  dialect: Dialect,
) {
  const parts = partNames(plan, index, dialect).map((name): [string, string | null] => {
    const raw = row[`m${index}_${name}`]
    return [name, raw === null || raw === undefined ? null : String(raw)]
  })
  return figureOf(at(plan, index), Object.fromEntries(parts))
}
