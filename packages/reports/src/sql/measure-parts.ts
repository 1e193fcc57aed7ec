import type { FieldValue } from '@tenon/engine'
import { sql } from 'kysely'
import type { Aggregate, Parts } from '../aggregates/contract.ts'
import { aggregates, type ValueAggregateName } from '../aggregates/index.ts'
import { shareOf } from '../aggregates/numbers.ts'
import type { PlannedMeasure } from '../query/plan.ts'
import type { Dialect, Sql } from './dialect.ts'

/** Everything but backlogs, which run over time and have a statement of their own. */
export const isGrouped = (measure: PlannedMeasure): boolean => measure.agg !== 'backlog'

/** Where a value stands among those of its group; only percentiles ask. */
export type Place = { readonly rank: Sql; readonly total: Sql }
const nowhere: Place = { rank: sql`1`, total: sql`1` }

const aggregateOf = ({ agg }: PlannedMeasure): Aggregate | undefined =>
  agg === 'ratio' || agg === 'backlog' ? undefined : aggregates[agg satisfies ValueAggregateName]

export const needsRank = (measure: PlannedMeasure): boolean => aggregateOf(measure)?.needsRank === true

/** The parts of a measure for one group of records, from what it takes from each record. */
export function partsOf(
  measure: PlannedMeasure,
  value: (name: string) => Sql,
  dialect: Dialect,
  place: Place = nowhere,
): { readonly [part: string]: Sql } {
  if (measure.agg === 'ratio') return { a: sql`count(${value('a')})`, b: sql`count(${value('b')})` }
  const input = { value: value('x'), type: measure.valueType, p: measure.p, ...place }
  return aggregateOf(measure)?.parts(input, dialect) ?? {}
}

/** How parts of smaller groups become those of a larger one; undefined: they cannot. */
export const combinationOf = (measure: PlannedMeasure): Aggregate['combine'] =>
  measure.agg === 'ratio' ? { a: 'sum', b: 'sum' } : isGrouped(measure) ? aggregateOf(measure)?.combine : {}

/** What groups are ordered by when a measure says so. */
export function orderOf(measure: PlannedMeasure, part: (name: string) => Sql, dialect: Dialect): Sql {
  if (measure.agg === 'ratio') return sql`(${dialect.asDouble(part('a'))} / nullif(${part('b')}, 0))`
  return aggregateOf(measure)?.order(part, { p: measure.p, type: measure.valueType }, dialect) ?? sql`1`
}

/** The figure of a measure from its parts. */
export function figureOf(measure: PlannedMeasure, parts: Parts): FieldValue {
  if (measure.agg === 'ratio') return shareOf(BigInt(parts.a ?? 0), BigInt(parts.b ?? 0), measure.type)
  return aggregateOf(measure)?.finish(parts, { p: measure.p, type: measure.valueType }) ?? null
}
