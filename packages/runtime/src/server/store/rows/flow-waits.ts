import type { Id, InstanceRow, MessageRow, MutexRow, WaitingRow } from '@tenon/engine'
import { type Db, kindOf, type Tx } from '../database.ts'
import { deleteWhere, insertRows, run, together, upsertRows } from '../statement.ts'
import type { Tables } from '../tables.ts'

/** Keeps out every other transaction that would hold the same name. SQLite has one writer: nobody else is there. */
export async function holdName(tx: Tx, name: string): Promise<void> {
  if (kindOf(tx) === 'postgres') await run(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name])
}

/** What the events of instances wait for now. `stored`: the instances as they were before, by id. */
export async function saveWaits(
  tx: Tx,
  rows: readonly InstanceRow[],
  stored: ReadonlyMap<Id, InstanceRow>,
): Promise<void> {
  const left = rows.map((row) => row.instance).filter((id) => waitsOf(stored.get(id)).length > 0)
  await together([deleteWhere(tx, 'flow_waits', 'instance', left), insertRows(tx, 'flow_waits', rows.flatMap(waitsOf))])
}

const waitsOf = (row: InstanceRow | undefined): readonly Tables['flow_waits'][] =>
  row?.status !== 'running'
    ? []
    : (row.snapshot.waits ?? []).flatMap(({ kind, name, key, node, visit }) =>
        (kind === 'message' || kind === 'signal') && name !== undefined
          ? [{ instance: row.instance, node, visit, app: row.app, kind, name, key: key ?? '' }]
          : [],
      )

export async function waiting(
  db: Db,
  app: string,
  kind: 'message' | 'signal',
  name: string,
  key: string,
): Promise<readonly WaitingRow[]> {
  const rows = await db
    .selectFrom('flow_waits')
    .innerJoin('instances', 'instances.id', 'flow_waits.instance')
    .select(['instances.app', 'instances.form', 'instances.record', 'instance', 'node', 'visit'])
    .where('flow_waits.app', '=', app)
    .where('flow_waits.kind', '=', kind)
    .where('flow_waits.name', '=', name)
    .where('flow_waits.key', '=', key)
    .orderBy('instance')
    .orderBy('visit')
    .execute()
  return rows.map(({ record, ...row }) => ({ ...row, id: record }))
}

const decodeMessage = (row: Tables['flow_messages']): MessageRow => ({
  app: row.app,
  name: row.name,
  message: row.message,
  key: row.key,
  receivedAt: row.received_at,
  expiresAt: row.expires_at,
  data: JSON.parse(row.data) as MessageRow['data'],
  takenBy: row.taken_by,
  takenAt: row.taken_at,
})

export async function readMessage(db: Db, app: string, name: string, message: string): Promise<MessageRow | undefined> {
  const row = await db
    .selectFrom('flow_messages')
    .selectAll()
    .where('app', '=', app)
    .where('name', '=', name)
    .where('message', '=', message)
    .executeTakeFirst()
  return row && decodeMessage(row)
}

/** Messages that nobody has taken, the oldest first. */
export async function untakenMessages(db: Db, app: string, name: string, key: string): Promise<readonly MessageRow[]> {
  const rows = await db
    .selectFrom('flow_messages')
    .selectAll()
    .where('app', '=', app)
    .where('name', '=', name)
    .where('key', '=', key)
    .where('taken_by', 'is', null)
    .orderBy('received_at')
    .orderBy('message')
    .execute()
  return rows.map(decodeMessage)
}

export async function saveMessages(tx: Tx, rows: readonly MessageRow[]): Promise<void> {
  await upsertRows(
    tx,
    'flow_messages',
    ['app', 'name', 'message'],
    rows.map((row) => ({
      app: row.app,
      name: row.name,
      message: row.message,
      key: row.key,
      received_at: row.receivedAt,
      expires_at: row.expiresAt,
      data: JSON.stringify(row.data),
      taken_by: row.takenBy,
      taken_at: row.takenAt,
    })),
  )
}

/** Forgets messages whose time is over, with their ids. */
export async function forgetMessages(tx: Tx, now: number): Promise<void> {
  await tx.deleteFrom('flow_messages').where('expires_at', '<=', now).execute()
}

/** Who is in a critical section and who waits for it, in order. */
export async function mutexQueue(db: Db, app: string, name: string, key: string): Promise<readonly MutexRow[]> {
  const rows = await db
    .selectFrom('flow_mutexes')
    .innerJoin('instances', 'instances.id', 'flow_mutexes.instance')
    .select([
      'instances.app',
      'instances.form',
      'instances.record',
      'instance',
      'node',
      'visit',
      'name',
      'key',
      'position',
    ])
    .where('flow_mutexes.app', '=', app)
    .where('name', '=', name)
    .where('key', '=', key)
    .orderBy('position')
    .execute()
  return rows.map(({ record, ...row }) => ({ ...row, id: record }))
}

export async function saveMutexes(tx: Tx, set: readonly MutexRow[], dropped: readonly MutexRow[]): Promise<void> {
  for (const { instance, node, visit } of dropped)
    await tx
      .deleteFrom('flow_mutexes')
      .where('instance', '=', instance)
      .where('node', '=', node)
      .where('visit', '=', visit)
      .execute()
  await insertRows(
    tx,
    'flow_mutexes',
    set.map(({ instance, node, visit, app, name, key, position }) => ({
      instance,
      node,
      visit,
      app,
      name,
      key,
      position,
    })),
  )
}
