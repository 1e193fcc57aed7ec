import { setTimeout as wait } from 'node:timers/promises'
import type { Result } from '@tenon/engine'
import { Kysely, sql } from 'kysely'
import type pg from 'pg'
import type { Db, Tx } from '../database.ts'
import { faults } from '../faults.ts'
import { goStraight } from '../statement.ts'
import type { Store } from '../store.ts'
import type { Tables } from '../tables.ts'
import { TryAgain } from '../try-again.ts'
import { PostgresConnection, type PostgresLender } from './connection.ts'
import { postgresDialect, single } from './dialect.ts'
import { openPool } from './pool.ts'

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

/**
 * A store on PostgreSQL: one transaction per command, several processes on one database. A process that stands still in
 * the middle of a transaction loses it after `takeoverMs`, so that nobody waits for its locks for ever.
 */
export function openPostgres(url: string, poolSize: number, takeoverMs: number): Store & { readonly pool: pg.Pool } {
  const pool = openPool(url, poolSize, takeoverMs)
  const connections = lenderOf(pool)
  const db: Db = new Kysely<Tables>({ dialect: postgresDialect(connections) })
  return {
    kind: 'postgres',
    pool,
    read: db,
    snapshot: (work) => db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),
    transact: (work) => transact(connections, work),
    ping: async () => void (await sql`select 1`.execute(db)),
    async close() {
      await db.destroy()
      await pool.end()
    },
  }
}

/** The pool's connections, each wrapped once. */
function lenderOf(pool: pg.Pool): PostgresLender {
  const known = new WeakMap<pg.PoolClient, PostgresConnection>()
  return {
    async take() {
      const client = await pool.connect()
      const connection = known.get(client) ?? new PostgresConnection(client)
      known.set(client, connection)
      return connection
    },
    give: (connection) => connection.client.release(),
  }
}

const transactions = new WeakMap<PostgresConnection, Tx>()

/** What a transaction on this connection is written through. Statements given without waiting travel together. */
function transactionOn(connection: PostgresConnection): Tx {
  const known = transactions.get(connection)
  if (known) return known
  const tx = new Kysely<Tables>({ dialect: postgresDialect(single(connection)) }) as Tx
  goStraight(tx, connection)
  transactions.set(connection, tx)
  return tx
}

async function transact<T, E>(
  connections: PostgresLender,
  work: (tx: Tx) => Promise<Result<T, E>>,
): Promise<Result<T, E>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(connections, work)
    } catch (error) {
      const limit = error instanceof TryAgain ? 8 : (attempts[String((error as { code?: unknown }).code)] ?? 0)
      if (attempt >= limit) throw error
      await wait(Math.random() * 5 * 2 ** attempt)
    }
  }
}

async function once<T, E>(connections: PostgresLender, work: (tx: Tx) => Promise<Result<T, E>>): Promise<Result<T, E>> {
  const connection = await connections.take()
  let isBroken = false
  try {
    // Not waited for: it travels with the first statement.
    const begun = connection.say('BEGIN')
    begun.catch(() => {})
    const done = await work(transactionOn(connection))
    await begun
    if (done.ok) faults.at('before-commit')
    await connection.say(done.ok ? 'COMMIT' : 'ROLLBACK')
    if (done.ok) faults.at('after-commit')
    return done
  } catch (error) {
    await connection.say('ROLLBACK').catch(() => {
      isBroken = true
    })
    throw error
  } finally {
    connection.client.release(isBroken)
  }
}
