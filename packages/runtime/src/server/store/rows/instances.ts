import type { Id, InstanceRow, RecordRef } from '@tenon/engine'
import type { Db, Tx } from '../database.ts'
import type { Tables } from '../tables.ts'

const decode = (row: Tables['instances']): InstanceRow => ({
  app: row.app, form: row.form, id: row.record, instance: row.id, flow: row.flow, flowHash: row.flow_hash, status: row.status as InstanceRow['status'],
  startedAt: row.started_at, endedAt: row.ended_at, version: row.version, snapshot: JSON.parse(row.snapshot) as InstanceRow['snapshot'],
})

export async function readInstance(db: Db, id: Id): Promise<InstanceRow | undefined> {
  const row = await db.selectFrom('instances').selectAll().where('id', '=', id).executeTakeFirst()
  return row && decode(row)
}

export async function instancesOf(db: Db, ref: RecordRef): Promise<readonly InstanceRow[]> {
  const rows = await db.selectFrom('instances').selectAll().where('record', '=', ref.id).where('form', '=', ref.form).where('app', '=', ref.app).orderBy('id').execute()
  return rows.map(decode)
}

/** Saves the instance and where its tokens stand now. */
export async function saveInstance(tx: Tx, row: InstanceRow): Promise<void> {
  const state = { status: row.status, ended_at: row.endedAt, version: row.version, snapshot: JSON.stringify(row.snapshot), flow_hash: row.flowHash }
  await tx.insertInto('instances')
    .values({ id: row.instance, app: row.app, form: row.form, record: row.id, flow: row.flow, started_at: row.startedAt, ...state })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(state)).execute()
  await tx.deleteFrom('flow_tokens').where('instance', '=', row.instance).execute()
  const tokens = row.status === 'running' ? row.snapshot.tokens : []
  if (tokens.length === 0) return
  await tx.insertInto('flow_tokens').values(tokens.map((token) => ({
    token: token.id, instance: row.instance, app: row.app, flow: row.flow, flow_hash: row.flowHash, node: token.node, edge: token.edge ?? null, visit: token.visit, since: token.since,
  }))).execute()
}

/** How many instances run, by flow: what a publish should know. */
export async function runningInstances(db: Db, app: string): Promise<readonly { flow: string; hash: string; count: number }[]> {
  const rows = await db.selectFrom('instances').select(['flow', 'flow_hash', (eb) => eb.fn.countAll<number>().as('count')])
    .where('app', '=', app).where('status', '=', 'running').groupBy(['flow', 'flow_hash']).execute()
  return rows.map((row) => ({ flow: row.flow, hash: row.flow_hash, count: Number(row.count) }))
}
