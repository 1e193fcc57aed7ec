import type { FieldValue, ValueType } from '@tenon/engine'
import type { Dialect, Sql } from '../sql/dialect.ts'

/** What an aggregate calculates with, per record: the value or NULL, and for percentiles its place among its group. */
type AggregateInput = {
  readonly value: Sql
  readonly type: ValueType
  /** 1 for the smallest value of the group; meaningless where the value is NULL. */
  readonly rank: Sql
  /** How many values the group has. */
  readonly total: Sql
  /** The percentile asked for, in ten-thousandths. */
  readonly p: number
}

/** What the database gave for the parts of one group: whole numbers or text, NULL where there is nothing. */
export type Parts = { readonly [part: string]: string | null }

/**
 * One aggregate: its type rule, its SQL, and the same in memory as a check. SQL computes whole numbers only; what has to
 * be divided is divided at the end, exactly.
 */
export type Aggregate = {
  /** Type of the result for values of this type; undefined: it makes no sense for them. */
  result(value: ValueType): ValueType | undefined
  readonly needsRank?: boolean
  parts(input: AggregateInput, dialect: Dialect): { readonly [part: string]: Sql }
  /** What groups are ordered by, from columns with the parts. */
  order(part: (name: string) => Sql, input: Pick<AggregateInput, 'p' | 'type'>, dialect: Dialect): Sql
  /** How parts of smaller groups become those of a larger one; absent: they cannot. */
  readonly combine?: { readonly [part: string]: 'sum' | 'min' | 'max' }
  finish(parts: Parts, input: Pick<AggregateInput, 'p' | 'type'>): FieldValue
  /** The same from the canonical values themselves, blanks included. */
  reference(values: readonly FieldValue[], input: Pick<AggregateInput, 'p' | 'type'>): FieldValue
}
