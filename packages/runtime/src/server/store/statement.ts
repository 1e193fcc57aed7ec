import type { RawRow } from '@tenon/reports/sql'
import { CompiledQuery, type QueryResult, type RawBuilder } from 'kysely'
import { type DatabaseKind, type Db, kindOf, type Tx } from './database.ts'
import type { Tables } from './tables.ts'

/** An identifier in a statement's text. Only names out of `form_tables` and `form_columns` come here, never a request's. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** The nth placeholder, from 1. */
export const placeholder = (kind: DatabaseKind, n: number): string => (kind === 'sqlite' ? '?' : `$${n}`)

/** A connection nobody else speaks through, as Kysely knows it. */
type Straight = {
  executeQuery<R>(query: { readonly sql: string; readonly parameters: readonly unknown[] }): Promise<QueryResult<R>>
}
const connections = new WeakMap<Db, Straight>()

/**
 * Lets texts for this database go to its one connection without Kysely borrowing it first, twenty times per command.
 * They reach it in the order in which they are given, waited for or not: what has no answer to wait for is given
 * together, and PostgreSQL takes it in one round trip.
 */
export const goStraight = (db: Db, connection: Straight): void => void connections.set(db, connection)

function execute<R>(db: Db, sql: string, parameters: readonly unknown[]): Promise<QueryResult<R>> {
  const connection = connections.get(db)
  return connection
    ? connection.executeQuery({ sql, parameters })
    : db.executeQuery(CompiledQuery.raw(sql, [...parameters]))
}

/**
 * Waits for statements that were given together. When one fails the others are waited for too: nothing of them may
 * reach the database after its transaction or savepoint is undone. Throws what went wrong, not what PostgreSQL says of
 * the statements behind it.
 */
export async function together(statements: readonly Promise<unknown>[]): Promise<void> {
  const settled = await Promise.allSettled(statements)
  const reasons = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  if (reasons.length > 0) throw reasons.find((reason) => !isAftermath(reason)) ?? reasons[0]
}

/** in_failed_sql_transaction: the statement was not looked at, because one before it has failed. */
const isAftermath = (reason: unknown): boolean => (reason as { code?: unknown } | null)?.code === '25P02'

/** Runs a text that was made once, skipping the query builder: for the few statements of every command. */
export async function run<R>(db: Db, text: string, parameters: readonly unknown[]): Promise<readonly R[]> {
  return (await execute<R>(db, text, parameters)).rows
}

/** The rows of a statement that the query builder has written, by the same way. */
export function rowsOf(db: Db, statement: RawBuilder<unknown>): Promise<readonly RawRow[]> {
  const { sql, parameters } = statement.compile(db)
  return run<RawRow>(db, sql, parameters)
}

/** The same for a statement that changes rows; gives how many. */
export async function change(db: Db, text: string, parameters: readonly unknown[]): Promise<number> {
  return Number((await execute(db, text, parameters)).numAffectedRows ?? 0n)
}

/** Inserts one row on SQLite and gives its rowid: in half the time of RETURNING. */
export async function insertForRowid(tx: Tx, text: string, parameters: readonly unknown[]): Promise<number> {
  return Number((await execute(tx, text, parameters)).insertId)
}

/** Rows in pieces for one statement each: of a few sizes only, so that there are not as many texts as row counts. */
async function inPieces<T>(rows: readonly T[], give: (part: readonly T[]) => Promise<unknown>): Promise<void> {
  if (rows.length === 0) return
  if (rows.length <= 16) return void (await give(rows))
  const given: Promise<unknown>[] = []
  for (let from = 0; from < rows.length; ) {
    const left = rows.length - from
    const size = left >= 128 ? 128 : Math.min(left, 16)
    given.push(give(rows.slice(from, from + size)))
    from += size
  }
  await together(given)
}

type Row<T extends keyof Tables> = Partial<Tables[T]>
const texts = new Map<string, string>()

/** Inserts rows of one shape with one statement whose text is made once. */
export const insertRows = <T extends keyof Tables>(tx: Tx, table: T, rows: readonly Row<T>[]): Promise<void> =>
  inPieces(rows, (part) => write(tx, table, part, []))

/** The same, but a row whose key is there already takes the new values of the other columns. */
export const upsertRows = <T extends keyof Tables>(
  tx: Tx,
  table: T,
  key: readonly (keyof Tables[T] & string)[],
  rows: readonly Row<T>[],
): Promise<void> => inPieces(rows, (part) => write(tx, table, part, key))

/** Deletes the rows whose column has one of these values. */
export function deleteWhere<T extends keyof Tables>(
  tx: Tx,
  table: T,
  column: keyof Tables[T] & string,
  values: readonly string[],
): Promise<void> {
  const kind = kindOf(tx)
  return inPieces(values, (part) => {
    const marks = part.map((_, index) => placeholder(kind, index + 1)).join(', ')
    return change(tx, `DELETE FROM ${table} WHERE ${column} IN (${marks})`, part)
  })
}

async function write(tx: Tx, table: string, rows: readonly object[], key: readonly string[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const kind = kindOf(tx)
  // Names of columns are property names of our own code, never of a document or a request.
  const columns = Object.keys(first)
  const name = `${kind} ${table} ${columns.join(',')} ${rows.length} ${key.join(',')}`
  const text = texts.get(name) ?? keepText(name, insertText(kind, table, columns, rows.length, key))
  const values: unknown[] = []
  for (const row of rows) for (const column of columns) values.push((row as Record<string, unknown>)[column])
  await change(tx, text, values)
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
): string {
  let n = 0
  const tuple = () => `(${columns.map(() => placeholder(kind, ++n)).join(', ')})`
  const tuples = Array.from({ length: count }, tuple).join(', ')
  const updated = columns.filter((column) => !key.includes(column)).map((column) => `${column} = excluded.${column}`)
  const then = updated.length === 0 ? 'NOTHING' : `UPDATE SET ${updated.join(', ')}`
  const conflict = key.length === 0 ? '' : ` ON CONFLICT (${key.join(', ')}) DO ${then}`
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${tuples}${conflict}`
}
