import type { FieldModel, FormModel } from '@tenon/engine'
import type { RawBuilder } from 'kysely'
import type { Bucket } from '../definitions/query.ts'
import { postgres } from './dialects/postgres.ts'
import { sqlite } from './dialects/sqlite.ts'

/** A piece of SQL with its values beside it, never in it. */
export type Sql = RawBuilder<unknown>

type Direction = 'asc' | 'desc'

/** Everything in which the two databases differ. */
export type Dialect = {
  readonly name: 'sqlite' | 'postgres'
  /** Whether the planner knows that a list is over as soon as its page is full. */
  readonly plansForPage: boolean
  /** Stored form of a boolean, also as a bound value. */
  boolean(value: boolean): boolean | number
  /** A truth value as SQL text. */
  truth(value: boolean): Sql
  /** A boolean column as 0 or 1. */
  booleanNumber(column: Sql): Sql
  /** Text where its order matters: by code point. */
  byCodePoint(text: Sql): Sql
  /** Order in which blanks come first (last when descending), as if they were the smallest value. */
  order(value: Sql, direction: Direction): Sql
  /** Whether `whole` has `part` in it, both text. */
  includes(whole: Sql, part: Sql): Sql
  /** Whether a list column has an element, given as a value. */
  listHas(list: Sql, element: string): Sql
  /** Whether a list column has an element, given by another column. */
  listHasColumn(list: Sql, element: Sql): Sql
  /** A property of a JSON text, as text; NULL where there is none. */
  property(document: Sql, name: string): Sql
  /** A property of a JSON text that is a list of texts, as a list column. */
  listProperty(document: Sql, name: string): Sql
  /** A list column as rows of `value`, one per element, to be joined. */
  elements(list: Sql): Sql
  /** Whole number of any width, as text, so that no digit is lost on the way out. */
  asText(value: Sql): Sql
  /** A number to calculate with in floating point. */
  asDouble(value: Sql): Sql
  /** Stretch of time a wall clock moment (milliseconds) is in; see `Bucket`. */
  momentBucket(wallMs: Sql, bucket: Bucket): Sql
  /** Stretch of time a day (`YYYY-MM-DD`) is in; `hour` and `hourOfDay` have none. */
  dayBucket(day: Sql, bucket: Bucket): Sql
  /** A day as milliseconds since 1970 UTC. */
  dayMs(day: Sql): Sql
  /** Whether a row of `search_rows as s` has every token; the last characters of a word may be missing. */
  searchMatches(tokens: readonly string[]): Sql
}

/** Table and columns in which the store keeps the records of a form; no column: the field is not kept. */
export type RecordTable = { readonly table: string; readonly column: (field: FieldModel) => string | undefined }

/** The database a statement is for. Names come from the store, which alone knows what publishes have left behind. */
export type Database = { readonly dialect: Dialect; readonly tables: (form: FormModel) => RecordTable }

export const dialects = { sqlite, postgres } as const satisfies { readonly [name: string]: Dialect }
