import type { Directory, Id, Instant } from '@tenon/engine'
import { type Db, kindOf, type Tx } from '../store/database.ts'
import { placeholder, run } from '../store/statement.ts'
import type { Tables } from '../store/tables.ts'
import { principalOf, type UserPrincipal } from './identity.ts'
import { hashSecret, newSecret } from './secrets.ts'

/** How often the last sign of life is written; a row per request would make every read a write. */
const seenEveryMs = 5 * 60_000

export type SignedIn = { readonly principal: UserPrincipal; readonly hash: string; readonly isStale: boolean }

/** The person of a live session, by the row as it is now: revoked, expired and switched off are all the same nobody. */
export async function findSession(
  db: Db,
  directory: Directory,
  secret: string,
  now: Instant,
): Promise<SignedIn | undefined> {
  const hash = hashSecret(secret)
  const text = `SELECT user_id, expires_at, seen_at FROM sessions WHERE id = ${placeholder(kindOf(db), 1)}`
  const [row] = await run<Pick<Tables['sessions'], 'user_id' | 'expires_at' | 'seen_at'>>(db, text, [hash])
  if (!row || row.expires_at <= now) return undefined
  const principal = principalOf(directory, row.user_id)
  return principal && { principal, hash, isStale: now - row.seen_at > seenEveryMs }
}

export async function findToken(
  db: Db,
  directory: Directory,
  secret: string,
  now: Instant,
): Promise<{ principal: UserPrincipal; id: Id; isStale: boolean } | undefined> {
  const text = `SELECT id, user_id, expires_at, revoked_at, used_at FROM api_tokens WHERE hash = ${placeholder(kindOf(db), 1)}`
  const [row] = await run<Omit<Tables['api_tokens'], 'hash' | 'name' | 'created_at' | 'created_by'>>(db, text, [
    hashSecret(secret),
  ])
  if (!row || row.revoked_at !== null || (row.expires_at !== null && row.expires_at <= now)) return undefined
  const principal = principalOf(directory, row.user_id)
  return principal && { principal, id: row.id, isStale: now - (row.used_at ?? 0) > seenEveryMs }
}

/** Which of these sessions and tokens still open the door; asked every second for open streams. */
export async function stillOpen(
  db: Db,
  directory: Directory,
  keys: readonly string[],
  now: Instant,
): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set()
  const sessions = await db
    .selectFrom('sessions')
    .select(['id', 'user_id'])
    .where('id', 'in', keys)
    .where('expires_at', '>', now)
    .execute()
  const tokens = await db
    .selectFrom('api_tokens')
    .select(['id', 'user_id'])
    .where('id', 'in', keys)
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .execute()
  return new Set([...sessions, ...tokens].filter((row) => directory.person(row.user_id)?.active).map((row) => row.id))
}

export type Visit = { readonly address: string; readonly agent: string }

/** Opens a session and gives its secret, which is never stored. The session that was there before is closed. */
export async function openSession(
  tx: Tx,
  user: Id,
  visit: Visit,
  now: Instant,
  hours: number,
  previousHash?: string,
): Promise<string> {
  if (previousHash) await closeSession(tx, previousHash)
  await tx.deleteFrom('sessions').where('expires_at', '<=', now).execute()
  const secret = newSecret()
  await tx
    .insertInto('sessions')
    .values({
      id: hashSecret(secret),
      user_id: user,
      csrf: '',
      created_at: now,
      seen_at: now,
      expires_at: now + hours * 3_600_000,
      address: visit.address.slice(0, 64),
      agent: visit.agent.slice(0, 200),
    })
    .execute()
  return secret
}

export const closeSession = (tx: Tx, hash: string) => tx.deleteFrom('sessions').where('id', '=', hash).execute()
/** After a changed password or a switched-off person: everywhere at once, but for the session that did it. */
export const closeSessionsOf = (tx: Tx, user: Id, exceptHash = '') =>
  tx.deleteFrom('sessions').where('user_id', '=', user).where('id', '!=', exceptHash).execute()

export async function touch(tx: Tx, signedIn: { hash: string } | { id: Id }, now: Instant): Promise<void> {
  if ('hash' in signedIn)
    await tx.updateTable('sessions').set({ seen_at: now }).where('id', '=', signedIn.hash).execute()
  else await tx.updateTable('api_tokens').set({ used_at: now }).where('id', '=', signedIn.id).execute()
}
