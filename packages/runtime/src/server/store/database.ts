import { type Kysely, PostgresAdapter } from 'kysely'
import type { Tables } from './tables.ts'

export type DatabaseKind = 'sqlite' | 'postgres'

/** Where rows are read: a connection, or a transaction. Never leaves store, commands, queries and outbox. */
export type Db = Kysely<Tables>

declare const inTransaction: unique symbol
/** Where rows are written: only inside `Store.transact`. */
export type Tx = Db & { readonly [inTransaction]: true }

/** Which database speaks behind `db`, for the few places where the dialects differ. */
export const kindOf = (db: Kysely<never> | Db): DatabaseKind =>
  (db as Db).getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite'
