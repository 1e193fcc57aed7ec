import type { FieldValue, Id, RecordRef, RecordRow } from '@tenon/engine'
import { type DatabaseKind, type Db, kindOf, type Tx } from '../database.ts'
import type { FormStorage, StoredColumn } from '../form-storage.ts'
import { change, placeholder, quoted, run } from '../statement.ts'
import { decodeValue, encodeValue, type Stored } from '../values.ts'

type Texts = {
  readonly columns: readonly StoredColumn[]
  readonly select: string
  readonly insert: string
  readonly update: string
  readonly remove: string
}
const textsOf: Record<DatabaseKind, WeakMap<FormStorage, Texts>> = { sqlite: new WeakMap(), postgres: new WeakMap() }

function texts(storage: FormStorage, kind: DatabaseKind): Texts {
  const known = textsOf[kind].get(storage)
  if (known) return known
  const made = makeTexts(storage, kind)
  textsOf[kind].set(storage, made)
  return made
}

const system = [
  'id',
  'version',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'title',
  'history',
  'batch',
] as const
const mutable = ['version', 'updated_at', 'updated_by', 'title'] as const

function makeTexts(storage: FormStorage, kind: DatabaseKind): Texts {
  const columns = [...storage.columns.values()]
  const table = quoted(storage.table)
  const own = columns.map(({ column }) => quoted(column))
  const p = (n: number) => placeholder(kind, n)
  const all = [...system, ...own]
  const set = [...mutable, ...own].map((name, index) => `${name} = ${p(index + 1)}`)
  const count = set.length
  return {
    columns,
    select: `SELECT ${all.join(', ')} FROM ${table}`,
    insert: `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map((_, index) => p(index + 1)).join(', ')})`,
    update: `UPDATE ${table} SET ${set.join(', ')} WHERE id = ${p(count + 1)} AND version = ${p(count + 2)}`,
    remove: `DELETE FROM ${table} WHERE id = ${p(1)} AND version = ${p(2)}`,
  }
}

type Raw = { readonly [column: string]: unknown }

/** A row of a form's table as a record. */
function decodeRecord(storage: FormStorage, raw: Raw): RecordRow {
  const data: Record<string, FieldValue> = {}
  for (const { field, column, type } of storage.columns.values()) {
    const stored = raw[column]
    if (stored !== null && stored !== undefined) data[field] = decodeValue(stored, type)
  }
  return {
    app: storage.app,
    form: storage.form,
    id: raw.id as Id,
    version: Number(raw.version),
    createdAt: Number(raw.created_at),
    createdBy: (raw.created_by as Id | null) ?? null,
    updatedAt: Number(raw.updated_at),
    updatedBy: (raw.updated_by as Id | null) ?? null,
    title: raw.title as string,
    data,
    history: Number(raw.history) === 1,
    batch: (raw.batch as Id | null) ?? null,
  }
}

const own = (columns: readonly StoredColumn[], row: RecordRow, kind: DatabaseKind): Stored[] =>
  columns.map(({ field, type }) => encodeValue(type, Object.hasOwn(row.data, field) ? row.data[field] : null, kind))

export async function readRecord(
  db: Db,
  storage: FormStorage,
  id: Id,
  lock: 'lock' | 'read' = 'read',
): Promise<RecordRow | undefined> {
  const kind = kindOf(db)
  const text = `${texts(storage, kind).select} WHERE id = ${placeholder(kind, 1)}${lock === 'lock' && kind === 'postgres' ? ' FOR UPDATE' : ''}`
  const [raw] = await run<Raw>(db, text, [id])
  return raw && decodeRecord(storage, raw)
}

/** Records by id, in no order; ids that are not there are left out. */
export async function readRecords(db: Db, storage: FormStorage, ids: readonly Id[]): Promise<readonly RecordRow[]> {
  if (ids.length === 0) return []
  const kind = kindOf(db)
  const marks = ids.map((_, index) => placeholder(kind, index + 1)).join(', ')
  return (await run<Raw>(db, `${texts(storage, kind).select} WHERE id IN (${marks})`, ids)).map((raw) =>
    decodeRecord(storage, raw),
  )
}

/** All records in the order of their ids, page by page: those after an id. */
export async function recordsAfter(
  db: Db,
  storage: FormStorage,
  after: Id,
  limit: number,
): Promise<readonly RecordRow[]> {
  const kind = kindOf(db)
  const text = `${texts(storage, kind).select} WHERE id > ${placeholder(kind, 1)} ORDER BY id LIMIT ${placeholder(kind, 2)}`
  return (await run<Raw>(db, text, [after, limit])).map((raw) => decodeRecord(storage, raw))
}

export async function insertRecord(tx: Tx, storage: FormStorage, row: RecordRow): Promise<void> {
  const kind = kindOf(tx)
  const { insert, columns } = texts(storage, kind)
  await change(tx, insert, [
    row.id,
    row.version,
    row.createdAt,
    row.createdBy,
    row.updatedAt,
    row.updatedBy,
    row.title,
    row.history ? 1 : 0,
    row.batch,
    ...own(columns, row, kind),
  ])
}

/** Whether the row still was at the version the change was decided on. */
export async function updateRecord(
  tx: Tx,
  storage: FormStorage,
  row: RecordRow,
  beforeVersion: number,
): Promise<boolean> {
  const kind = kindOf(tx)
  const { update, columns } = texts(storage, kind)
  const changed = await change(tx, update, [
    row.version,
    row.updatedAt,
    row.updatedBy,
    row.title,
    ...own(columns, row, kind),
    row.id,
    beforeVersion,
  ])
  return changed === 1
}

export async function deleteRecord(
  tx: Tx,
  storage: FormStorage,
  ref: RecordRef,
  beforeVersion: number,
): Promise<boolean> {
  return (await change(tx, texts(storage, kindOf(tx)).remove, [ref.id, beforeVersion])) === 1
}

/** Some record that has this value in this field. */
export async function findByValue(
  db: Db,
  storage: FormStorage,
  field: string,
  value: FieldValue,
): Promise<Id | undefined> {
  const stored = storage.columns.get(field)
  if (!stored || value === null) return undefined
  const kind = kindOf(db)
  const text = `SELECT id FROM ${quoted(storage.table)} WHERE ${quoted(stored.column)} = ${placeholder(kind, 1)} LIMIT 1`
  return (await run<{ id: Id }>(db, text, [encodeValue(stored.type, value, kind)]))[0]?.id
}

/** The records whose field points to `target`, oldest first. */
export async function referencing(
  db: Db,
  storage: FormStorage,
  field: string,
  target: Id,
  limit: number,
): Promise<readonly RecordRow[]> {
  const stored = storage.columns.get(field)
  if (!stored) return []
  const kind = kindOf(db)
  const text = `${texts(storage, kind).select} WHERE ${quoted(stored.column)} = ${placeholder(kind, 1)} ORDER BY id LIMIT ${placeholder(kind, 2)}`
  return (await run<Raw>(db, text, [target, limit])).map((raw) => decodeRecord(storage, raw))
}
