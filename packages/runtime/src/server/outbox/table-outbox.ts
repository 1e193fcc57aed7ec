import { setTimeout as wait } from 'node:timers/promises'
import { type Effect, ok } from '@tenon/engine'
import type { Clock } from '../clock.ts'
import type { Db, Tx } from '../store/database.ts'
import { faults } from '../store/faults.ts'
import { newId } from '../store/new-id.ts'
import type { Store } from '../store/store.ts'
import type { FreeOutbox } from './in-lanes.ts'
import {
  backoffMs,
  carryOutEffect,
  errorText,
  type Hands,
  type Job,
  type JobState,
  leaseMs,
  mostAttempts,
  PermanentFailure,
} from './outbox.ts'

const pollMs = 1000
const handsAtOnce = 20
const keptDoneMs = 24 * 3_600_000
const nothing = { lease: '', jobs: [] as readonly Leased[] }

type Leased = { readonly key: string; readonly payload: string; readonly attempts: number }
export type TableOutboxOptions = { readonly clock: Clock; readonly pollMs?: number; readonly leaseMs?: number }

/** The outbox on SQLite: a table. A job is leased for thirty seconds and more as long as its worker says so. */
export class TableOutbox implements FreeOutbox {
  readonly #store: Store
  readonly #clock: Clock
  readonly #pollMs: number
  readonly #leaseMs: number
  #running: Promise<void> | undefined
  #stopping = new AbortController()
  #wake: (() => void) | undefined

  constructor(store: Store, options: TableOutboxOptions) {
    this.#store = store
    this.#clock = options.clock
    this.#pollMs = options.pollMs ?? pollMs
    this.#leaseMs = options.leaseMs ?? leaseMs
  }

  async add(tx: Tx, effects: readonly { key: string; effect: Effect }[]): Promise<void> {
    if (effects.length === 0) return
    const now = this.#clock.now()
    await tx
      .insertInto('jobs')
      .values(
        effects.map(({ key, effect }) => ({
          key,
          type: effect.type,
          payload: JSON.stringify(effect),
          state: 'ready',
          attempts: 0,
          run_at: now,
          lease: null,
          leased_until: null,
          last_error: null,
          created_at: now,
          updated_at: now,
        })),
      )
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute()
    // The commit comes in a moment; a worker that looks too early looks again a second later.
    setImmediate(() => this.#wake?.())
  }

  async start(hands: Hands): Promise<void> {
    if (this.#running) return
    this.#stopping = new AbortController()
    await this.#inherit()
    this.#running = this.#work(hands, this.#stopping.signal)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#wake?.()
    await this.#running
    this.#running = undefined
  }

  async jobs(db: Db, limit: number): Promise<readonly Job[]> {
    const rows = await db
      .selectFrom('jobs')
      .select(['key', 'type', 'state', 'attempts', 'run_at', 'last_error'])
      .where('state', '!=', 'done')
      .orderBy('created_at', 'desc')
      .limit(limit)
      .execute()
    return rows.map((row) => ({
      key: row.key,
      type: row.type,
      state: row.state as JobState,
      attempts: row.attempts,
      nextAt: row.state === 'dead' ? null : row.run_at,
      lastError: row.last_error,
    }))
  }

  async retry(tx: Tx, key: string): Promise<boolean> {
    const now = this.#clock.now()
    const { numUpdatedRows } = await tx
      .updateTable('jobs')
      .set({ state: 'ready', attempts: 0, run_at: now, updated_at: now })
      .where('key', '=', key)
      .where('state', '=', 'dead')
      .executeTakeFirst()
    return numUpdatedRows === 1n
  }

  async drop(tx: Tx, key: string): Promise<boolean> {
    const { numDeletedRows } = await tx
      .deleteFrom('jobs')
      .where('key', '=', key)
      .where('state', '=', 'dead')
      .executeTakeFirst()
    return numDeletedRows === 1n
  }

  async over(db: Db, keys: readonly string[]): Promise<readonly string[]> {
    if (keys.length === 0) return []
    const alive = await db
      .selectFrom('jobs')
      .select('key')
      .where('key', 'in', [...keys])
      .where('state', 'in', ['ready', 'leased', 'backoff'])
      .execute()
    const waiting = new Set(alive.map(({ key }) => key))
    return keys.filter((key) => !waiting.has(key))
  }

  /**
   * What is leased as a worker starts is what the one before it held when it died: one process works on SQLite. It is
   * tried again after a pause, so that what has ended one process does not at once end the next.
   */
  async #inherit(): Promise<void> {
    const now = this.#clock.now()
    await this.#store.transact(async (tx) => {
      const left = await tx.selectFrom('jobs').select(['key', 'attempts']).where('state', '=', 'leased').execute()
      for (const { key, attempts } of left)
        await tx
          .updateTable('jobs')
          .set({
            state: 'backoff',
            run_at: now + backoffMs(attempts),
            lease: null,
            leased_until: null,
            updated_at: now,
          })
          .where('key', '=', key)
          .execute()
      return ok(undefined)
    })
  }

  /** As many at once as there are hands; one that takes long holds up its own hand only. */
  async #work(hands: Hands, signal: AbortSignal): Promise<void> {
    const busy = new Set<Promise<void>>()
    while (!signal.aborted) {
      const free = handsAtOnce - busy.size
      const { jobs, lease } = free > 0 ? await this.#lease(free).catch(() => nothing) : nothing
      for (const job of jobs) {
        const done: Promise<void> = this.#carryOut(hands, job, lease)
          .catch(() => {})
          .finally(() => {
            busy.delete(done)
            this.#wake?.()
          })
        busy.add(done)
      }
      if (jobs.length < free || free === 0) await this.#pause(signal)
    }
    await Promise.all(busy)
  }

  async #pause(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    const woken = new Promise<void>((resolve) => (this.#wake = resolve))
    const timeout = new AbortController()
    await Promise.race([woken, wait(this.#pollMs, undefined, { signal: timeout.signal, ref: false }).catch(() => {})])
    timeout.abort()
    this.#wake = undefined
  }

  /** Takes what is due, and what a silent worker has left. The try counts from now, however it ends. */
  async #lease(most: number): Promise<{ lease: string; jobs: readonly Leased[] }> {
    const lease = newId()
    const now = this.#clock.now()
    const due = await this.#store.read
      .selectFrom('jobs')
      .select('key')
      .where((where) =>
        where.or([
          where.and([where('state', 'in', ['ready', 'backoff']), where('run_at', '<=', now)]),
          where.and([where('state', '=', 'leased'), where('leased_until', '<', now)]),
        ]),
      )
      .limit(1)
      .executeTakeFirst()
    if (!due) return { lease, jobs: [] }
    const result = await this.#store.transact(async (tx) => {
      await tx
        .deleteFrom('jobs')
        .where('state', '=', 'done')
        .where('updated_at', '<', now - keptDoneMs)
        .execute()
      const free = tx
        .selectFrom('jobs')
        .select('key')
        .where((where) =>
          where.or([
            where.and([where('state', 'in', ['ready', 'backoff']), where('run_at', '<=', now)]),
            where.and([where('state', '=', 'leased'), where('leased_until', '<', now)]),
          ]),
        )
        .orderBy('run_at')
        .limit(most)
      const rows = await tx
        .updateTable('jobs')
        .set((set) => ({
          state: 'leased',
          lease,
          leased_until: now + this.#leaseMs,
          attempts: set('attempts', '+', 1),
          updated_at: now,
        }))
        .where('key', 'in', free)
        .returning(['key', 'payload', 'attempts'])
        .execute()
      return ok(rows)
    })
    return { lease, jobs: result.ok ? result.value : [] }
  }

  async #carryOut(hands: Hands, job: Leased, lease: string): Promise<void> {
    if (job.attempts > mostAttempts)
      return this.#close(job, lease, { state: 'dead', last_error: 'the worker died too often while it did this' })
    const heartbeat = setInterval(() => void this.#extend(job, lease).catch(() => {}), this.#leaseMs / 3)
    try {
      faults.at('before-effect')
      await carryOutEffect(hands, JSON.parse(job.payload) as Effect, job.key)
      faults.at('after-effect')
      await this.#close(job, lease, { state: 'done', last_error: null })
    } catch (error) {
      const isDead = job.attempts >= mostAttempts || error instanceof PermanentFailure
      await this.#close(job, lease, {
        state: isDead ? 'dead' : 'backoff',
        last_error: errorText(error),
        ...(isDead ? {} : { run_at: this.#clock.now() + backoffMs(job.attempts) }),
      })
    } finally {
      clearInterval(heartbeat)
    }
  }

  /** Ends the lease, if it still is this worker's: one that was thought dead has no say any more. */
  async #close(
    job: Leased,
    lease: string,
    end: { state: JobState; last_error: string | null; run_at?: number },
  ): Promise<void> {
    await this.#store.transact(async (tx) => {
      await tx
        .updateTable('jobs')
        .set({ ...end, lease: null, leased_until: null, updated_at: this.#clock.now() })
        .where('key', '=', job.key)
        .where('lease', '=', lease)
        .execute()
      return ok(undefined)
    })
  }

  async #extend(job: Leased, lease: string): Promise<void> {
    await this.#store.transact(async (tx) => {
      await tx
        .updateTable('jobs')
        .set({ leased_until: this.#clock.now() + this.#leaseMs })
        .where('key', '=', job.key)
        .where('lease', '=', lease)
        .execute()
      return ok(undefined)
    })
  }
}
