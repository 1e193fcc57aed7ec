import { setTimeout as wait } from 'node:timers/promises'
import { type Effect, type EffectRow, ok } from '@tenon/engine'
import type { Db, Tx } from '../store/database.ts'
import { holdName } from '../store/rows/flow-waits.ts'
import type { Store } from '../store/store.ts'
import type { Hand, Hands, Job, Outbox } from './outbox.ts'

const lookAgainMs = 1000
const lanesAtOnce = 500

/** An outbox that carries effects out whenever it can, and knows which of its jobs will still be tried by themselves. */
export type FreeOutbox = Outbox & {
  /** Those of the keys whose job is done, dead or gone. */
  over(db: Db, keys: readonly string[]): Promise<readonly string[]>
}

/**
 * Puts the effects of a lane in order: only the first of a lane is with the outbox, the next follows when it is done. One
 * that is dead, dropped, or whose worker died at its last try lets the next one go ahead within a second.
 */
export class LaneOutbox implements Outbox {
  readonly #store: Store
  readonly #free: FreeOutbox
  #stopping = new AbortController()
  #looking: Promise<void> | undefined

  constructor(store: Store, free: FreeOutbox) {
    this.#store = store
    this.#free = free
  }

  async add(tx: Tx, effects: readonly EffectRow[]): Promise<void> {
    const free = effects.filter(({ lane }) => lane === undefined)
    if (free.length > 0) await this.#free.add(tx, free)
    for (const row of effects) if (row.lane !== undefined) await this.#queue(tx, row, row.lane)
  }

  async #queue(tx: Tx, { key, effect }: EffectRow, lane: string): Promise<void> {
    await holdName(tx, laneName(lane))
    const before = await tx
      .selectFrom('outbox_lanes')
      .select('seq')
      .where('lane', '=', lane)
      .limit(1)
      .executeTakeFirst()
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('outbox_lanes')
      .values({ lane, key, effect: JSON.stringify(effect) })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .executeTakeFirst()
    if (!before && numInsertedOrUpdatedRows === 1n) await this.#free.add(tx, [inLane(key, effect, lane)])
  }

  async start(hands: Hands): Promise<void> {
    if (this.#looking) return
    this.#stopping = new AbortController()
    this.#looking = this.#look(this.#stopping.signal)
    const inOrder =
      (hand: Hand): Hand =>
      async (effect, key) => {
        await hand(effect, key)
        if ('lane' in effect) await this.#release([key])
      }
    await this.#free.start(
      Object.fromEntries(Object.entries(hands).map(([type, hand]) => [type, inOrder(hand as Hand)])) as Hands,
    )
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#free.stop()
    await this.#looking
    this.#looking = undefined
  }

  /** Those held back by one before them are listed too: they wait like any other. */
  async jobs(db: Db, limit: number): Promise<readonly Job[]> {
    const jobs = await this.#free.jobs(db, limit)
    const held = await db
      .selectFrom('outbox_lanes as held')
      .select(['held.key', 'held.effect'])
      .where((where) =>
        where.exists(
          where
            .selectFrom('outbox_lanes as first')
            .select('first.seq')
            .whereRef('first.lane', '=', 'held.lane')
            .whereRef('first.seq', '<', 'held.seq'),
        ),
      )
      .orderBy('held.seq', 'desc')
      .limit(Math.max(0, limit - jobs.length))
      .execute()
    return [
      ...jobs,
      ...held.map(({ key, effect }): Job => {
        const { type } = JSON.parse(effect) as Effect
        return { key, type, state: 'ready', attempts: 0, nextAt: null, lastError: null }
      }),
    ]
  }

  retry(tx: Tx, key: string): Promise<boolean> {
    return this.#free.retry(tx, key)
  }

  drop(tx: Tx, key: string): Promise<boolean> {
    return this.#free.drop(tx, key)
  }

  async #look(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#releaseOver(signal).catch(() => {})
      await wait(lookAgainMs, undefined, { signal, ref: false }).catch(() => {})
    }
  }

  /** Lets lanes go on whose first effect will not be tried again by itself. */
  async #releaseOver(signal: AbortSignal): Promise<void> {
    for (let after = ''; !signal.aborted; ) {
      const firsts = await this.#store.read
        .selectFrom('outbox_lanes')
        .select((of) => ['lane', of.fn.min('seq').as('seq')])
        .where('lane', '>', after)
        .groupBy('lane')
        .orderBy('lane')
        .limit(lanesAtOnce)
        .execute()
      if (firsts.length === 0) return
      const rows = await this.#store.read
        .selectFrom('outbox_lanes')
        .select('key')
        .where(
          'seq',
          'in',
          firsts.map(({ seq }) => Number(seq)),
        )
        .execute()
      await this.#release(
        await this.#free.over(
          this.#store.read,
          rows.map(({ key }) => key),
        ),
      )
      after = firsts.at(-1)?.lane ?? ''
    }
  }

  async #release(keys: readonly string[]): Promise<void> {
    for (const key of keys)
      await this.#store.transact(async (tx) => {
        const row = await tx
          .selectFrom('outbox_lanes')
          .select(['lane', 'seq'])
          .where('key', '=', key)
          .executeTakeFirst()
        if (!row) return ok(undefined)
        await holdName(tx, laneName(row.lane))
        const { numDeletedRows } = await tx.deleteFrom('outbox_lanes').where('key', '=', key).executeTakeFirst()
        const next = await tx
          .selectFrom('outbox_lanes')
          .select(['key', 'effect'])
          .where('lane', '=', row.lane)
          .orderBy('seq')
          .limit(1)
          .executeTakeFirst()
        if (numDeletedRows === 1n && next)
          await this.#free.add(tx, [inLane(next.key, JSON.parse(next.effect) as Effect, row.lane)])
        return ok(undefined)
      })
  }
}

/** Marked, so that the many effects that are in no lane need no look at the lanes when they are done. */
const inLane = (key: string, effect: Effect, lane: string): EffectRow => {
  const marked: Effect & { readonly lane: string } = { ...effect, lane }
  return { key, effect: marked }
}

const laneName = (lane: string): string => `lane/${lane}`
