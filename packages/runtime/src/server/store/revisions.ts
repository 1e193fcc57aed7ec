import { type Db, kindOf, type Tx } from './database.ts'
import { newId } from './new-id.ts'
import { change, run } from './statement.ts'

/** What processes keep in memory, each with a mark that changes whenever it does. Marks never come again. */
export type Revisions = { readonly apps: string; readonly directory: string }

export async function readRevisions(db: Db): Promise<Revisions> {
  const rows = await run<{ name: string; value: string }>(db, 'SELECT name, value FROM revisions', [])
  const of = (name: keyof Revisions) => rows.find((row) => row.name === name)?.value ?? ''
  return { apps: of('apps'), directory: of('directory') }
}

export async function bumpRevision(tx: Tx, name: keyof Revisions): Promise<void> {
  const text =
    kindOf(tx) === 'sqlite'
      ? 'UPDATE revisions SET value = ? WHERE name = ?'
      : 'UPDATE revisions SET value = $1 WHERE name = $2'
  await change(tx, text, [newId(), name])
}

const publishing = 7310002

/**
 * Commands and publishes keep out of each other's way on PostgreSQL: a command sees one set of columns from its
 * beginning to its end. On SQLite there is one writer anyway.
 */
export async function holdDefinitions(tx: Tx, how: 'use' | 'change'): Promise<void> {
  if (kindOf(tx) === 'sqlite') return
  const lock = how === 'use' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock'
  await run(tx, `SELECT ${lock}($1)`, [publishing])
}
