import type { Result } from '@tenon/engine'
import { Kysely } from 'kysely'
import type { Tx } from '../database.ts'
import { faults } from '../faults.ts'
import { goStraight } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { SqliteConnection } from './connection.ts'
import { single, sqliteDialect } from './dialect.ts'

/** So many commands, or so much time, share one flush to the disk. */
const groupSize = 64
const groupMs = 25

type Waiting = {
  readonly work: (tx: Tx) => Promise<Result<unknown, unknown>>
  readonly resolve: (result: Result<unknown, unknown>) => void
  readonly reject: (error: unknown) => void
}
type Done = { readonly waiting: Waiting; readonly outcome: { result: Result<unknown, unknown> } | { error: unknown } }

/**
 * The one writer. Commands stand in line; a group of them shares one transaction and one flush to the disk, and all are
 * answered after it. What fails after it has written undoes the whole group, whose commands then begin anew, each in a
 * savepoint of its own so that only the failing one is undone: savepoints for all would cost every command a fifth of
 * its time. Work given to the writer may therefore be run more than once, as on PostgreSQL.
 */
export class SqliteWriter {
  readonly #connection: SqliteConnection
  readonly #tx: Tx
  readonly #say: (statement: string) => void
  readonly #line: Waiting[] = []
  /** So many at the head of the line are run again because one of them has failed. */
  #careful = 0
  #running = false
  #idle: (() => void) | undefined

  constructor(connection: SqliteConnection) {
    this.#connection = connection
    // Prepared once: these few are said with every command.
    const prepared = new Map<string, { run(): unknown }>()
    this.#say = (statement) => {
      const known = prepared.get(statement) ?? connection.handle.prepare(statement)
      prepared.set(statement, known)
      known.run()
    }
    this.#tx = new Kysely<Tables>({ dialect: sqliteDialect(single(connection)) }) as Tx
    goStraight(this.#tx, connection)
  }

  transact<T, E>(work: (tx: Tx) => Promise<Result<T, E>>): Promise<Result<T, E>> {
    return new Promise((resolve, reject) => {
      this.#line.push({ work, resolve: resolve as Waiting['resolve'], reject })
      if (this.#running) return
      this.#running = true
      // Not at once: requests that arrive in the same turn of the event loop join this group.
      setImmediate(() => void this.#run())
    })
  }

  /** Waits for everything in line, then closes the connection. */
  async close(): Promise<void> {
    if (this.#running) await new Promise<void>((resolve) => (this.#idle = resolve))
    // The readers close after us and cannot do this: a stopped product leaves its data in one file.
    this.#connection.handle.pragma('wal_checkpoint(TRUNCATE)')
    this.#connection.handle.close()
  }

  async #run(): Promise<void> {
    while (this.#line.length > 0) {
      await this.#group()
      // Between groups the event loop gets its turn, so that reads and new requests are not starved.
      await new Promise((resolve) => setImmediate(resolve))
    }
    this.#running = false
    this.#idle?.()
  }

  async #group(): Promise<void> {
    const { handle } = this.#connection
    const done: Done[] = []
    const isCareful = this.#careful > 0
    const most = isCareful ? Math.min(this.#careful, groupSize) : groupSize
    const begun = performance.now()
    try {
      this.#say('BEGIN IMMEDIATE')
      while (this.#line.length > 0 && done.length < most && performance.now() - begun < groupMs) {
        const waiting = this.#line.shift()
        if (!waiting) break
        const { outcome, isSpoilt } = await this.#one(waiting, isCareful)
        done.push({ waiting, outcome })
        if (isSpoilt) return this.#undo(done)
        // Some errors of the disk undo the whole transaction: nothing of this group may be acknowledged then.
        if (!handle.inTransaction)
          throw new Error('the transaction was undone by the database', { cause: errorOf(done.at(-1)) })
      }
      faults.at('before-commit')
      this.#say('COMMIT')
      faults.at('after-commit')
    } catch (error) {
      if (handle.inTransaction) this.#say('ROLLBACK')
      if (done.length === 0) {
        const waiting = this.#line.shift()
        if (waiting) done.push({ waiting, outcome: { error } })
      }
      this.#careful = Math.max(0, this.#careful - done.length)
      for (const { waiting } of done) waiting.reject(error)
      return
    }
    this.#careful = Math.max(0, this.#careful - done.length)
    for (const one of done) answer(one)
  }

  /** The last of these has failed after it had written. Alone it is answered; with others all stand in line again. */
  #undo(done: readonly Done[]): void {
    if (this.#connection.handle.inTransaction) this.#say('ROLLBACK')
    const [first, ...others] = done
    if (first && others.length === 0) answer(first)
    else {
      this.#line.unshift(...done.map(({ waiting }) => waiting))
      this.#careful = done.length
    }
  }

  async #one(waiting: Waiting, isCareful: boolean): Promise<Pick<Done, 'outcome'> & { isSpoilt: boolean }> {
    const before = this.#connection.writes
    if (isCareful) this.#say('SAVEPOINT command')
    const outcome = await attempt(() => waiting.work(this.#tx))
    const hasFailed = 'error' in outcome || !outcome.result.ok
    if (!isCareful) return { outcome, isSpoilt: hasFailed && this.#connection.writes !== before }
    if (this.#connection.handle.inTransaction) {
      if (hasFailed) this.#say('ROLLBACK TO command')
      this.#say('RELEASE command')
    }
    return { outcome, isSpoilt: false }
  }
}

async function attempt(work: () => Promise<Result<unknown, unknown>>): Promise<Done['outcome']> {
  try {
    return { result: await work() }
  } catch (error) {
    return { error }
  }
}

const answer = ({ waiting, outcome }: Done): void =>
  'error' in outcome ? waiting.reject(outcome.error) : waiting.resolve(outcome.result)

const errorOf = (done: Done | undefined): unknown => (done && 'error' in done.outcome ? done.outcome.error : undefined)
