import pg from 'pg'

const int8 = 20
const dateOid = 1082
const numeric = 1700

/** Whole numbers are numbers here too; beyond 2^53 they stay text, so that nothing is rounded silently. */
const readInt8 = (text: string): number | string => {
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : text
}

// Own parsers per pool instead of pg's global ones, which other users of pg in the process (graphile-worker) share.
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary') {
      if (oid === int8) return readInt8
      if (oid === dateOid || oid === numeric) return (text: string) => text
    }
    return pg.types.getTypeParser(oid, format as 'text')
  }) as typeof pg.types.getTypeParser,
}

/**
 * Connections to a PostgreSQL server whose commits are on disk before they are acknowledged. The server ends one that
 * leaves a transaction standing for `standingMs`.
 */
export function openPool(url: string, size: number, standingMs: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    // Statements that need not wait for each other's answers share a round trip.
    pipeline: true,
    types,
    application_name: 'tenon',
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 15_000,
    idle_in_transaction_session_timeout: standingMs,
  })
  // An idle connection that the server ends must not end the process; the next user gets a new one.
  pool.on('error', () => {})
  // Nor must one that is ended between two statements: the next statement says so.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

const statements = new Map<string, string>()
const keptStatements = 1000

/** A name for a statement's text, so that the server parses it once per connection; undefined when there are too many. */
export function statementName(sql: string): string | undefined {
  const known = statements.get(sql)
  if (known !== undefined) return known
  if (statements.size >= keptStatements) return undefined
  const name = `s${statements.size}`
  statements.set(sql, name)
  return name
}
