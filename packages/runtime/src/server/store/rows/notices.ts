import type { AssignmentRow, Id, NotificationRow } from '@tenon/engine'
import type { Db, Tx } from '../database.ts'
import { insertRows } from '../statement.ts'
import { saveTurns } from './turns.ts'

export async function insertNotifications(tx: Tx, rows: readonly NotificationRow[]): Promise<void> {
  await insertRows(
    tx,
    'notifications',
    rows.map((row) => ({
      id: row.notification,
      user_id: row.user,
      at: row.at,
      title: row.title,
      body: row.body,
      app: row.record?.app ?? null,
      form: row.record?.form ?? null,
      record: row.record?.id ?? null,
      task: row.task,
      message: row.message,
      read_at: null,
    })),
  )
}

export async function insertAssignments(tx: Tx, rows: readonly AssignmentRow[]): Promise<void> {
  await insertRows(
    tx,
    'assignments',
    rows.map((row) => ({
      id: row.decision,
      app: row.app,
      form: row.form,
      record: row.id,
      task: row.task,
      at: row.at,
      strategy: row.strategy,
      chosen: row.chosen,
      fallback: Number(row.fallback),
      candidates: JSON.stringify(row.candidates),
    })),
  )
  await saveTurns(tx, rows)
}

/** Why the task went where it is: the latest decision about it. */
export async function latestAssignment(db: Db, task: Id): Promise<AssignmentRow | undefined> {
  const row = await db
    .selectFrom('assignments')
    .selectAll()
    .where('task', '=', task)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (
    row && {
      app: row.app,
      form: row.form,
      id: row.record,
      decision: row.id,
      task: row.task,
      at: row.at,
      strategy: row.strategy,
      chosen: row.chosen,
      fallback: row.fallback === 1,
      candidates: JSON.parse(row.candidates) as AssignmentRow['candidates'],
    }
  )
}
