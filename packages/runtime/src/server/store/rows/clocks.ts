import type { ClockRow, Id, RecordRef } from '@tenon/engine'
import { type Db, kindOf, type Tx } from '../database.ts'
import { placeholder, run, upsertRows } from '../statement.ts'
import type { Tables } from '../tables.ts'

export const decodeClock = ({ body }: { readonly body: string }): ClockRow => JSON.parse(body) as ClockRow

export async function readClock(db: Db, id: Id): Promise<ClockRow | undefined> {
  const text = `SELECT body FROM clocks WHERE id = ${placeholder(kindOf(db), 1)}`
  const [row] = await run<{ body: string }>(db, text, [id])
  return row && decodeClock(row)
}

export async function clocksOf(db: Db, ref: RecordRef): Promise<readonly ClockRow[]> {
  const [record, form, app] = [1, 2, 3].map((n) => placeholder(kindOf(db), n))
  const text = `SELECT body FROM clocks WHERE record = ${record} AND form = ${form} AND app = ${app} ORDER BY id`
  return (await run<{ body: string }>(db, text, [ref.id, ref.form, ref.app])).map(decodeClock)
}

export const saveClocks = (tx: Tx, rows: readonly ClockRow[]): Promise<void> =>
  upsertRows(tx, 'clocks', ['id'], rows.map(encode))

function encode(row: ClockRow): Tables['clocks'] {
  const { owner } = row
  return {
    id: row.clock,
    app: row.app,
    form: row.form,
    record: row.id,
    owner_kind: owner.kind,
    owner_ref: owner.kind === 'policy' ? `${owner.policy}/${owner.id}` : owner.node,
    task: owner.kind === 'policy' ? null : owner.task,
    state: row.state,
    started_at: row.startedAt,
    target_ms: row.targetMs,
    due_at: row.dueAt,
    stopped_at: row.stoppedAt,
    elapsed_ms: row.elapsedMs,
    breached_at: row.breachedAt,
    met: row.met === null ? null : Number(row.met),
    body: JSON.stringify(row),
  }
}
