/**
 * Lists and reports on many tickets, as a manager who sees all and as an engineer whose row rule lets him see his own.
 * BENCH_ROWS=100000 by default; BENCH_LARGE=1 asks all of it again with a million.
 */
import { fill } from './support/fill.mjs'
import { load } from './support/load.mjs'
import { row } from './support/measure.mjs'
import { onEachDatabase, startFloor, startProduct } from './support/server.mjs'

const root = '/api/apps/after_sales'
const many = Number(process.env.BENCH_ROWS ?? 100_000)
const isLarge = process.env.BENCH_LARGE === '1'

const where = encodeURIComponent(
  JSON.stringify({ fact: 'record', path: '$.priority', operator: 'in', value: ['urgent', 'high'] }),
)
const list = `${root}/forms/ticket/records?size=50&count=false&sort=-created_at&fields=number,subject,stage,customer,customer.level,handler&where=${where}`
/** The same list by hand. */
const bareList = `select t.id, t.f_number, t.f_subject, t.f_stage, t.f_customer, c.f_level, t.f_handler from r_after_sales_ticket t
  left join r_after_sales_customer c on c.id = t.f_customer where t.f_priority in ('urgent', 'high') order by t.created_at desc, t.id desc limit 50`

const reports = {
  'count by month and stage': {
    query: {
      form: 'ticket',
      zone: 'UTC',
      by: [{ field: 'opened_at', bucket: 'month' }, { field: 'stage' }],
      measures: [{ id: 'n', agg: 'count' }],
    },
    sqlite:
      "select strftime('%Y-%m', f_opened_at / 1000, 'unixepoch') as m, f_stage, count(*) as n from r_after_sales_ticket group by 1, 2 order by 1, 2",
    postgres:
      "select to_char(to_timestamp(f_opened_at / 1000.0) at time zone 'UTC', 'YYYY-MM') as m, f_stage, count(*) as n from r_after_sales_ticket group by 1, 2 order by 1, 2",
  },
  'mean time to close by handler': {
    query: {
      form: 'ticket',
      by: [{ field: 'handler' }],
      measures: [{ id: 'n', agg: 'avg', between: ['opened_at', 'closed_at'] }],
    },
    sqlite: 'select f_handler, avg(f_closed_at - f_opened_at) as n from r_after_sales_ticket group by 1 order by 1',
    postgres: 'select f_handler, avg(f_closed_at - f_opened_at) as n from r_after_sales_ticket group by 1 order by 1',
  },
}

const floorName = 'fastify + the SQL by hand'
const bare = (sql) => () => ({ method: 'POST', path: '/read', body: { sql } })
const written = (count) => count.toLocaleString('en')

async function listRows({ server, floor, name }, count) {
  const as = (person) => load(server, () => ({ path: list, headers: server.as(person) }), { clients: 1 })
  const manager = await as('manager')
  const engineer = await as('engineer1')
  const floorOne = await load(floor, bare(bareList), { clients: 1 })
  const eight = await load(server, () => ({ path: list, headers: server.as('engineer1') }), { clients: 8 })
  const floorEight = await load(floor, bare(bareList), { clients: 8 })
  const what = `list 50 of ${written(count)}, filter, sort, linked customer`
  return [
    row(`${what}, restricted user, p50 (${name})`, engineer.p50, 'ms', {
      floor: floorOne.p50,
      floorName,
      lowerIsBetter: true,
      target: 4,
      moonshot: 1.5,
    }),
    row(`… manager, p50 (${name})`, manager.p50, 'ms', { floor: floorOne.p50, floorName, lowerIsBetter: true }),
    row(`… restricted ÷ manager (${name})`, engineer.p50 / manager.p50, '×', { lowerIsBetter: true, target: 1.2 }),
    row(`… restricted user, 8 clients (${name})`, eight.perSecond, '/s', {
      floor: floorEight.perSecond,
      floorName,
      moonshot: 900,
    }),
  ]
}

async function reportRows({ server, floor, kind, name }, count) {
  const rows = []
  for (const [title, { query, ...sql }] of Object.entries(reports)) {
    const ask = () => ({ method: 'POST', path: `${root}/query`, headers: server.as('manager'), body: { query } })
    const settings = { clients: 1, seconds: 2, warmUp: 20 }
    const ours = await load(server, ask, settings)
    const raw = await load(floor, bare(sql[kind]), settings)
    rows.push(
      row(`report on ${written(count)}, ${title} (${name})`, ours.p50, 'ms', {
        floor: raw.p50,
        floorName,
        lowerIsBetter: true,
        target: round(raw.p50 * 1.2),
      }),
    )
  }
  return rows
}

const rowsAt = async (open, count) => [...(await listRows(open, count)), ...(await reportRows(open, count))]

const round = (ms) => Number(ms.toPrecision(3))

async function measured(database, count, from, work) {
  await fill(database, count, from)
  const server = await startProduct(database)
  const floor = await startFloor(database)
  try {
    return await work({ ...database, server, floor })
  } finally {
    await server.stop()
    await floor.stop()
  }
}

export default () =>
  onEachDatabase(async (database) => {
    // The first start makes the tables, the people and the customers.
    await (await startProduct(database)).stop()
    const rows = await measured(database, many, 0, (open) => rowsAt(open, many))
    if (!isLarge) return rows
    return [...rows, ...(await measured(database, 1_000_000, many, (open) => rowsAt(open, 1_000_000)))]
  })
