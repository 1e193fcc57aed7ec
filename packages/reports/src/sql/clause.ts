import { sql } from 'kysely'
import type { Dialect, Sql } from './dialect.ts'

/**
 * A truth value under construction: known already, or a piece of SQL. SQL is three-valued, conditions are two-valued; in
 * `where`, `and`, `or` and `case when` NULL counts as false anyway, so only `not` has to turn it into false. Leaves stay
 * bare comparisons that an index can answer.
 */
export type Clause = { readonly known: boolean } | { readonly sql: Sql }

export const always: Clause = { known: true }
export const never: Clause = { known: false }
export const clause = (piece: Sql): Clause => ({ sql: piece })
export const isKnown = (part: Clause): part is { readonly known: boolean } => 'known' in part

export const allOf = (parts: readonly Clause[]): Clause => join(parts, true, sql` and `)
export const anyOf = (parts: readonly Clause[]): Clause => join(parts, false, sql` or `)

/** `neutral` is what an empty list means and what may be left out; its opposite decides alone. */
function join(parts: readonly Clause[], neutral: boolean, word: Sql): Clause {
  if (parts.some((part) => isKnown(part) && part.known !== neutral)) return { known: !neutral }
  const pieces = parts.flatMap((part) => (isKnown(part) ? [] : [part.sql]))
  const [only] = pieces
  if (only === undefined) return { known: neutral }
  return clause(pieces.length === 1 ? only : sql`(${sql.join(pieces, word as never)})`)
}

export function not(part: Clause, dialect: Dialect): Clause {
  if (isKnown(part)) return { known: !part.known }
  return clause(sql`not coalesce(${part.sql}, ${dialect.truth(false)})`)
}

/** The clause as an expression that may stand anywhere. */
export const expressionOf = (part: Clause, dialect: Dialect): Sql =>
  isKnown(part) ? dialect.truth(part.known) : part.sql
