import {
  type Comparable,
  compareComparable,
  converters,
  type Facts,
  type Family,
  type FeelNumber,
  familyOf,
  isFeelNumber,
  numberToText,
  parseInstant,
  type ValueType,
} from '@tenon/engine'
import { Decimal } from 'decimal.js'
import { sql } from 'kysely'
import { always, type Clause, clause, never } from './clause.ts'
import type { Dialect, Sql } from './dialect.ts'
import { momentBucket } from './moments.ts'

/** A field's column, or what stands for it (a masked or joined one). */
export type Column = { readonly sql: Sql; readonly value: ValueType }

type ColumnScalar = { readonly family: Family; readonly column: Sql; readonly scale: number }
/** One side of a comparison: a column, or a value of the family that is known already. */
export type Scalar = ColumnScalar | { readonly family: Family; readonly constant: Comparable }

const comparisons = [
  'equal',
  'notEqual',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
] as const
export type Comparison = (typeof comparisons)[number]
export const isComparison = (name: string): name is Comparison => (comparisons as readonly string[]).includes(name)

const signs: {
  readonly [C in Comparison]: {
    readonly text: Sql
    readonly flipped: Comparison
    readonly holds: (sign: number) => boolean
  }
} = {
  equal: { text: sql`=`, flipped: 'equal', holds: (sign) => sign === 0 },
  notEqual: { text: sql`<>`, flipped: 'notEqual', holds: (sign) => sign !== 0 },
  lessThan: { text: sql`<`, flipped: 'greaterThan', holds: (sign) => sign < 0 },
  lessThanInclusive: { text: sql`<=`, flipped: 'greaterThanInclusive', holds: (sign) => sign <= 0 },
  greaterThan: { text: sql`>`, flipped: 'lessThan', holds: (sign) => sign > 0 },
  greaterThanInclusive: { text: sql`>=`, flipped: 'lessThanInclusive', holds: (sign) => sign >= 0 },
}
const isOrder = (comparison: Comparison): boolean => comparison !== 'equal' && comparison !== 'notEqual'

export const columnScalar = ({ sql: column, value }: Column): ColumnScalar => ({
  family: familyOf[value.kind],
  column,
  scale: value.scale ?? 0,
})

/** A JSON value as its family compares it; undefined when it is of another family. Empty text is the smallest text. */
export function constantScalar(value: unknown, family: Family, facts: Facts): Scalar | undefined {
  const constant = converters[family](value, facts)
  return constant === undefined ? undefined : { family, constant }
}

/** The scalar in another family, as the in-memory converters would have it: only a moment can pass for a day. */
export function inFamily(scalar: Scalar, family: Family, facts: Facts, dialect: Dialect): Scalar | undefined {
  if (scalar.family === family) return scalar
  if (family !== 'date' || scalar.family !== 'instant' || 'constant' in scalar) return undefined
  return { family, column: momentBucket(scalar.column, 'day', facts, dialect), scale: 0 }
}

/** Both of one family, neither blank as far as is known; a NULL column makes the clause NULL, that is false. */
export function compareScalars(name: Comparison, left: Scalar, right: Scalar, dialect: Dialect): Clause {
  if ('constant' in left) {
    if ('constant' in right) return signs[name].holds(compareComparable(left.constant, right.constant)) ? always : never
    return compareScalars(signs[name].flipped, right, left, dialect)
  }
  if ('constant' in right) return withConstant(name, left, right.constant, dialect)
  const [a, b] = left.family === 'number' ? alike(left, right) : [left.column, right.column]
  const ordered = left.family === 'text' && isOrder(name) ? dialect.byCodePoint(a) : a
  return clause(sql`${ordered} ${signs[name].text} ${b}`)
}

/** Two scaled columns with the same number of decimals. */
function alike(left: { column: Sql; scale: number }, right: { column: Sql; scale: number }): readonly [Sql, Sql] {
  const scale = Math.max(left.scale, right.scale)
  const raised = (side: { column: Sql; scale: number }) =>
    side.scale === scale ? side.column : sql`(${side.column} * ${sql.lit(10 ** (scale - side.scale))})`
  return [raised(left), raised(right)]
}

function withConstant(
  name: Comparison,
  { family, column, scale }: ColumnScalar,
  constant: Comparable,
  dialect: Dialect,
): Clause {
  if (isFeelNumber(constant) && family === 'number') return withNumber(name, column, scale, constant)
  const bound = boundValue(constant, family, dialect)
  // A text that no column can hold equals nothing and differs from everything that is there.
  if (bound === undefined) return name === 'notEqual' ? clause(sql`${column} is not null`) : never
  const ordered = family === 'text' && isOrder(name) ? dialect.byCodePoint(column) : column
  return clause(sql`${ordered} ${signs[name].text} ${bound}`)
}

const limit = new Decimal(2).pow(53)

/** Columns hold whole numbers: a constant with more decimals than the column is replaced by the nearest below it. */
function withNumber(name: Comparison, column: Sql, scale: number, constant: FeelNumber): Clause {
  const scaled = new Decimal(numberToText(constant)).times(new Decimal(10).pow(scale))
  const floor = Decimal.max(Decimal.min(scaled.floor(), limit), limit.negated()).toNumber()
  const isExact = scaled.equals(floor)
  if (isExact) return clause(sql`${column} ${signs[name].text} ${floor}`)
  if (name === 'equal') return never
  if (name === 'notEqual') return clause(sql`${column} is not null`)
  const below = name === 'lessThan' || name === 'lessThanInclusive'
  return clause(below ? sql`${column} <= ${floor}` : sql`${column} > ${floor}`)
}

/** The stored form of a constant of a family other than number; undefined when no column can hold it. */
function boundValue(constant: Comparable, family: Family, dialect: Dialect): string | number | boolean | undefined {
  if (typeof constant === 'boolean') return dialect.boolean(constant) as number | boolean
  if (typeof constant !== 'string') return family === 'duration' ? Number(constant) : undefined
  if (family === 'instant') return parseInstant(constant)
  return isStorable(constant) ? constant : undefined
}

/** PostgreSQL keeps neither NUL nor half a character. */
export const isStorable = (text: string): boolean => !text.includes('\0') && !/\p{Surrogate}/u.test(text)
