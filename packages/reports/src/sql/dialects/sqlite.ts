import { sql } from 'kysely'
import type { Bucket } from '../../definitions/query.ts'
import type { Dialect, Sql } from '../dialect.ts'

const formats = { hour: '%Y-%m-%dT%H', day: '%Y-%m-%d', week: '%G-W%V', month: '%Y-%m', year: '%Y' } as const

/** `moment` is the argument list of strftime after the format. */
function strftime(bucket: Bucket, moment: Sql): Sql {
  if (bucket === 'quarter') {
    return sql`(strftime('%Y', ${moment}) || '-Q' || ((cast(strftime('%m', ${moment}) as integer) + 2) / 3))`
  }
  if (bucket === 'hourOfDay') return sql`cast(strftime('%H', ${moment}) as integer)`
  if (bucket === 'weekday') return sql`cast(strftime('%u', ${moment}) as integer)`
  return sql`strftime(${sql.lit(formats[bucket])}, ${moment})`
}

const partOfDay = { year: 4, month: 7, day: 10 } as const

export const sqlite: Dialect = {
  name: 'sqlite',
  plansForPage: false,
  boolean: (value) => (value ? 1 : 0),
  truth: (value) => (value ? sql`1` : sql`0`),
  booleanNumber: (column) => column,
  byCodePoint: (text) => text,
  order: (value, direction) => (direction === 'asc' ? sql`${value} asc` : sql`${value} desc`),
  includes: (whole, part) => sql`instr(${whole}, ${part}) > 0`,
  listHas: (list, element) => sql`exists (select 1 from json_each(${list}) where json_each.value = ${element})`,
  listHasColumn: (list, element) => sql`exists (select 1 from json_each(${list}) where json_each.value = ${element})`,
  property: (document, name) => sql`cast(json_extract(${document}, ${sql.lit(`$.${name}`)}) as text)`,
  listProperty: (document, name) => sql`json_extract(${document}, ${sql.lit(`$.${name}`)})`,
  elements: (list) => sql`json_each(${list})`,
  asText: (value) => sql`cast(${value} as text)`,
  asDouble: (value) => sql`cast(${value} as real)`,
  momentBucket: (wallMs, bucket) => strftime(bucket, sql`(${wallMs}) / 1000.0, 'unixepoch'`),
  dayBucket: (day, bucket) =>
    bucket === 'year' || bucket === 'month' || bucket === 'day'
      ? sql`substr(${day}, 1, ${sql.lit(partOfDay[bucket])})`
      : strftime(bucket, day),
  dayMs: (day) => sql`(unixepoch(${day}) * 1000)`,
  searchMatches: (tokens) =>
    sql`s.id in (select rowid from search_tokens where search_tokens match ${tokens.map((token) => `"${token}"*`).join(' ')})`,
}
