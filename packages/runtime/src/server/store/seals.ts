import { createHash } from 'node:crypto'
import { addDays, formatDay, type Instant, parseInstant } from '@tenon/engine'
import type { Db, Tx } from './database.ts'

const pageSize = 5000
/** Ids carry their millisecond in front (UUIDv7), so a day of entries is a range of ids. */
const firstIdOf = (day: string): string => {
  const ms = (parseInstant(`${day}T00:00:00Z`) ?? 0).toString(16).padStart(12, '0')
  return `${ms.slice(0, 8)}-${ms.slice(8)}`
}

/**
 * Seals the days that are over: one hash over the entries of all trails of a UTC day and the seal of the day before. A
 * trail's own chain shows a missing entry; the seal shows a trail that is missing whole. Gives the days it sealed.
 */
export async function sealDays(tx: Tx, now: Instant): Promise<readonly string[]> {
  const last = await tx
    .selectFrom('audit_seals')
    .select(['day', 'hash'])
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst()
  const first = last ? addDays(last.day, 1) : await firstDay(tx)
  if (first === undefined) return []
  const sealed: string[] = []
  let prev_hash = last?.hash ?? ''
  // The hour lets commands that began before midnight commit.
  for (let day = first; day < formatDay(now - 3_600_000); day = addDays(day, 1)) {
    const { hash, entries } = await hashOfDay(tx, day, prev_hash)
    await tx.insertInto('audit_seals').values({ day, entries, hash, prev_hash, sealed_at: now }).execute()
    prev_hash = hash
    sealed.push(day)
  }
  return sealed
}

async function firstDay(db: Db): Promise<string | undefined> {
  const row = await db.selectFrom('events').select('event_id').orderBy('event_id').limit(1).executeTakeFirst()
  return row && formatDay(Number.parseInt(row.event_id.replace('-', '').slice(0, 12), 16))
}

async function hashOfDay(db: Db, day: string, prevHash: string): Promise<{ hash: string; entries: number }> {
  const hash = createHash('sha256').update(prevHash)
  const end = firstIdOf(addDays(day, 1))
  let entries = 0
  for (let after = firstIdOf(day); ; ) {
    const rows = await db
      .selectFrom('events')
      .select(['event_id', 'hash'])
      .where('event_id', '>', after)
      .where('event_id', '<', end)
      .orderBy('event_id')
      .limit(pageSize)
      .execute()
    for (const row of rows) hash.update(row.hash)
    entries += rows.length
    const last = rows.at(-1)
    if (!last || rows.length < pageSize) return { hash: hash.digest('hex'), entries }
    after = last.event_id
  }
}

/** Days whose entries are no longer those that were sealed. */
export async function brokenSeals(
  db: Db,
): Promise<readonly { readonly day: string; readonly sealed: number; readonly found: number }[]> {
  const broken: { day: string; sealed: number; found: number }[] = []
  let before = ''
  for (const seal of await db.selectFrom('audit_seals').selectAll().orderBy('day').execute()) {
    const { hash, entries } = await hashOfDay(db, seal.day, seal.prev_hash)
    if (hash !== seal.hash || seal.prev_hash !== before)
      broken.push({ day: seal.day, sealed: Number(seal.entries), found: entries })
    before = seal.hash
  }
  return broken
}
