import type { ClockRow, Id, RecordRef } from '@tenon/engine'
import type { Db, Tx } from '../database.ts'
import { upsertRows } from '../statement.ts'

export const decodeClock = ({ body }: { readonly body: string }): ClockRow => JSON.parse(body) as ClockRow

export async function readClock(db: Db, id: Id): Promise<ClockRow | undefined> {
  const row = await db.selectFrom('clocks').select('body').where('id', '=', id).executeTakeFirst()
  return row && decodeClock(row)
}

export async function clocksOf(db: Db, ref: RecordRef): Promise<readonly ClockRow[]> {
  const rows = await db
    .selectFrom('clocks')
    .select('body')
    .where('record', '=', ref.id)
    .where('form', '=', ref.form)
    .where('app', '=', ref.app)
    .orderBy('id')
    .execute()
  return rows.map(decodeClock)
}

export async function saveClock(tx: Tx, row: ClockRow): Promise<void> {
  const { owner } = row
  const ownedBy =
    owner.kind === 'policy'
      ? { owner_ref: `${owner.policy}/${owner.id}`, task: null }
      : { owner_ref: owner.node, task: owner.task }
  await upsertRows(
    tx,
    'clocks',
    ['id'],
    [
      {
        id: row.clock,
        app: row.app,
        form: row.form,
        record: row.id,
        owner_kind: owner.kind,
        ...ownedBy,
        state: row.state,
        started_at: row.startedAt,
        target_ms: row.targetMs,
        due_at: row.dueAt,
        stopped_at: row.stoppedAt,
        elapsed_ms: row.elapsedMs,
        breached_at: row.breachedAt,
        met: row.met === null ? null : Number(row.met),
        body: JSON.stringify(row),
      },
    ],
  )
}
