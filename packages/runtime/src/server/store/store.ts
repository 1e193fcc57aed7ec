import type { Result } from '@tenon/engine'
import type { DatabaseKind, Db, Tx } from './database.ts'

/** The database of an installation. */
export type Store = {
  readonly kind: DatabaseKind
  /** Reads, each statement by itself. */
  readonly read: Db
  /** Several reads that see one moment. */
  snapshot<T>(work: (db: Db) => Promise<T>): Promise<T>
  /**
   * Does `work` in one transaction, whole or not at all: a returned failure undoes it, as does anything thrown. Resolves
   * after the commit. `work` may run again when another transaction was in its way, so it must only touch the database.
   */
  transact<T, E>(work: (tx: Tx) => Promise<Result<T, E>>): Promise<Result<T, E>>
  /** Throws when the database does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}
