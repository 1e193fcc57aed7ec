import { sql } from 'kysely'
import type { Bucket } from '../../definitions/query.ts'
import type { Dialect, Sql } from '../dialect.ts'

const formats = {
  hour: 'YYYY-MM-DD"T"HH24',
  day: 'YYYY-MM-DD',
  week: 'IYYY-"W"IW',
  month: 'YYYY-MM',
  quarter: 'YYYY-"Q"Q',
  year: 'YYYY',
} as const

/** `moment` is a timestamp without zone. */
function bucketOf(moment: Sql, bucket: Bucket): Sql {
  if (bucket === 'hourOfDay') return sql`extract(hour from ${moment})::int`
  if (bucket === 'weekday') return sql`extract(isodow from ${moment})::int`
  return sql`to_char(${moment}, ${sql.lit(formats[bucket])})`
}

const partOfDay = { year: 4, month: 7, day: 10 } as const

export const postgres: Dialect = {
  name: 'postgres',
  plansForPage: true,
  boolean: (value) => value,
  truth: (value) => (value ? sql`true` : sql`false`),
  booleanNumber: (column) => sql`(${column})::int`,
  byCodePoint: (text) => sql`(${text}) collate "C"`,
  order: (value, direction) => (direction === 'asc' ? sql`${value} asc nulls first` : sql`${value} desc nulls last`),
  includes: (whole, part) => sql`strpos(${whole}, ${part}) > 0`,
  listHas: (list, element) => sql`${list} @> ${JSON.stringify([element])}::jsonb`,
  listHasColumn: (list, element) => sql`jsonb_exists(${list}, ${element})`,
  property: (document, name) => sql`((${document})::json ->> ${sql.lit(name)})`,
  listProperty: (document, name) => sql`((${document})::jsonb -> ${sql.lit(name)})`,
  elements: (list) => sql`lateral jsonb_array_elements_text(${list})`,
  asText: (value) => sql`(${value})::text`,
  asDouble: (value) => sql`(${value})::double precision`,
  momentBucket: (wallMs, bucket) => bucketOf(sql`(to_timestamp((${wallMs}) / 1000.0) at time zone 'UTC')`, bucket),
  dayBucket: (day, bucket) =>
    bucket === 'year' || bucket === 'month' || bucket === 'day'
      ? sql`substr(${day}, 1, ${sql.lit(partOfDay[bucket])})`
      : bucketOf(sql`(${day})::timestamp`, bucket),
  dayMs: (day) => sql`(((${day})::date - date '1970-01-01')::bigint * 86400000)`,
  searchMatches: (tokens) => sql`s.tokens @@ ${tokens.map((token) => `'${token}':*`).join(' & ')}::tsquery`,
}
