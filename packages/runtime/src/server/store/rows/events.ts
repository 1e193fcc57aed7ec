import { randomFillSync } from 'node:crypto'
import { type EventRow, type Id, type Instant, type RecordRef, systemApp } from '@tenon/engine'
import { canonicalJson, sha256 } from '../canonical-json.ts'
import { type Db, kindOf, type Tx } from '../database.ts'
import { change, insertRows, placeholder, run, together } from '../statement.ts'
import type { Tables } from '../tables.ts'

export type EventHead = { readonly seq: number; readonly hash: string }
const noHead: EventHead = { seq: 0, hash: '' }

/** Where a record's trail stands. */
export async function readHead(db: Db, ref: RecordRef): Promise<EventHead> {
  const kind = kindOf(db)
  const p = (n: number) => placeholder(kind, n)
  const text = `SELECT seq, hash FROM event_heads WHERE record = ${p(1)} AND form = ${p(2)} AND app = ${p(3)}`
  return (await run<EventHead>(db, text, [ref.id, ref.form, ref.app]))[0] ?? noHead
}

/** When a record came to which stage, from the first on. */
export async function stageChanges(
  db: Db,
  ref: RecordRef,
): Promise<readonly { readonly at: Instant; readonly from: string | null; readonly to: string | null }[]> {
  const rows = await db
    .selectFrom('events')
    .select(['at', 'data'])
    .where('app', '=', ref.app)
    .where('form', '=', ref.form)
    .where('record', '=', ref.id)
    .where('type', '=', 'stage.changed')
    .orderBy('seq')
    .limit(500)
    .execute()
  return rows.map(({ at, data }) => {
    const { from = null, to = null } = JSON.parse(data) as { from?: string | null; to?: string | null }
    return { at, from, to }
  })
}

/**
 * Appends entries to their records' trails and links each to the one before: its hash covers the entry and the hash of
 * the one before it. Of the data only a salted hash is covered, so that a person's data can be erased later and the
 * chain still holds. Entries of one record must come in order, without gaps.
 */
export async function appendEvents(
  tx: Tx,
  rows: readonly EventRow[],
  heads: ReadonlyMap<string, EventHead> = new Map(),
): Promise<void> {
  const chains = new Map<string, { ref: RecordRef; head: EventHead; isNew: boolean }>()
  const stored: Tables['events'][] = []
  for (const row of rows) {
    const key = `${row.app}/${row.form}/${row.id}`
    let chain = chains.get(key)
    if (!chain) {
      const head = heads.get(key) ?? (row.seq === 1 ? noHead : await readHead(tx, row))
      chain = { ref: row, head, isNew: head.seq === 0 }
      chains.set(key, chain)
    }
    if (row.seq !== chain.head.seq + 1)
      throw new Error(`audit entry ${row.seq} of ${key} does not follow ${chain.head.seq}`)
    const entry = storedEvent(row, chain.head.hash)
    chain.head = { seq: row.seq, hash: entry.hash }
    stored.push(entry)
  }
  await together([
    insertRows(tx, 'events', stored),
    ...[...chains.values()].map((chain) => saveHead(tx, chain.ref, chain.head, chain.isNew)),
  ])
}

const pool = Buffer.alloc(12 * 256)
let used = pool.length

/** 96 random bits. Drawn in bulk: one call to the system per entry would cost more than the entry's hash. */
function newSalt(): string {
  if (used >= pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += 12
  return pool.toString('base64url', used - 12, used)
}

function storedEvent(row: EventRow, prevHash: string): Tables['events'] {
  const data = canonicalJson(row.data)
  const salt = newSalt()
  const data_hash = sha256(`${salt}${data}`)
  return {
    event_id: row.eventId,
    app: row.app,
    form: row.form,
    record: row.id,
    seq: row.seq,
    at: row.at,
    type: row.type,
    actor: row.actor,
    source: row.source,
    command: row.command,
    cause: row.cause,
    data,
    salt,
    data_hash,
    prev_hash: prevHash,
    hash: hashOf(row, data_hash, prevHash),
  }
}

const hashOf = (row: Omit<EventRow, 'data'>, dataHash: string, prevHash: string): string =>
  sha256(
    JSON.stringify([
      prevHash,
      row.eventId,
      row.app,
      row.form,
      row.id,
      row.seq,
      row.at,
      row.type,
      row.actor,
      row.source,
      row.command,
      row.cause,
      dataHash,
    ]),
  )

async function saveHead(tx: Tx, ref: RecordRef, head: EventHead, isNew: boolean): Promise<void> {
  const kind = kindOf(tx)
  const p = (n: number) => placeholder(kind, n)
  const text = isNew
    ? `INSERT INTO event_heads (seq, hash, record, form, app) VALUES (${[1, 2, 3, 4, 5].map(p).join(', ')})`
    : `UPDATE event_heads SET seq = ${p(1)}, hash = ${p(2)} WHERE record = ${p(3)} AND form = ${p(4)} AND app = ${p(5)}`
  await change(tx, text, [head.seq, head.hash, ref.id, ref.form, ref.app])
}

type StoredEvent = Omit<Tables['events'], 'salt' | 'data_hash' | 'prev_hash' | 'hash'>
const decodeEvent = (row: StoredEvent): EventRow => ({
  app: row.app,
  form: row.form,
  id: row.record,
  eventId: row.event_id,
  seq: row.seq,
  at: row.at,
  type: row.type as EventRow['type'],
  actor: row.actor,
  source: row.source as EventRow['source'],
  command: row.command,
  cause: row.cause,
  data: JSON.parse(row.data) as EventRow['data'],
})

const read = [
  'event_id',
  'app',
  'form',
  'record',
  'seq',
  'at',
  'type',
  'actor',
  'source',
  'command',
  'cause',
  'data',
] as const

/** A record's trail, newest first. */
export async function readEvents(
  db: Db,
  ref: RecordRef,
  before: number | undefined,
  limit: number,
): Promise<readonly EventRow[]> {
  let query = db
    .selectFrom('events')
    .select(read)
    .where('record', '=', ref.id)
    .where('form', '=', ref.form)
    .where('app', '=', ref.app)
  if (before !== undefined) query = query.where('seq', '<', before)
  return (await query.orderBy('seq', 'desc').limit(limit).execute()).map(decodeEvent)
}

export type Break = { readonly ref: RecordRef; readonly seq: number; readonly what: 'gap' | 'changed' | 'cut' }

/** Where a record's trail does not hold: entries missing, altered, or cut off at the end. Empty: it holds. */
export async function verifyTrail(db: Db, ref: RecordRef): Promise<readonly Break[]> {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('record', '=', ref.id)
    .where('form', '=', ref.form)
    .where('app', '=', ref.app)
    .orderBy('seq')
    .execute()
  const breaks: Break[] = []
  let before = noHead
  for (const row of rows) {
    if (row.seq !== before.seq + 1) breaks.push({ ref, seq: row.seq, what: 'gap' })
    const isWhole = row.data === '' || sha256(`${row.salt}${row.data}`) === row.data_hash
    const entry = decodeEvent({ ...row, data: row.data || '{}' })
    if (!isWhole || row.prev_hash !== before.hash || hashOf(entry, row.data_hash, row.prev_hash) !== row.hash)
      breaks.push({ ref, seq: row.seq, what: 'changed' })
    before = { seq: row.seq, hash: row.hash }
  }
  const head = await readHead(db, ref)
  if (head.seq !== before.seq || head.hash !== before.hash) breaks.push({ ref, seq: head.seq, what: 'cut' })
  return breaks
}

/** A system entry (users, apps, jobs): its "record" is the thing it is about. */
export async function appendSystemEvent(
  tx: Tx,
  about: { readonly kind: string; readonly id: string },
  event: {
    readonly id: Id
    readonly at: Instant
    readonly type: string
    readonly actor: Id | null
    readonly command: Id
    readonly data: EventRow['data']
  },
): Promise<void> {
  const ref = { app: systemApp, form: about.kind, id: about.id }
  const head = await readHead(tx, ref)
  const row = {
    ...ref,
    eventId: event.id,
    seq: head.seq + 1,
    at: event.at,
    type: event.type as EventRow['type'],
    actor: event.actor,
    source: 'user' as const,
    command: event.command,
    cause: null,
    data: event.data,
  }
  await appendEvents(tx, [row], new Map([[`${ref.app}/${ref.form}/${ref.id}`, head]]))
}
