import { CompiledQuery } from 'kysely'
import { type DatabaseKind, type Db, kindOf } from './database.ts'

/** An identifier in a statement's text. Only names out of `form_tables` and `form_columns` come here, never a request's. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** The nth placeholder, from 1. */
export const placeholder = (kind: DatabaseKind, n: number): string => (kind === 'sqlite' ? '?' : `$${n}`)

/** Runs a text that was made once, skipping the query builder: for the few statements of every command. */
export async function run<R>(db: Db, text: string, parameters: readonly unknown[]): Promise<readonly R[]> {
  return (await db.executeQuery<R>(CompiledQuery.raw(text, [...parameters]))).rows
}

/** The same for a statement that changes rows; gives how many. */
export async function change(db: Db, text: string, parameters: readonly unknown[]): Promise<number> {
  return Number((await db.executeQuery(CompiledQuery.raw(text, [...parameters]))).numAffectedRows ?? 0n)
}

export { kindOf }

/** Rows in pieces small enough for one statement on both databases (SQLite: 32,766 values). */
export function* chunks<T>(rows: readonly T[], size = 500): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size)
}
