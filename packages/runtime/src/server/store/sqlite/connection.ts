import Database from 'better-sqlite3'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'

/** Prepared statements kept per connection; more than a product's distinct statements, less than a leak. */
const keptStatements = 500

/**
 * One SQLite connection as Kysely speaks to it. Unlike Kysely's own it keeps prepared statements by their text, which is
 * most of the cost of a small statement, and hands over what better-sqlite3 refuses: booleans become 0 and 1.
 */
export class SqliteConnection implements DatabaseConnection {
  readonly handle: Database.Database
  readonly #statements = new Map<string, Database.Statement>()

  constructor(handle: Database.Database) {
    this.handle = handle
  }

  async executeQuery<R>({ sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>): Promise<QueryResult<R>> {
    const statement = this.#prepare(sql)
    const bound = parameters.map(bindable)
    if (statement.reader) return { rows: statement.all(bound) as R[] }
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

  #prepare(sql: string): Database.Statement {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.handle.prepare(sql)
    if (this.#statements.size >= keptStatements) {
      const [oldest] = this.#statements.keys()
      if (oldest !== undefined) this.#statements.delete(oldest)
    }
    this.#statements.set(sql, statement)
    return statement
  }
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
