import type { Instant, TimerRow } from '@tenon/engine'
import type { Db, Tx } from '../database.ts'
import { deleteWhere, upsertRows } from '../statement.ts'
import type { Tables } from '../tables.ts'

export async function setTimers(tx: Tx, timers: readonly TimerRow[]): Promise<void> {
  await upsertRows(
    tx,
    'timers',
    ['key'],
    timers.map(({ key, dueAt, app, payload }) => ({ key, due_at: dueAt, app, payload: JSON.stringify(payload) })),
  )
}

export async function cancelTimers(tx: Tx, keys: readonly string[]): Promise<void> {
  await deleteWhere(tx, 'timers', 'key', keys)
}

/** Cancels every timer whose key begins so. */
export async function cancelTimersUnder(tx: Tx, prefix: string): Promise<void> {
  await tx.deleteFrom('timers').where('key', '>=', prefix).where('key', '<', `${prefix}\u{10ffff}`).execute()
}

/** Takes the timer away; false when it was no longer there, or stands at another moment. Who takes it, fires it. */
export async function consumeTimer(tx: Tx, key: string, dueAt: Instant): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('timers')
    .where('key', '=', key)
    .where('due_at', '=', dueAt)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** Timers that are due, oldest first. */
export async function dueTimers(db: Db, now: Instant, limit: number): Promise<readonly TimerRow[]> {
  const rows = await db
    .selectFrom('timers')
    .selectAll()
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('key')
    .limit(limit)
    .execute()
  return rows.map(decode)
}

export async function readTimer(db: Db, key: string): Promise<TimerRow | undefined> {
  const row = await db.selectFrom('timers').selectAll().where('key', '=', key).executeTakeFirst()
  return row && decode(row)
}

const decode = (row: Tables['timers']): TimerRow => ({
  key: row.key,
  dueAt: row.due_at,
  app: row.app,
  payload: JSON.parse(row.payload) as TimerRow['payload'],
})
