import { libraryOf } from './measure.mjs'

const table = 'r_after_sales_ticket'
const columns = [
  'id',
  'version',
  'created_at',
  'updated_at',
  'title',
  'history',
  'f_number',
  'f_subject',
  'f_request_type',
  'f_stage',
  'f_priority',
  'f_customer',
  'f_handler',
  'f_severe',
  'f_opened_at',
  'f_resolved_at',
  'f_closed_at',
  'f_made_sla',
  'f_reopen_count',
  'f_satisfaction',
]
const stages = [
  'new',
  'handling',
  'handling',
  'waiting_customer',
  'resolved',
  'closed',
  'closed',
  'closed',
  'closed',
  'cancelled',
]
const priorities = ['urgent', 'high', 'normal', 'normal', 'normal', 'low']
const types = ['technical', 'technical', 'quality', 'consultation', 'logistics', 'account']
const dayMs = 86_400_000
const days = 400

/** The i-th ticket: spread over customers, handlers and four hundred days, the same on every run. */
function ticket(i, { customers, handlers, now, bool }) {
  const spread = Math.imul(i + 1, 2_654_435_761) >>> 0
  const opened = now - (spread % days) * dayMs - (i % 86_400) * 1000
  const closed = i % 7 === 0 ? null : opened + ((spread >>> 7) % 200_000) * 1000
  const name = `A-${100 + (i % 9)} 卡纸，第 ${i} 单`
  return [
    `b${String(i).padStart(9, '0')}`,
    1,
    opened,
    closed ?? opened,
    `B${i} ${name}`,
    1,
    `B${i}`,
    name,
    types[spread % types.length],
    closed === null ? stages[i % 5] : stages[5 + (i % 5)],
    priorities[(spread >>> 3) % priorities.length],
    customers[i % customers.length],
    handlers[(spread >>> 5) % handlers.length],
    bool(false),
    opened,
    closed,
    closed,
    closed === null ? null : bool(i % 3 > 0),
    i % 20 === 0 ? 1 : 0,
    i % 4 === 0 ? 1 + (i % 5) : null,
  ]
}

/**
 * Puts tickets straight into their table: what is measured afterwards is reading, and reading looks at nothing else.
 * Returns who handles them.
 */
export async function fill({ kind, url }, count, from = 0) {
  return kind === 'sqlite' ? fillSqlite(url.slice('sqlite:'.length), count, from) : fillPostgres(url, count, from)
}

const customersSql = 'select id from r_after_sales_customer order by id'
const handlersSql =
  "select id, username from users where username like 'engineer%' or username like 'agent%' order by username"

async function fillSqlite(path, count, from) {
  const { default: Database } = await libraryOf('runtime', 'better-sqlite3')
  const db = new Database(path)
  const world = {
    customers: db.prepare(customersSql).pluck().all(),
    handlers: db.prepare(handlersSql).pluck().all(),
    now: Date.now(),
    bool: Number,
  }
  const insert = db.prepare(`insert into ${table} (${columns}) values (${columns.map(() => '?')})`)
  db.transaction(() => {
    for (let i = from; i < count; i += 1) insert.run(ticket(i, world))
  })()
  db.exec('analyze')
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

async function fillPostgres(url, count, from) {
  const { default: pg } = await libraryOf('runtime', 'pg')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const ids = async (sql) => (await client.query(sql)).rows.map((one) => one.id)
  const world = { customers: await ids(customersSql), handlers: await ids(handlersSql), now: Date.now(), bool: Boolean }
  const portion = 1000
  await client.query('begin')
  for (let start = from; start < count; start += portion) {
    const rows = Array.from({ length: Math.min(portion, count - start) }, (_, i) => ticket(start + i, world))
    const values = rows.map((_, r) => `(${columns.map((_, c) => `$${r * columns.length + c + 1}`)})`)
    await client.query(`insert into ${table} (${columns}) values ${values}`, rows.flat())
  }
  await client.query('commit')
  await client.query('vacuum analyze')
  await client.end()
}
