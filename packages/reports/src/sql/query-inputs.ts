import type { Condition, Facts } from '@tenon/engine'
import { sql } from 'kysely'
import type { MeasureInput, PlannedDimension, PlannedMeasure } from '../query/plan.ts'
import type { FieldRef } from '../query/resolve.ts'
import { allOf, type Clause, expressionOf, isKnown } from './clause.ts'
import type { Dialect, Sql } from './dialect.ts'
import { momentBucket, wallMs } from './moments.ts'
import type { Column } from './scalars.ts'
import type { RowSource } from './source.ts'

/** Where values of a query come from: the rows of one reader at one time. */
export type InputContext = { readonly source: RowSource; readonly dialect: Dialect; readonly facts: Facts }

const nothing = (text: boolean, dialect: Dialect): Sql =>
  dialect.name === 'postgres' ? (text ? sql`null::text` : sql`null::bigint`) : sql`null`

/** Column of a planned field. Planning saw it, so it is there, unless a mask decides that it never shows. */
export const planned = (ref: FieldRef, { source, dialect }: InputContext): Column =>
  source.column(ref.path) ?? { sql: nothing(isText(ref.field.value.kind), dialect), value: ref.field.value }

const isText = (kind: string): boolean => ['text', 'reference', 'date', 'time', 'list'].includes(kind)

/** A column to group by; of one with several values each is a row. */
function dimensionColumn(ref: FieldRef, context: InputContext): Column {
  const column = planned(ref, context)
  return column.value.kind === 'list' ? { sql: context.source.elements(column.sql), value: { kind: 'text' } } : column
}

/** The value a dimension groups by. */
export function dimensionValue({ ref, bucket }: PlannedDimension, context: InputContext): Sql {
  const column = dimensionColumn(ref, context)
  return bucket === undefined ? column.sql : bucketValue(column, bucket, context)
}

export function bucketValue(
  { sql: value, value: { kind } }: Column,
  bucket: NonNullable<PlannedDimension['bucket']>,
  { dialect, facts }: InputContext,
): Sql {
  return kind === 'instant' ? momentBucket(value, bucket, facts, dialect) : dialect.dayBucket(value, bucket)
}

/** A dimension in two steps: what rows are grouped by, and the name of such a group; no name: it is one itself. */
export type DimensionSteps = { readonly fine: Sql; readonly name: ((fine: Sql) => Sql) | undefined }

const hourMs = 3_600_000
const dayMs = 86_400_000

/** Moments by whole hours or days on the wall clock, which are cheap to reckon and few to name. */
export function dimensionSteps({ ref, bucket }: PlannedDimension, context: InputContext): DimensionSteps {
  const column = dimensionColumn(ref, context)
  return bucket === undefined ? { fine: column.sql, name: undefined } : bucketSteps(column, bucket, context)
}

export function bucketSteps(
  column: Column,
  bucket: NonNullable<PlannedDimension['bucket']>,
  context: InputContext,
): DimensionSteps {
  const { dialect, facts } = context
  if (column.value.kind !== 'instant') return { fine: bucketValue(column, bucket, context), name: undefined }
  const unit = bucket === 'hour' || bucket === 'hourOfDay' ? hourMs : dayMs
  return {
    fine: wholeUnits(wallMs(column.sql, facts), unit),
    name: (fine) => dialect.momentBucket(sql`(${fine} * ${sql.lit(unit)})`, bucket),
  }
}

/** Rounded down also before 1970: databases cut towards zero, so they count from far before. */
const wholeUnits = (ms: Sql, unit: number): Sql => {
  const past = 1_000_000 * (dayMs / unit)
  return sql`((${ms} + ${sql.lit(past * unit)}) / ${sql.lit(unit)} - ${sql.lit(past)})`
}

/** Values a measure takes from each record, NULL where the record does not count. */
export function measureValues(measure: PlannedMeasure, context: InputContext): { readonly [name: string]: Sql } {
  const counts = conditionOf(measure.where, context)
  if (measure.input.kind === 'ratio') {
    const { of, over } = measure.input
    const base = allOf([counts, ...(over === undefined ? [] : [conditionOf(over, context)])])
    return { a: only(allOf([base, conditionOf(of, context)]), sql`1`, context), b: only(base, sql`1`, context) }
  }
  return { x: only(counts, inputValue(measure, context), context, isText(measure.valueType.kind)) }
}

const conditionOf = (condition: Condition | undefined, { source, facts }: InputContext): Clause =>
  condition === undefined ? { known: true } : source.where(condition, facts)

function only(counts: Clause, value: Sql, { dialect }: InputContext, text = false): Sql {
  if (isKnown(counts)) return counts.known ? value : nothing(text, dialect)
  return sql`case when ${expressionOf(counts, dialect)} then ${value} end`
}

function inputValue({ input, agg }: PlannedMeasure, context: InputContext): Sql {
  if (input.kind === 'elapsed') return elapsed(input, context)
  if (input.kind !== 'field') return sql`1`
  const column = planned(input.ref, context)
  return column.value.kind === 'boolean' && agg !== 'countDistinct'
    ? context.dialect.booleanNumber(column.sql)
    : column.sql
}

/** Milliseconds from one day or moment to the other. */
function elapsed({ from, to }: Extract<MeasureInput, { kind: 'elapsed' }>, context: InputContext): Sql {
  const ms = (ref: FieldRef): Sql => {
    const column = planned(ref, context)
    return column.value.kind === 'date' ? context.dialect.dayMs(column.sql) : column.sql
  }
  return sql`(${ms(to)} - ${ms(from)})`
}
