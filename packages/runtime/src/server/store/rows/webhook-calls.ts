import type { Id, Instant } from '@tenon/engine'
import type { Db, Tx } from '../database.ts'
import type { Tables } from '../tables.ts'

type WebhookCallRow = Tables['webhook_calls']
const keptMs = 90 * 24 * 3_600_000

export async function wasDelivered(db: Db, key: string): Promise<boolean> {
  const row = await db.selectFrom('webhook_calls').select('state').where('key', '=', key).executeTakeFirst()
  return row?.state === 'delivered'
}

/** Keeps the newest try of a call; what was delivered stays so. */
export async function keepCall(tx: Tx, row: Omit<WebhookCallRow, 'attempts'>): Promise<void> {
  const { state, status, answer, error, updated_at } = row
  await tx
    .insertInto('webhook_calls')
    .values({ ...row, attempts: 1 })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((set) => ({
          state,
          status,
          answer,
          error,
          updated_at,
          attempts: set('webhook_calls.attempts', '+', 1),
        }))
        .where('webhook_calls.state', '<>', 'delivered'),
    )
    .execute()
}

/** Calls of an app, newest first. */
export function callsOf(db: Db, app: string, before: Id | undefined, limit: number): Promise<WebhookCallRow[]> {
  let query = db.selectFrom('webhook_calls').selectAll().where('app', '=', app)
  if (before !== undefined) query = query.where('id', '<', before)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

export async function forgetCalls(tx: Tx, now: Instant): Promise<void> {
  await tx
    .deleteFrom('webhook_calls')
    .where('updated_at', '<', now - keptMs)
    .execute()
}
