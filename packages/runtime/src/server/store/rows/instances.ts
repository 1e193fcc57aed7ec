import type { Id, InstanceRow, RecordRef } from '@tenon/engine'
import { type Db, kindOf, type Tx } from '../database.ts'
import { deleteWhere, insertRows, placeholder, run, together, upsertRows } from '../statement.ts'
import type { Tables } from '../tables.ts'

const decode = (row: Tables['instances']): InstanceRow => ({
  app: row.app,
  form: row.form,
  id: row.record,
  instance: row.id,
  flow: row.flow,
  flowHash: row.flow_hash,
  status: row.status as InstanceRow['status'],
  startedAt: row.started_at,
  endedAt: row.ended_at,
  version: row.version,
  snapshot: JSON.parse(row.snapshot) as InstanceRow['snapshot'],
  ...(row.parked === null ? {} : { parked: JSON.parse(row.parked) as NonNullable<InstanceRow['parked']> }),
})

export async function readInstance(db: Db, id: Id): Promise<InstanceRow | undefined> {
  const text = `SELECT * FROM instances WHERE id = ${placeholder(kindOf(db), 1)}`
  const [row] = await run<Tables['instances']>(db, text, [id])
  return row && decode(row)
}

export async function instancesOf(db: Db, ref: RecordRef): Promise<readonly InstanceRow[]> {
  const [record, form, app] = [1, 2, 3].map((n) => placeholder(kindOf(db), n))
  const text = `SELECT * FROM instances WHERE record = ${record} AND form = ${form} AND app = ${app} ORDER BY id`
  return (await run<Tables['instances']>(db, text, [ref.id, ref.form, ref.app])).map(decode)
}

/** Saves instances and where their tokens stand now. `stored`: what was there before, by id. */
export async function saveInstances(
  tx: Tx,
  rows: readonly InstanceRow[],
  stored: ReadonlyMap<Id, InstanceRow>,
): Promise<void> {
  const left = rows.map((row) => row.instance).filter((id) => tokensOf(stored.get(id)).length > 0)
  await together([
    upsertRows(tx, 'instances', ['id'], rows.map(encode)),
    deleteWhere(tx, 'flow_tokens', 'instance', left),
    insertRows(tx, 'flow_tokens', rows.flatMap(tokensOf)),
  ])
}

const encode = (row: InstanceRow): Tables['instances'] => ({
  id: row.instance,
  app: row.app,
  form: row.form,
  record: row.id,
  flow: row.flow,
  flow_hash: row.flowHash,
  status: row.status,
  started_at: row.startedAt,
  ended_at: row.endedAt,
  version: row.version,
  snapshot: JSON.stringify(row.snapshot),
  parent: row.snapshot.caller?.instance ?? null,
  parked: row.parked === undefined ? null : JSON.stringify(row.parked),
})

const tokensOf = (row: InstanceRow | undefined): readonly Tables['flow_tokens'][] =>
  row === undefined || (row.status !== 'running' && row.status !== 'dead')
    ? []
    : row.snapshot.tokens.map((token) => ({
        token: token.id,
        instance: row.instance,
        app: row.app,
        flow: row.flow,
        flow_hash: row.flowHash,
        node: token.node,
        edge: token.edge ?? null,
        visit: token.visit,
        since: token.since,
        dead: token.dead ?? null,
      }))

/** How many instances run, by flow: what a publish should know. */
export async function runningInstances(
  db: Db,
  app: string,
): Promise<readonly { flow: string; hash: string; count: number }[]> {
  const rows = await db
    .selectFrom('instances')
    .select(['flow', 'flow_hash', (eb) => eb.fn.countAll<number>().as('count')])
    .where('app', '=', app)
    .where('status', '=', 'running')
    .groupBy(['flow', 'flow_hash'])
    .execute()
  return rows.map((row) => ({ flow: row.flow, hash: row.flow_hash, count: Number(row.count) }))
}

/** Running instances of an app's flows, page after page in the order of their ids. */
export async function runningAfter(
  db: Db,
  app: string,
  flows: readonly string[],
  after: Id,
  limit: number,
): Promise<readonly InstanceRow[]> {
  if (flows.length === 0) return []
  const rows = await db
    .selectFrom('instances')
    .selectAll()
    .where('app', '=', app)
    .where('status', '=', 'running')
    .where('flow', 'in', flows)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(decode)
}

/** Instances that wait for a person to say how they go on, the longest waiting first. */
export async function parkedInstances(db: Db, app: string, limit: number): Promise<readonly InstanceRow[]> {
  const rows = await db
    .selectFrom('instances')
    .selectAll()
    .where('app', '=', app)
    .where('status', '=', 'running')
    .where('parked', 'is not', null)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(decode)
}

/** The version of the app that first had each flow text. */
export async function versionsOfTexts(db: Db, app: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('flow_texts')
    .innerJoin('app_versions', (join) =>
      join
        .onRef('app_versions.app', '=', 'flow_texts.app')
        .onRef('app_versions.published_at', '=', 'flow_texts.created_at'),
    )
    .select(['flow_texts.hash as hash', 'app_versions.version as version'])
    .where('flow_texts.app', '=', app)
    .orderBy('app_versions.version', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.hash, row.version]))
}
