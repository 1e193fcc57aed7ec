import Database from 'better-sqlite3'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'

/** Prepared statements kept per connection; more than a product's distinct statements, less than a leak. */
const keptStatements = 500

/** A prepared statement, the names of what it gives, and whether it leaves the database as it is. */
type Prepared = { readonly statement: Database.Statement; readonly readonly: boolean; names: readonly string[] }

/**
 * One SQLite connection as Kysely speaks to it. Unlike Kysely's own it keeps prepared statements by their text, which is
 * most of the cost of a small statement, and hands over what better-sqlite3 refuses: booleans become 0 and 1. Rows come
 * as lists and are named here: letting the driver make the objects takes twice as long as the query of a list.
 */
export class SqliteConnection implements DatabaseConnection {
  readonly handle: Database.Database
  /** How many statements that may change something have been run. */
  writes = 0
  readonly #statements = new Map<string, Prepared>()

  constructor(handle: Database.Database) {
    this.handle = handle
  }

  async executeQuery<R>({ sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>): Promise<QueryResult<R>> {
    const prepared = this.#prepare(sql)
    const { statement } = prepared
    const bound = parameters.map(bindable)
    // Counted before it is run: one that fails may have begun.
    if (!prepared.readonly) this.writes += 1
    if (statement.reader) return { rows: namedRows(prepared, statement.all(bound) as unknown[][]) as R[] }
    const { changes, lastInsertRowid } = statement.run(bound)
    return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] }
  }

  async *streamQuery<R>({ sql, parameters }: CompiledQuery, chunkSize = 500): AsyncIterableIterator<QueryResult<R>> {
    // A statement of its own: one that is being stepped through cannot be run by anybody else.
    const statement = this.handle.prepare(sql)
    let rows: R[] = []
    for (const row of statement.iterate(parameters.map(bindable))) {
      rows.push(row as R)
      if (rows.length < chunkSize) continue
      yield { rows }
      rows = []
    }
    if (rows.length > 0) yield { rows }
  }

  #prepare(sql: string): Prepared {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.handle.prepare(sql)
    const prepared = {
      statement: statement.reader ? statement.raw() : statement,
      readonly: statement.readonly,
      names: namesOf(statement),
    }
    if (this.#statements.size >= keptStatements) {
      const [oldest] = this.#statements.keys()
      if (oldest !== undefined) this.#statements.delete(oldest)
    }
    this.#statements.set(sql, prepared)
    return prepared
  }
}

const namesOf = (statement: Database.Statement): readonly string[] =>
  statement.reader ? statement.columns().map((column) => column.name) : []

function namedRows(prepared: Prepared, rows: readonly (readonly unknown[])[]): object[] {
  const [first] = rows
  // A publish has added columns since `select *` was prepared. None is ever taken away or renamed.
  if (first && first.length !== prepared.names.length) prepared.names = namesOf(prepared.statement)
  const { names } = prepared
  return rows.map((row) => {
    const named: Record<string, unknown> = {}
    for (let index = 0; index < names.length; index += 1) named[names[index] ?? ''] = row[index]
    return named
  })
}

const bindable = (value: unknown): unknown =>
  typeof value === 'boolean' ? Number(value) : value === undefined ? null : value

/** Opens a file for writing (and makes it) or only for reading. Durable: an acknowledged commit survives a power cut. */
export function openSqlite(path: string, mode: 'write' | 'read'): SqliteConnection {
  const handle = new Database(path, { readonly: mode === 'read', timeout: 10_000 })
  if (mode === 'write') handle.pragma('journal_mode = WAL')
  handle.pragma('synchronous = FULL')
  handle.pragma('foreign_keys = ON')
  handle.pragma('temp_store = MEMORY')
  handle.pragma('cache_size = -65536')
  handle.pragma('mmap_size = 268435456')
  return new SqliteConnection(handle)
}
