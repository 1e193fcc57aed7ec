import { setTimeout as wait } from 'node:timers/promises'
import type { Result } from '@tenon/engine'
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient, sql } from 'kysely'
import type pg from 'pg'
import type { Db, Tx } from '../database.ts'
import { faults } from '../faults.ts'
import type { Store } from '../store.ts'
import type { Tables } from '../tables.ts'
import { TryAgain } from '../try-again.ts'
import { openPool, statementName } from './pool.ts'

/** How often a transaction is tried, by what was in its way. */
const attempts: Readonly<Record<string, number>> = {
  /** Serialisation failure and deadlock: somebody else was first. */
  40001: 8,
  '40P01': 8,
  /** A unique value somebody else was first with: the next try sees it and can say so. */
  23505: 3,
  /** A prepared statement older than the table it reads. */
  '0A000': 2,
}

/** A store on PostgreSQL: one transaction per command, several processes on one database. */
export function openPostgres(url: string, poolSize: number): Store & { readonly pool: pg.Pool } {
  const pool = openPool(url, poolSize)
  const db: Db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: named(pool) }) })
  return {
    kind: 'postgres',
    pool,
    read: db,
    snapshot: (work) => db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),
    transact: (work) => transact(db, work),
    ping: async () => void (await sql`select 1`.execute(db)),
    close: () => db.destroy(),
  }
}

class Undo extends Error {
  readonly result: Result<never, unknown>
  constructor(result: Result<never, unknown>) {
    super('undo')
    this.result = result
  }
}

async function transact<T, E>(db: Db, work: (tx: Tx) => Promise<Result<T, E>>): Promise<Result<T, E>> {
  for (let attempt = 1; ; attempt++) {
    try {
      const result = await db.transaction().execute(async (transaction) => {
        const done = await work(transaction as unknown as Tx)
        if (!done.ok) throw new Undo(done as Result<never, unknown>)
        faults.at('before-commit')
        return done
      })
      faults.at('after-commit')
      return result
    } catch (error) {
      if (error instanceof Undo) return error.result as Result<T, E>
      const limit = error instanceof TryAgain ? 8 : (attempts[String((error as { code?: unknown }).code)] ?? 0)
      if (attempt >= limit) throw error
      await wait(Math.random() * 5 * 2 ** attempt)
    }
  }
}

/** The pool, but its statements carry names: parsed once per connection. */
function named(pool: pg.Pool): PostgresPool {
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    async connect() {
      const client = await pool.connect()
      const known = clients.get(client)
      if (known) return known
      const wrapped = {
        query: (text: unknown, values?: readonly unknown[]) => {
          if (typeof text !== 'string') return client.query(text as never)
          const name = values && values.length > 0 ? statementName(text) : undefined
          return client.query({ text, values: [...(values ?? [])], ...(name ? { name } : {}) })
        },
        release: () => client.release(),
      } as unknown as PostgresPoolClient
      clients.set(client, wrapped)
      return wrapped
    },
    end: () => pool.end(),
  }
}
