import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Kysely, sql } from 'kysely'
import type pg from 'pg'
import type { Db } from './database.ts'
import { migrate } from './migrate.ts'
import { openSqlite } from './sqlite/connection.ts'
import { pooled, sqliteDialect } from './sqlite/dialect.ts'
import { SqliteWriter } from './sqlite/writer.ts'
import type { Store } from './store.ts'
import type { Tables } from './tables.ts'

export type ConnectOptions = {
  /** SQLite connections for reading; absent: 4. */
  readonly readers?: number
  /** PostgreSQL connections; absent: 10. */
  readonly poolSize?: number
  /** PostgreSQL ends a transaction that stands still for so long, and with it what it holds; absent: 30 s. */
  readonly takeoverMs?: number
}
export type PostgresStore = Store & { readonly pool: pg.Pool }

/**
 * The store at `sqlite:PATH` or `postgres://…`, brought to the newest table layout. Throws when the database cannot be
 * reached or was written by a newer version of the product.
 */
export async function connect(url: string, options: ConnectOptions = {}): Promise<Store | PostgresStore> {
  const store = url.startsWith('sqlite:')
    ? await connectSqlite(url.slice('sqlite:'.length), options.readers ?? 4)
    : await openPostgres(url, options)
  try {
    await migrate(store)
  } catch (error) {
    await store.close().catch(() => {})
    throw error
  }
  return store
}

/** Loads the driver of the database that is used, not of the other one too. */
async function openPostgres(url: string, options: ConnectOptions): Promise<PostgresStore> {
  const { poolSize = 10, takeoverMs = 30_000 } = options
  return (await import('./postgres/connect.ts')).openPostgres(url, poolSize, takeoverMs)
}

async function connectSqlite(path: string, readerCount: number): Promise<Store> {
  const file = resolve(path)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const writer = new SqliteWriter(openSqlite(file, 'write'))
  const readers = Array.from({ length: readerCount }, () => openSqlite(file, 'read'))
  const db: Db = new Kysely<Tables>({ dialect: sqliteDialect(pooled(readers)) })
  return {
    kind: 'sqlite',
    read: db,
    snapshot: (work) => db.transaction().execute(work),
    transact: (work) => writer.transact(work),
    ping: async () => void (await sql`select 1`.execute(db)),
    async close() {
      await writer.close()
      await db.destroy()
      for (const reader of readers) reader.handle.close()
    },
  }
}
