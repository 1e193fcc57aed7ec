import { fail, type Id, type Instant, ok, type Rejection, type Result } from '@tenon/engine'
import { kindOf, type Tx } from '../store/database.ts'
import { placeholder, run, upsertRows } from '../store/statement.ts'
import type { Tables } from '../store/tables.ts'

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

type Kept = Pick<Tables['idempotency'], 'body_hash' | 'answer' | 'created_at'>

/** The first answer, if the intention was carried out before; a rejection if it cannot be told or is another one. */
export async function findAnswer(
  tx: Tx,
  actor: Id | null,
  intention: Intention,
  now: Instant,
): Promise<Result<{ answer: unknown } | undefined, Rejection>> {
  const [actorMark, routeMark, keyMark] = [1, 2, 3].map((n) => placeholder(kindOf(tx), n))
  // Given together: the lock comes first.
  const [isMine, [row]] = await Promise.all([
    holdIntention(tx, nameOf(actor, intention)),
    run<Kept>(
      tx,
      `SELECT body_hash, answer, created_at FROM idempotency WHERE actor = ${actorMark} AND route = ${routeMark} AND key = ${keyMark}`,
      [actor ?? nobody, intention.route, intention.key],
    ),
  ])
  if (!isMine) return fail({ code: 'idempotency.inFlight' })
  if (!row || row.created_at < now - idempotencyHours * 3_600_000) return ok(undefined)
  if (row.body_hash !== intention.bodyHash) return fail({ code: 'idempotency.reused' })
  return ok({ answer: JSON.parse(row.answer) as unknown })
}

/** Another process may be at it: its lock is held until its commit. On SQLite there is none. */
async function holdIntention(tx: Tx, name: string): Promise<boolean> {
  if (kindOf(tx) === 'sqlite') return true
  const [row] = await run<{ mine: boolean }>(tx, 'SELECT pg_try_advisory_xact_lock(731, hashtext($1)) AS mine', [name])
  return row?.mine === true
}

export async function keepAnswer(
  tx: Tx,
  actor: Id | null,
  intention: Intention,
  answer: unknown,
  now: Instant,
): Promise<void> {
  const kept = { body_hash: intention.bodyHash, answer: JSON.stringify(answer ?? null), created_at: now }
  await upsertRows(
    tx,
    'idempotency',
    ['actor', 'route', 'key'],
    [{ actor: actor ?? nobody, route: intention.route, key: intention.key, ...kept }],
  )
}

/** Takes away what nobody may ask for any more. */
export async function forgetAnswers(tx: Tx, now: Instant): Promise<void> {
  await tx
    .deleteFrom('idempotency')
    .where('created_at', '<', now - idempotencyHours * 3_600_000)
    .execute()
}
