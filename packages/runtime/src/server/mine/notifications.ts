import { formatInstant, type Id, type Instant } from '@tenon/engine'
import type { NotificationPage } from '@tenon/runtime/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../store/database.ts'

const shown = 100

/** The newest lines of a person's bell, and how many are unread. */
export async function notificationsOf(db: Db, user: Id): Promise<NotificationPage> {
  const rows = await db
    .selectFrom('notifications')
    .selectAll()
    .where('user_id', '=', user)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(shown)
    .execute()
  return {
    unread: await unreadOf(db, user),
    items: rows.map((row) => ({
      id: row.id,
      at: formatInstant(row.at),
      title: row.title,
      body: row.body,
      task: row.task,
      readAt: row.read_at === null ? null : formatInstant(row.read_at),
      record:
        row.app !== null && row.form !== null && row.record !== null
          ? { app: row.app, form: row.form, id: row.record }
          : null,
    })),
  }
}

async function unreadOf(db: Db, user: Id): Promise<number> {
  const row = await db
    .selectFrom('notifications')
    .select(sql<number>`count(*)`.as('n'))
    .where('user_id', '=', user)
    .where('read_at', 'is', null)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** Marks lines as read: the named ones, or all of the person's. Others' are never touched. */
export async function markRead(tx: Tx, user: Id, ids: readonly Id[] | undefined, now: Instant): Promise<void> {
  if (ids?.length === 0) return
  const mine = tx
    .updateTable('notifications')
    .set({ read_at: now })
    .where('user_id', '=', user)
    .where('read_at', 'is', null)
  await (ids ? mine.where('id', 'in', [...ids]) : mine).execute()
}
