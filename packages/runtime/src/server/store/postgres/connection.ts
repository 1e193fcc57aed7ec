import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import type pg from 'pg'
import { statementName } from './pool.ts'

/** A lender of connections. Who took one gives it back; nobody else uses it meanwhile. */
export type PostgresLender = {
  take(): Promise<PostgresConnection>
  give(connection: PostgresConnection): void
}

const changing: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

/**
 * One PostgreSQL connection as Kysely speaks to it. Statements carry names, so the server parses each once per
 * connection; those given one after the other without waiting travel together and are answered in order.
 */
export class PostgresConnection implements DatabaseConnection {
  readonly client: pg.PoolClient

  constructor(client: pg.PoolClient) {
    this.client = client
  }

  async executeQuery<R>({ sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>): Promise<QueryResult<R>> {
    const name = parameters.length > 0 ? statementName(sql) : undefined
    const values = parameters as unknown[]
    const { command, rowCount, rows } = await this.client.query(
      name === undefined ? { text: sql, values } : { text: sql, values, name },
    )
    return changing.has(command) ? { numAffectedRows: BigInt(rowCount ?? 0), rows } : { rows }
  }

  // biome-ignore lint/correctness/useYield: a portal held open would stand in the way of statements that travel together
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('rows of PostgreSQL are read page by page')
  }

  async say(statement: string): Promise<void> {
    await this.client.query(statement)
  }
}
