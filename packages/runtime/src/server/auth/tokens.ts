import { formatInstant, type Id, type Instant } from '@tenon/engine'
import type { ApiToken, CreatedToken, CreateToken } from '@tenon/runtime/contract'
import type { Db, Tx } from '../store/database.ts'
import { hashSecret } from './secrets.ts'

type Row = { id: string; name: string; created_at: number; used_at: number | null; expires_at: number | null }
const moment = (instant: number | null) => (instant === null ? null : formatInstant(instant))
const view = (row: Row): ApiToken => ({
  id: row.id,
  name: row.name,
  createdAt: formatInstant(row.created_at),
  lastUsedAt: moment(row.used_at),
  expiresAt: moment(row.expires_at),
})

export async function tokensOf(db: Db, user: Id): Promise<readonly ApiToken[]> {
  const rows = await db
    .selectFrom('api_tokens')
    .select(['id', 'name', 'created_at', 'used_at', 'expires_at'])
    .where('user_id', '=', user)
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .execute()
  return rows.map(view)
}

/**
 * Makes a token that acts as its owner; the secret is in this answer and nowhere else. The same `id` again gives the
 * same token again, and changes nothing.
 */
export async function createToken(
  tx: Tx,
  user: Id,
  by: Id,
  { name, expiresInDays }: CreateToken,
  now: Instant,
  id: Id,
  secret: string,
): Promise<CreatedToken> {
  const expires_at = expiresInDays === undefined ? null : now + expiresInDays * 86_400_000
  const row = { id, name, created_at: now, used_at: null, expires_at }
  await tx
    .insertInto('api_tokens')
    .values({ ...row, hash: hashSecret(secret), user_id: user, created_by: by, revoked_at: null })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  const kept = await tx.selectFrom('api_tokens').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return { token: view(kept), secret }
}

/** Whether there was such a token of the person's own. */
export async function revokeToken(tx: Tx, user: Id, id: Id, now: Instant): Promise<boolean> {
  const result = await tx
    .updateTable('api_tokens')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('user_id', '=', user)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}
