/**
 * Whether work costs more when there is more: a page of a list, a ticket's creation and a task's completion, with ten
 * times the tickets. BENCH_GROWTH=100000 tickets at the end by default. Reported, not asserted.
 */
import { Agent } from 'node:http'
import { fill } from './support/fill.mjs'
import { load, send } from './support/load.mjs'
import { row } from './support/measure.mjs'
import { onEachDatabase, startProduct } from './support/server.mjs'

const many = Number(process.env.BENCH_GROWTH ?? 100_000)
const few = many / 10
const desk = '/api/apps/after_sales/forms'
const settings = { clients: 1, rounds: 3, seconds: 2, warmUp: 150 }

async function costs(database) {
  const server = await startProduct(database)
  const agent = new Agent({ keepAlive: true })
  const headers = server.as('agent1')
  const get = async (path) => JSON.parse((await send(agent, server.url, { path, headers })).text)
  try {
    const { items } = await get(`${desk}/customer/records?size=1`)
    const values = { subject: '卡纸', request_type: 'technical', priority: 'normal', customer: items[0].id }
    const list = () => ({ path: `${desk}/ticket/records?size=50&count=false&sort=-created_at`, headers })
    const create = () => ({ method: 'POST', path: `${desk}/ticket/records`, headers, body: { values } })
    const listed = await load(server, list, settings)
    const created = await load(server, create, settings)
    const tasks = await openTasks(get)
    const step = (verb, body) => {
      const left = tasks.map(({ id }) => ({ method: 'POST', path: `/api/tasks/${id}/${verb}`, headers, body }))
      return () => left.shift()
    }
    await load(server, step('claim', {}), { ...settings, seconds: 60, rounds: 1, warmUp: 0 })
    const completed = await load(server, step('complete', { outcome: 'accept' }), { ...settings, warmUp: 30 })
    return { list: listed, create: created, complete: completed }
  } finally {
    agent.destroy()
    await server.stop()
  }
}

/** Intake tasks that may be taken; what is due first comes first, so the newest are on the last pages. */
async function openTasks(get) {
  const found = []
  for (let page = 1; ; page += 1) {
    const { items } = await get(`/api/tasks?pool=true&app=after_sales&page=${page}&size=200`)
    found.push(...items.filter((one) => one.node === 'intake'))
    if (items.length < 200) return found
  }
}

export default () =>
  onEachDatabase(async (database) => {
    await (await startProduct(database)).stop()
    await fill(database, few)
    const before = await costs(database)
    await fill(database, many, few)
    const after = await costs(database)
    return Object.keys(before).map((what) =>
      row(
        `${what}: p50 at ${many.toLocaleString('en')} tickets ÷ at ${few.toLocaleString('en')} (${database.name})`,
        after[what].p50 / before[what].p50,
        '×',
        { lowerIsBetter: true, target: 1.2 },
      ),
    )
  })
