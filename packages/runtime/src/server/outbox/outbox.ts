import type { Effect, EffectName, EffectRow, Instant } from '@tenon/engine'
import type { Db, Tx } from '../store/database.ts'

/** Carries out one effect. Throws when the outside world fails; may be called again with the same key. */
export type Hand<K extends EffectName = EffectName> = (
  effect: Extract<Effect, { type: K }>,
  key: string,
) => Promise<void>
/** An effect without a hand does not compile. */
export type Hands = { readonly [K in EffectName]: Hand<K> }

export type JobState = 'ready' | 'leased' | 'backoff' | 'dead' | 'done'
export type Job = {
  readonly key: string
  readonly type: string
  readonly state: JobState
  readonly attempts: number
  readonly nextAt: Instant | null
  readonly lastError: string | null
}

/** Where effects wait for the outside world: one contract on both databases, proved by one suite. */
export type Outbox = {
  /** Adds effects in the command's transaction: they exist exactly if it commits. */
  add(tx: Tx, effects: readonly EffectRow[]): Promise<void>
  /** Begins to carry effects out; resolves when it is ready to. */
  start(hands: Hands): Promise<void>
  /** Ends after the effects in hand are done. */
  stop(): Promise<void>
  /** What waits and what failed, newest first. */
  jobs(db: Db, limit: number): Promise<readonly Job[]>
  /** Gives a dead job another round of tries; false: there is no such dead job. */
  retry(tx: Tx, key: string): Promise<boolean>
  /** Gives a dead job up for good; false: there is no such dead job. */
  drop(tx: Tx, key: string): Promise<boolean>
}

/** Tries before a job is dead and waits for a person. */
export const mostAttempts = 10
/** A worker that does not say it is alive for so long has lost its jobs. */
export const leaseMs = 30_000

/** What no further try can change: the job is dead at once. A person may still have it tried again. */
export class PermanentFailure extends Error {}

/** Seconds, then minutes, at most an hour between tries: 2 s, 4 s, 8 s … */
export const backoffMs = (attempts: number): number => Math.min(3_600_000, 1000 * 2 ** attempts)

/** What an operator reads; never a stack, and short. */
export const errorText = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 500)

export async function carryOutEffect(hands: Hands, effect: Effect, key: string): Promise<void> {
  const hand = hands[effect.type] as Hand
  await hand(effect, key)
}
