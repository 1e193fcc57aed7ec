import type { Id, Instant, TimerRow } from '@tenon/engine'
import { sql } from 'kysely'
import { type Db, kindOf, type Tx } from '../database.ts'
import { change, deleteWhere, placeholder, upsertRows } from '../statement.ts'
import type { Tables } from '../tables.ts'

/** Sets timers, or sets them anew: whatever went wrong with one of that name is forgotten. */
export async function setTimers(tx: Tx, timers: readonly TimerRow[]): Promise<void> {
  await upsertRows(
    tx,
    'timers',
    ['key'],
    timers.map(({ key, dueAt, app, payload }) => ({
      key,
      due_at: dueAt,
      app,
      payload: JSON.stringify(payload),
      attempts: 0,
      not_before: null,
      last_error: null,
    })),
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
  const [first, second] = [1, 2].map((n) => placeholder(kindOf(tx), n))
  return (await change(tx, `DELETE FROM timers WHERE key = ${first} AND due_at = ${second}`, [key, dueAt])) === 1
}

/** Tries before a timer is dead and waits for a person. */
const mostTries = 10
/** Tries that nobody lived to tell about: the timer may be what ends the process. */
const mostDeaths = 4

const decode = (row: Tables['timers']): DueTimer => ({
  key: row.key,
  dueAt: row.due_at,
  app: row.app,
  payload: JSON.parse(row.payload) as TimerRow['payload'],
  attempts: row.attempts,
})
export type DueTimer = TimerRow & { readonly attempts: number }

/** Timers that are due, not dead, and not being tried just now, the oldest first; those never tried, or the others. */
export async function dueTimers(
  db: Db,
  now: Instant,
  limit: number,
  which: 'new' | 'tried' = 'new',
): Promise<readonly DueTimer[]> {
  const rows = await db
    .selectFrom('timers')
    .selectAll()
    .where('due_at', '<=', now)
    // Said in so many words: an index serves each of them.
    .where(which === 'new' ? sql<boolean>`attempts = 0` : sql<boolean>`attempts > 0`)
    .where((where) => where.or([where('not_before', 'is', null), where('not_before', '<=', now)]))
    .where((where) =>
      where.or([
        where('attempts', '<', mostDeaths),
        where.and([where('last_error', 'is not', null), where('attempts', '<', mostTries)]),
      ]),
    )
    .orderBy('due_at')
    .orderBy('key')
    .limit(limit)
    .execute()
  return rows.map(decode)
}

/** The table in which the record stands that a timer is about, and the row that names it. */
const about = (
  payload: TimerRow['payload'],
): readonly ['instances' | 'clocks' | 'tasks' | 'alerts', Id] | undefined => {
  switch (payload.kind) {
    case 'flow':
    case 'errand':
      return ['instances', payload.instance]
    case 'clock':
      return ['clocks', payload.clock]
    case 'accept':
      return ['tasks', payload.task]
    case 'alert':
      return ['alerts', payload.alert]
    default:
      return undefined
  }
}

/** By timer the record that firing it locks; without one, whatever else it has to itself. */
export async function recordsOfTimers(db: Db, timers: readonly TimerRow[]): Promise<ReadonlyMap<string, string>> {
  const rows = new Map<string, Id[]>()
  for (const { payload } of timers) {
    const [table, id] = about(payload) ?? []
    if (table !== undefined && id !== undefined) rows.set(table, [...(rows.get(table) ?? []), id])
  }
  const found = await Promise.all(
    [...rows].map(([table, ids]) =>
      db
        .selectFrom(table as 'instances')
        .select(['id', 'record'])
        .where('id', 'in', ids)
        .execute(),
    ),
  )
  const records = new Map<string, string | null>(found.flat().map(({ id, record }) => [id, record]))
  return new Map(
    timers.map(({ key, payload }) => {
      const id = about(payload)?.[1]
      if (id !== undefined) return [key, records.get(id) ?? id]
      if (payload.kind === 'call') return [key, payload.call.ref.id]
      return [key, payload.kind === 'rule' && payload.record ? payload.record.id : key]
    }),
  )
}

/** Counts a try before it is made, so that one that ends the process is counted too; others wait until `notBefore`. */
export async function countTry(
  tx: Tx,
  keys: readonly string[],
  now: Instant,
  notBefore: Instant,
): Promise<Set<string>> {
  const free = tx
    .selectFrom('timers')
    .select('key')
    .where('key', 'in', keys)
    .where((where) => where.or([where('not_before', 'is', null), where('not_before', '<=', now)]))
  // One that somebody is taking away just now need not be waited for.
  const mine = kindOf(tx) === 'postgres' ? free.forUpdate().skipLocked() : free
  const rows = await tx
    .updateTable('timers')
    .set((set) => ({ attempts: set('attempts', '+', 1), not_before: notBefore }))
    .where('key', 'in', mine)
    .returning('key')
    .execute()
  return new Set(rows.map(({ key }) => key))
}

export async function keepFailure(
  tx: Tx,
  { key, dueAt }: Pick<TimerRow, 'key' | 'dueAt'>,
  error: string,
  notBefore: Instant,
): Promise<void> {
  await tx
    .updateTable('timers')
    .set({ last_error: error, not_before: notBefore })
    .where('key', '=', key)
    .where('due_at', '=', dueAt)
    .execute()
}

export type TroubledTimer = {
  readonly key: string
  readonly kind: TimerRow['payload']['kind']
  readonly attempts: number
  readonly isDead: boolean
  readonly nextAt: Instant | null
  readonly lastError: string | null
}

/** Timers that could not be fired, the dead ones first. */
export async function troubledTimers(db: Db, limit: number): Promise<readonly TroubledTimer[]> {
  const rows = await db
    .selectFrom('timers')
    .selectAll()
    .where('attempts', '>', 0)
    .where((where) => where.or([where('last_error', 'is not', null), where('attempts', '>=', mostDeaths)]))
    .orderBy('attempts', 'desc')
    .orderBy('key')
    .limit(limit)
    .execute()
  return rows.map((row) => {
    const isDead = row.attempts >= (row.last_error === null ? mostDeaths : mostTries)
    return {
      key: row.key,
      kind: decode(row).payload.kind,
      attempts: row.attempts,
      isDead,
      nextAt: isDead ? null : row.not_before,
      lastError: row.last_error,
    }
  })
}

/** Gives a timer that failed another round of tries, at once; false: there is no such timer. */
export async function retryTimer(tx: Tx, key: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('timers')
    .set({ attempts: 0, not_before: null, last_error: null })
    .where('key', '=', key)
    .where('attempts', '>', 0)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Takes a dead timer away for good; false: there is no such dead timer. */
export async function dropTimer(tx: Tx, key: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('timers')
    .where('key', '=', key)
    .where((where) =>
      where.or([
        where('attempts', '>=', mostTries),
        where.and([where('last_error', 'is', null), where('attempts', '>=', mostDeaths)]),
      ]),
    )
    .executeTakeFirst()
  return numDeletedRows === 1n
}

export async function readTimer(db: Db, key: string): Promise<TimerRow | undefined> {
  const row = await db.selectFrom('timers').selectAll().where('key', '=', key).executeTakeFirst()
  return row && decode(row)
}
