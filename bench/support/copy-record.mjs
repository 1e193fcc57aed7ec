import { libraryOf } from './measure.mjs'

/** Tables that hold a record and its process, and the column that names the record. */
const tablesOf = (table) => [
  [table, 'id'],
  ['event_heads', 'record'],
  ['instances', 'record'],
]
const ofInstance = [
  ['flow_tokens', 'instance = '],
  ['timers', "key LIKE 'flow/' || "],
]

/**
 * Copies a record that waits for a timer, with its process, so often, and makes every timer due now. The copies differ
 * in every id; their trails have a head and no entries, which firing a timer does not look at.
 */
export async function copyRecord({ kind, url }, table, id, times) {
  const db = kind === 'sqlite' ? await sqlite(url) : await postgres(url)
  const [instance] = await db.all(`SELECT id FROM instances WHERE record = '${id}'`)
  const samples = []
  for (const [name, column] of tablesOf(table))
    samples.push([name, await db.all(`SELECT * FROM ${name} WHERE ${column} = '${id}'`)])
  for (const [name, where] of ofInstance)
    samples.push([
      name,
      await db.all(`SELECT * FROM ${name} WHERE ${where}'${instance.id}'${name === 'timers' ? " || '/%'" : ''}`),
    ])
  const ids = [id, instance.id, ...samples.find(([name]) => name === 'flow_tokens')[1].map((row) => row.token)]
  const due = Date.now() - 1000
  await db.run('BEGIN')
  for (let n = 0; n < times; n += 1) {
    // The last twelve digits of an id are free to be numbered.
    const renamed = (text) => {
      let next = text
      for (const [at, one] of ids.entries())
        next = next.replaceAll(one, one.slice(0, 24) + (n * ids.length + at).toString(16).padStart(12, '0'))
      return next
    }
    for (const [name, rows] of samples)
      for (const row of rows) {
        const copy = Object.fromEntries(
          Object.entries(row).map(([column, value]) => [column, typeof value === 'string' ? renamed(value) : value]),
        )
        if (name === 'timers') copy.due_at = due
        await db.insert(name, copy)
      }
  }
  await db.run('COMMIT')
  return {
    timersLeft: async () => Number((await db.all("SELECT count(*) AS n FROM timers WHERE key LIKE 'flow/%'"))[0].n),
    close: () => db.close(),
  }
}

async function sqlite(url) {
  const { default: Database } = await libraryOf('runtime', 'better-sqlite3')
  const db = new Database(url.slice('sqlite:'.length))
  const prepared = new Map()
  return {
    all: async (sql) => db.prepare(sql).all(),
    run: async (sql) => db.exec(sql),
    insert: async (table, row) => {
      const known = prepared.get(table) ?? db.prepare(insertText(table, row, () => '?'))
      prepared.set(table, known)
      known.run(Object.values(row))
    },
    close: async () => db.close(),
  }
}

async function postgres(url) {
  const { default: pg } = await libraryOf('runtime', 'pg')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return {
    all: async (sql) => (await client.query(sql)).rows,
    run: (sql) => client.query(sql),
    insert: (table, row) =>
      client.query({ name: table, text: insertText(table, row, (n) => `$${n}`), values: Object.values(row) }),
    close: () => client.end(),
  }
}

const insertText = (table, row, mark) =>
  `INSERT INTO ${table} (${Object.keys(row)}) VALUES (${Object.keys(row).map((_, index) => mark(index + 1))})`
