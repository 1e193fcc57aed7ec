import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { SqliteConnection } from './connection.ts'

/** A lender of connections. Who took one gives it back; nobody else uses it meanwhile. */
export type Lender = { take(): Promise<SqliteConnection>; give(connection: SqliteConnection): void }

/** Kysely's SQLite dialect over connections that are lent, not made. Transactions are begun by the store, not here. */
export function sqliteDialect(lender: Lender): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createDriver: () => new LentDriver(lender),
  }
}

class LentDriver implements Driver {
  readonly #lender: Lender
  constructor(lender: Lender) {
    this.#lender = lender
  }
  async init(): Promise<void> {}
  acquireConnection(): Promise<DatabaseConnection> {
    return this.#lender.take()
  }
  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#lender.give(connection as SqliteConnection)
  }
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    ;(connection as SqliteConnection).handle.exec('BEGIN')
  }
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    ;(connection as SqliteConnection).handle.exec('COMMIT')
  }
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    ;(connection as SqliteConnection).handle.exec('ROLLBACK')
  }
  async destroy(): Promise<void> {}
}

/** The writer: one connection, whose users wait for each other before they come here. */
export const single = (connection: SqliteConnection): Lender => ({ take: async () => connection, give: () => {} })

/** The readers: who finds none free waits in line. */
export function pooled(connections: readonly SqliteConnection[]): Lender {
  const free = [...connections]
  const waiting: ((connection: SqliteConnection) => void)[] = []
  return {
    take: async () => free.pop() ?? new Promise((resolve) => waiting.push(resolve)),
    give(connection) {
      const next = waiting.shift()
      if (next) next(connection)
      else free.push(connection)
    },
  }
}
