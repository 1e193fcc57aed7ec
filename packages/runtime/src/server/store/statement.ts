import { CompiledQuery } from 'kysely'
import { type DatabaseKind, type Db, kindOf, type Tx } from './database.ts'
import type { Tables } from './tables.ts'

/** An identifier in a statement's text. Only names out of `form_tables` and `form_columns` come here, never a request's. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** The nth placeholder, from 1. */
export const placeholder = (kind: DatabaseKind, n: number): string => (kind === 'sqlite' ? '?' : `$${n}`)

/** Runs a text that was made once, skipping the query builder: for the few statements of every command. */
export async function run<R>(db: Db, text: string, parameters: readonly unknown[]): Promise<readonly R[]> {
  return (await db.executeQuery<R>(CompiledQuery.raw(text, [...parameters]))).rows
}

/** The same for a statement that changes rows; gives how many. */
export async function change(db: Db, text: string, parameters: readonly unknown[]): Promise<number> {
  return Number((await db.executeQuery(CompiledQuery.raw(text, [...parameters]))).numAffectedRows ?? 0n)
}

/** Rows in pieces small enough for one statement on both databases (SQLite: 32,766 values). */
function* chunks<T>(rows: readonly T[], size = 500): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size)
}

type Row<T extends keyof Tables> = Partial<Tables[T]>
const texts = new Map<string, string>()

/** Inserts rows of one shape with one statement whose text is made once. */
export async function insertRows<T extends keyof Tables>(tx: Tx, table: T, rows: readonly Row<T>[]): Promise<void> {
  for (const part of chunks(rows)) await write(tx, table, part, [], [])
}

/** The same, but a row whose key is there already takes the new values of the other columns. */
export async function upsertRows<T extends keyof Tables>(
  tx: Tx,
  table: T,
  key: readonly (keyof Tables[T] & string)[],
  rows: readonly Row<T>[],
): Promise<void> {
  for (const part of chunks(rows))
    await write(
      tx,
      table,
      part,
      key,
      Object.keys(part[0] ?? {}).filter((column) => !(key as readonly string[]).includes(column)),
    )
}

async function write(
  tx: Tx,
  table: string,
  rows: readonly object[],
  key: readonly string[],
  updated: readonly string[],
): Promise<void> {
  const [first] = rows
  if (!first) return
  const kind = kindOf(tx)
  // Names of columns are property names of our own code, never of a document or a request.
  const columns = Object.keys(first)
  const name = `${kind} ${table} ${columns.join(',')} ${rows.length} ${key.join(',')}`
  const text = texts.get(name) ?? keepText(name, insertText(kind, table, columns, rows.length, key, updated))
  await change(
    tx,
    text,
    rows.flatMap((row) => columns.map((column) => (row as Record<string, unknown>)[column])),
  )
}

function keepText(name: string, text: string): string {
  if (texts.size > 2000) texts.clear()
  texts.set(name, text)
  return text
}

function insertText(
  kind: DatabaseKind,
  table: string,
  columns: readonly string[],
  count: number,
  key: readonly string[],
  updated: readonly string[],
): string {
  let n = 0
  const tuple = () => `(${columns.map(() => placeholder(kind, ++n)).join(', ')})`
  const tuples = Array.from({ length: count }, tuple).join(', ')
  const conflict =
    key.length === 0
      ? ''
      : ` ON CONFLICT (${key.join(', ')}) DO ${updated.length === 0 ? 'NOTHING' : `UPDATE SET ${updated.map((column) => `${column} = excluded.${column}`).join(', ')}`}`
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${tuples}${conflict}`
}
