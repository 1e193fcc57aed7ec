import { fail, type Id, type Instant, ok, type Rejection, type Result } from '@tenon/engine'
import { sql } from 'kysely'
import { kindOf, type Tx } from '../store/database.ts'

/** One intention: the same key of the same person on the same route acts once and gets the first answer again. */
export type Intention = { readonly key: string; readonly route: string; readonly bodyHash: string }

const idempotencyHours = 24
const nobody = '-'
const inFlight = new Set<string>()

const nameOf = (actor: Id | null, { route, key }: Intention) => `${actor ?? nobody}\n${route}\n${key}`

/** Runs `work` unless the same intention is being carried out right now in this process. */
export async function once<T>(
  actor: Id | null,
  intention: Intention | undefined,
  work: () => Promise<Result<T, Rejection>>,
): Promise<Result<T, Rejection>> {
  if (!intention) return work()
  const name = nameOf(actor, intention)
  if (inFlight.has(name)) return fail({ code: 'idempotency.inFlight' })
  inFlight.add(name)
  try {
    return await work()
  } finally {
    inFlight.delete(name)
  }
}

/** The first answer, if the intention was carried out before; a rejection if it cannot be told or is another one. */
export async function findAnswer(
  tx: Tx,
  actor: Id | null,
  intention: Intention,
  now: Instant,
): Promise<Result<{ answer: unknown } | undefined, Rejection>> {
  if (kindOf(tx) === 'postgres') {
    // Another process may be at it: its lock is held until its commit.
    const { rows } = await sql<{
      mine: boolean
    }>`SELECT pg_try_advisory_xact_lock(731, hashtext(${nameOf(actor, intention)})) AS mine`.execute(tx)
    if (!rows[0]?.mine) return fail({ code: 'idempotency.inFlight' })
  }
  const row = await tx
    .selectFrom('idempotency')
    .select(['body_hash', 'answer', 'created_at'])
    .where('actor', '=', actor ?? nobody)
    .where('route', '=', intention.route)
    .where('key', '=', intention.key)
    .executeTakeFirst()
  if (!row || row.created_at < now - idempotencyHours * 3_600_000) return ok(undefined)
  if (row.body_hash !== intention.bodyHash) return fail({ code: 'idempotency.reused' })
  return ok({ answer: JSON.parse(row.answer) as unknown })
}

export async function keepAnswer(
  tx: Tx,
  actor: Id | null,
  intention: Intention,
  answer: unknown,
  now: Instant,
): Promise<void> {
  const state = { body_hash: intention.bodyHash, answer: JSON.stringify(answer ?? null), created_at: now }
  await tx
    .insertInto('idempotency')
    .values({ actor: actor ?? nobody, route: intention.route, key: intention.key, ...state })
    .onConflict((conflict) => conflict.columns(['actor', 'route', 'key']).doUpdateSet(state))
    .execute()
}

/** Takes away what nobody may ask for any more. */
export async function forgetAnswers(tx: Tx, now: Instant): Promise<void> {
  await tx
    .deleteFrom('idempotency')
    .where('created_at', '<', now - idempotencyHours * 3_600_000)
    .execute()
}
