import { EventEmitter } from 'node:events'
import type { Effect } from '@tenon/engine'
import { Logger, type Runner, runMigrations, run as runWorker, type WorkerEvents } from 'graphile-worker'
import { sql } from 'kysely'
import pg from 'pg'
import type { Db, Tx } from '../store/database.ts'
import { faults } from '../store/faults.ts'
import type { Store } from '../store/store.ts'
import type { FreeOutbox } from './in-lanes.ts'
import { carryOutEffect, errorText, type Hands, type Job, leaseMs, mostAttempts, PermanentFailure } from './outbox.ts'

const taskName = 'effect'
/** Signs of life within a lease. */
const beats = 6
const handsAtOnce = 4
const silent = new Logger(() => () => {})

export type GraphileOutboxOptions = {
  readonly concurrency?: number
  readonly leaseMs?: number
  readonly heartbeatMs?: number
  readonly pollMs?: number
}

/**
 * The outbox on PostgreSQL: graphile-worker, whose `add_job` joins the command's transaction. It would leave the jobs of a
 * dead process locked for hours; a heartbeat of each process, looked at by all the others, frees them within the lease.
 */
export class GraphileOutbox implements FreeOutbox {
  readonly #store: Store
  readonly #pool: pg.Pool
  readonly #options: GraphileOutboxOptions
  readonly #mine = new Set<string>()
  #runner: Runner | undefined
  #beating: NodeJS.Timeout | undefined

  private constructor(store: Store, pool: pg.Pool, options: GraphileOutboxOptions) {
    this.#store = store
    this.#pool = pool
    this.#options = options
  }

  /** Brings graphile-worker's own tables to their newest layout. A pool of its own: it reads numbers its own way. */
  static async open(store: Store, url: string, options: GraphileOutboxOptions = {}): Promise<GraphileOutbox> {
    // One for each hand, one that listens, one for the answers: hands that share wait for each other.
    const max = (options.concurrency ?? handsAtOnce) + 2
    const pool = new pg.Pool({ connectionString: url, max, application_name: 'tenon-outbox' })
    // A connection the server ends must not end the process: its job is tried again.
    pool.on('error', () => {})
    pool.on('connect', (client) => client.on('error', () => {}))
    await runMigrations({ pgPool: pool, logger: silent })
    return new GraphileOutbox(store, pool, options)
  }

  async add(tx: Tx, effects: readonly { key: string; effect: Effect }[]): Promise<void> {
    for (const { key, effect } of effects) {
      await sql`SELECT graphile_worker.add_job(${taskName}, ${JSON.stringify({ key, effect })}::json, job_key => ${key}, max_attempts => ${sql.lit(mostAttempts)})`.execute(
        tx,
      )
    }
  }

  async start(hands: Hands): Promise<void> {
    if (this.#runner) return
    const events: WorkerEvents = new EventEmitter()
    events.on('pool:create', ({ workerPool }) => {
      this.#mine.add(workerPool.id)
      void this.#beat().catch(() => {})
    })
    this.#runner = await runWorker({
      pgPool: this.#pool,
      logger: silent,
      events,
      noHandleSignals: true,
      pollInterval: this.#options.pollMs ?? 1000,
      concurrency: this.#options.concurrency ?? handsAtOnce,
      taskList: {
        [taskName]: async (payload, { job }) => {
          const { key, effect } = payload as { key: string; effect: Effect }
          faults.at('before-effect')
          await carryOutEffect(hands, effect, key).catch(async (error) => {
            if (error instanceof PermanentFailure) await this.#lastTry(job.id)
            throw new Error(errorText(error))
          })
          faults.at('after-effect')
        },
      },
    })
    // A runner that gives up ends its promise with an error nobody else would hear.
    this.#runner.promise.catch(() => {})
    await this.#beat()
    this.#beating = setInterval(
      () => void this.#beat().catch(() => {}),
      this.#options.heartbeatMs ?? (this.#options.leaseMs ?? leaseMs) / beats,
    )
  }

  async stop(): Promise<void> {
    clearInterval(this.#beating)
    await this.#runner?.stop().catch(() => {})
    this.#runner = undefined
    if (this.#mine.size > 0)
      await sql`DELETE FROM workers WHERE id = ANY(${[...this.#mine]})`.execute(this.#store.read).catch(() => {})
    this.#mine.clear()
  }

  /** Ends the connections too. */
  async close(): Promise<void> {
    await this.stop()
    await this.#pool.end()
  }

  async jobs(db: Db, limit: number): Promise<readonly Job[]> {
    type Row = {
      key: string | null
      type: string
      attempts: number
      max: number
      locked: boolean
      due: boolean
      next_at: number
      last_error: string | null
    }
    const { rows } = await sql<Row>`
      SELECT key, payload->'effect'->>'type' AS type, attempts, max_attempts AS max, locked_at IS NOT NULL AS locked, run_at <= now() AS due,
        (extract(epoch FROM run_at) * 1000)::bigint AS next_at, last_error
      FROM graphile_worker._private_jobs ORDER BY id DESC LIMIT ${limit}`.execute(db)
    return rows.map((row) => ({
      key: row.key ?? '',
      type: row.type,
      ...stateOf(row),
      attempts: row.attempts,
      lastError: row.last_error,
    }))
  }

  async retry(tx: Tx, key: string): Promise<boolean> {
    const { rows } = await sql<{
      id: string
    }>`SELECT id FROM graphile_worker._private_jobs WHERE key = ${key} AND attempts >= max_attempts AND locked_at IS NULL`.execute(
      tx,
    )
    for (const { id } of rows)
      await sql`SELECT graphile_worker.reschedule_jobs(ARRAY[${id}::bigint], run_at => now(), attempts => 0, max_attempts => ${sql.lit(mostAttempts)})`.execute(
        tx,
      )
    return rows.length > 0
  }

  async drop(tx: Tx, key: string): Promise<boolean> {
    const { rows } = await sql<{
      id: string
    }>`SELECT id FROM graphile_worker._private_jobs WHERE key = ${key} AND attempts >= max_attempts AND locked_at IS NULL`.execute(
      tx,
    )
    for (const { id } of rows) await sql`SELECT graphile_worker.complete_jobs(ARRAY[${id}::bigint])`.execute(tx)
    return rows.length > 0
  }

  async over(db: Db, keys: readonly string[]): Promise<readonly string[]> {
    if (keys.length === 0) return []
    const { rows } = await sql<{ key: string }>`
      SELECT key FROM graphile_worker._private_jobs
      WHERE key = ANY(${keys}::text[]) AND (attempts < max_attempts OR locked_at IS NOT NULL)`.execute(db)
    const waiting = new Set(rows.map(({ key }) => key))
    return keys.filter((key) => !waiting.has(key))
  }

  /** The try under way is the job's last: as it fails, it is dead. */
  async #lastTry(id: string): Promise<void> {
    await sql`UPDATE graphile_worker._private_jobs SET max_attempts = attempts WHERE id = ${id}::bigint`.execute(
      this.#store.read,
    )
  }

  /** Says that this process lives, and frees the jobs of those that have not said so for too long. */
  async #beat(): Promise<void> {
    const db = this.#store.read
    for (const id of this.#mine) {
      await sql`INSERT INTO workers (id, seen_at) VALUES (${id}, ${nowMs}) ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at`.execute(
        db,
      )
    }
    const lease = this.#options.leaseMs ?? leaseMs
    const { rows } = await sql<{ id: string }>`
      SELECT DISTINCT locked_by AS id FROM graphile_worker._private_jobs
      WHERE locked_by IS NOT NULL AND locked_at < now() - make_interval(secs => ${sql.lit(lease / 3000)})
        AND locked_by NOT IN (SELECT id FROM workers WHERE seen_at > ${nowMs} - ${sql.lit(lease)})`.execute(db)
    if (rows.length > 0)
      await sql`SELECT graphile_worker.force_unlock_workers(${rows.map((row) => row.id)}::text[])`.execute(db)
    await sql`DELETE FROM workers WHERE seen_at < ${nowMs} - 86400000`.execute(db)
  }
}

/** The database's clock: the processes' own may differ. */
const nowMs = sql`(extract(epoch FROM clock_timestamp()) * 1000)::bigint`

function stateOf(row: {
  attempts: number
  max: number
  locked: boolean
  due: boolean
  next_at: number
  last_error: string | null
}): Pick<Job, 'state' | 'nextAt'> {
  if (row.locked) return { state: 'leased', nextAt: Number(row.next_at) }
  if (row.attempts >= row.max) return { state: 'dead', nextAt: null }
  return { state: row.last_error !== null && !row.due ? 'backoff' : 'ready', nextAt: Number(row.next_at) }
}
