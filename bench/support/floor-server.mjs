/** The bare floor: fastify and the driver, the statements written by hand. No rights, no rules, no trail, no forms. */
import { randomUUID } from 'node:crypto'
import { libraryOf } from './measure.mjs'

const { default: fastify } = await libraryOf('runtime', 'fastify')
const database = process.argv[2] ?? ''
const app = fastify()

const insert = 'insert into bench_floor (id, created_at, subject, request_type, body) values'
const table =
  'create table if not exists bench_floor (id text primary key, created_at bigint, subject text, request_type text, body text)'
const store = database.startsWith('sqlite:') ? await sqlite(database.slice(7)) : await postgres(database)

async function sqlite(path) {
  const { default: Database } = await libraryOf('runtime', 'better-sqlite3')
  const db = new Database(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec(table.replace('bigint', 'integer'))
  const one = db.prepare(`${insert} (?, ?, ?, ?, ?)`)
  const prepared = new Map()
  return {
    create: async (values) => one.run(...values),
    read: async (sql, parameters) => {
      if (!prepared.has(sql)) prepared.set(sql, db.prepare(sql))
      return prepared.get(sql).all(...parameters)
    },
  }
}

async function postgres(url) {
  const { default: pg } = await libraryOf('runtime', 'pg')
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  await pool.query(table)
  return {
    create: (values) => pool.query({ name: 'create', text: `${insert} ($1, $2, $3, $4, $5)`, values }),
    read: async (text, values) => (await pool.query({ name: text.slice(0, 60), text, values })).rows,
  }
}

app.post('/create', async ({ body }, reply) => {
  const id = randomUUID()
  await store.create([id, Date.now(), body.values.subject, body.values.request_type, JSON.stringify(body.values)])
  return reply.code(201).send({ id, values: body.values })
})
// What is read is told by the benchmark, so that both sides ask the same of the same table.
app.post('/read', async ({ body }) => store.read(body.sql, body.parameters ?? []))

process.stderr.write(`floor: ${await app.listen({ port: 0, host: '127.0.0.1' })}\n`)
process.on('SIGTERM', () => process.exit(0))
