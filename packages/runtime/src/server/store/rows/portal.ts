import type { Instant } from '@tenon/engine'
import type { Db, Tx } from '../database.ts'
import type { Tables } from '../tables.ts'

type CodeRow = Tables['portal_codes']
type SessionRow = Tables['portal_sessions']

/** Tries to enter one code. */
const mostAttempts = 5

export const addCode = async (tx: Tx, row: CodeRow): Promise<void> =>
  void (await tx.insertInto('portal_codes').values(row).execute())

/** A code that can still be sent; undefined: it is used or over. */
export const openCode = (db: Db, id: string, now: Instant): Promise<CodeRow | undefined> =>
  db
    .selectFrom('portal_codes')
    .selectAll()
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()

export const setCode = async (tx: Tx, id: string, code_hash: string): Promise<void> =>
  void (await tx
    .updateTable('portal_codes')
    .set({ code_hash })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .execute())

/** Counts a try before anything is compared; undefined: there is nothing to try any more. */
export const countAttempt = (tx: Tx, app: string, id: string, now: Instant): Promise<CodeRow | undefined> =>
  tx
    .updateTable('portal_codes')
    .set((set) => ({ attempts: set('attempts', '+', 1) }))
    .where('id', '=', id)
    .where('app', '=', app)
    .where('used_at', 'is', null)
    .where('attempts', '<', mostAttempts)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()

/** Whether it was this call that used the code. */
export async function spendCode(tx: Tx, id: string, now: Instant): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('portal_codes')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export const addPortalSession = async (tx: Tx, row: SessionRow): Promise<void> =>
  void (await tx.insertInto('portal_sessions').values(row).execute())

export const portalSession = (db: Db, app: string, id: string, now: Instant): Promise<SessionRow | undefined> =>
  db
    .selectFrom('portal_sessions')
    .selectAll()
    .where('id', '=', id)
    .where('app', '=', app)
    .where('expires_at', '>', now)
    .executeTakeFirst()

export const closePortalSession = async (tx: Tx, app: string, id: string): Promise<void> =>
  void (await tx.deleteFrom('portal_sessions').where('id', '=', id).where('app', '=', app).execute())

/** Forgets what is over. */
export async function forgetPortalSignIns(tx: Tx, now: Instant): Promise<void> {
  await tx.deleteFrom('portal_codes').where('expires_at', '<', now).execute()
  await tx.deleteFrom('portal_sessions').where('expires_at', '<', now).execute()
}
