import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type TransactionSettings,
} from 'kysely'
import type { PostgresConnection, PostgresLender } from './connection.ts'

/** Kysely's PostgreSQL dialect over connections that are lent. */
export function postgresDialect(lender: PostgresLender): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createDriver: () => new LentDriver(lender),
  }
}

class LentDriver implements Driver {
  readonly #lender: PostgresLender
  constructor(lender: PostgresLender) {
    this.#lender = lender
  }
  async init(): Promise<void> {}
  acquireConnection(): Promise<DatabaseConnection> {
    return this.#lender.take()
  }
  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#lender.give(connection as PostgresConnection)
  }
  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const level = settings.isolationLevel ? ` ISOLATION LEVEL ${settings.isolationLevel}` : ''
    const mode = settings.accessMode ? ` ${settings.accessMode}` : ''
    // Who only reads holds nobody up, however long a reader of its pages takes.
    const patience = settings.accessMode === 'read only' ? '; SET LOCAL idle_in_transaction_session_timeout = 0' : ''
    await (connection as PostgresConnection).say(`BEGIN${level}${mode}${patience}`)
  }
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as PostgresConnection).say('COMMIT')
  }
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as PostgresConnection).say('ROLLBACK')
  }
  async destroy(): Promise<void> {}
}

/** One connection, held by somebody else for as long as its transaction lasts. */
export const single = (connection: PostgresConnection): PostgresLender => ({
  take: async () => connection,
  give: () => {},
})
