import { ok } from '@tenon/engine'
import { sql } from 'kysely'
import type { Tx } from './database.ts'
import { migrations } from './migrations/index.ts'
import type { Store } from './store.ts'

/** Brings the tables to the newest layout, each step in a transaction of its own, so that an interrupted one goes on. */
export async function migrate(store: Store): Promise<void> {
  await store.transact(async (tx) => {
    await lock(tx, store)
    await sql`CREATE TABLE IF NOT EXISTS migrations (id INTEGER PRIMARY KEY, name TEXT NOT NULL)`.execute(tx)
    return ok(undefined)
  })
  for (const migration of migrations) {
    await store.transact(async (tx) => {
      await lock(tx, store)
      const { rows } = await sql<{ id: number }>`SELECT id FROM migrations`.execute(tx)
      const done = rows.map((row) => Number(row.id))
      const stranger = done.find((id) => !migrations.some((known) => known.id === id))
      if (stranger !== undefined)
        throw new Error(
          `The database is of a newer version (layout ${stranger}; this program knows ${migrations.at(-1)?.id}). Start the newer program.`,
        )
      if (done.includes(migration.id)) return ok(undefined)
      for (const statement of migration.statements(store.kind)) await sql.raw(statement).execute(tx)
      await sql`INSERT INTO migrations (id, name) VALUES (${migration.id}, ${migration.name})`.execute(tx)
      return ok(undefined)
    })
  }
}

/** Processes that start at the same moment do this one after the other. */
async function lock(tx: Tx, store: Store): Promise<void> {
  if (store.kind === 'postgres') await sql`SELECT pg_advisory_xact_lock(7310001)`.execute(tx)
}
