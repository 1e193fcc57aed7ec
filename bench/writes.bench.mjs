/**
 * Records created and tasks completed over HTTP: validated, permission-checked, with their trail, durable. A plain form
 * first, which is what peers do in their create; then one with a rule, then the template's ticket with flow, clocks,
 * rules and task.
 */
import { Agent } from 'node:http'
import { benchValues, installBenchApp } from './support/bench-app.mjs'
import { load, send } from './support/load.mjs'
import { cpuRow, row } from './support/measure.mjs'
import { onEachDatabase, startFloor, startProduct } from './support/server.mjs'

const forms = '/api/apps/bench/forms'
const desk = '/api/apps/after_sales/forms'
const person = 'agent1'
const floorName = 'fastify + one insert'

async function rowsOf(database) {
  const server = await startProduct(database)
  const floor = await startFloor(database)
  const agent = new Agent({ keepAlive: true })
  try {
    await installBenchApp(server, agent)
    return await measure({ server, floor, agent, name: database.name })
  } finally {
    agent.destroy()
    await server.stop()
    await floor.stop()
  }
}

async function measure({ server, floor, agent, name }) {
  const bare = () => ({ method: 'POST', path: '/create', body: { values: benchValues } })
  const create = (root, by, values) => () => ({
    method: 'POST',
    path: `${root}/records`,
    headers: server.as(by),
    body: { values },
  })
  const plain = create(`${forms}/plain`, 'clerk', benchValues)
  const floorSixteen = await load(floor, bare)
  const floorOne = await load(floor, bare, { clients: 1 })
  const beside = { floor: floorSixteen.perSecond, floorName }
  const besideCpu = { cpuMs: floorSixteen.cpuMs, floorName }
  const plainSixteen = await load(server, plain)
  const plainOne = await load(server, plain, { clients: 1 })
  const ruled = await load(server, create(`${forms}/ruled`, 'clerk', benchValues))
  const ruledOne = await load(server, create(`${forms}/ruled`, 'clerk', benchValues), { clients: 1 })
  const ticket = await load(server, create(`${desk}/ticket`, person, await ticketValues(server, agent)))
  const completed = await completeTasks(server, agent)
  return [
    row(`create, plain form, 16 clients (${name})`, plainSixteen.perSecond, '/s', {
      ...beside,
      target: 800,
      moonshot: 2000,
    }),
    ...cpuRow('plain create', plainSixteen, besideCpu),
    row(`create, plain form, 1 client, p50 (${name})`, plainOne.p50, 'ms', {
      floor: floorOne.p50,
      floorName,
      lowerIsBetter: true,
      target: 3,
      moonshot: 1.5,
    }),
    row(`create + rule: condition, update, create, 16 clients (${name})`, ruled.perSecond, '/s', {
      ...beside,
      target: 400,
      moonshot: 1000,
    }),
    ...cpuRow('create + rule', ruled, besideCpu),
    row(`create + rule, 1 client, p50 (${name})`, ruledOne.p50, 'ms', { lowerIsBetter: true, moonshot: 2 }),
    row(`create a ticket: flow, clocks, rules, task, 16 clients (${name})`, ticket.perSecond, '/s', beside),
    ...cpuRow('ticket', ticket, besideCpu),
    row(`complete a task, 16 clients (${name})`, completed.perSecond, '/s', { target: 400 }),
    ...cpuRow('completion', completed),
  ]
}

const reader = (server, agent) => async (path) =>
  JSON.parse((await send(agent, server.url, { path, headers: server.as(person) })).text)

async function ticketValues(server, agent) {
  const { items } = await reader(server, agent)(`${desk}/customer/records?size=1`)
  return { subject: 'A-100 卡纸，无法自检', request_type: 'technical', priority: 'normal', customer: items[0].id }
}

async function completeTasks(server, agent) {
  const headers = server.as(person)
  const tasks = await openTasks(reader(server, agent))
  const post = (verb, body) => (id) => ({ method: 'POST', path: `/api/tasks/${id}/${verb}`, headers, body })
  await load(server, following(tasks, post('claim', {})), { seconds: 60, rounds: 1, warmUp: 0 })
  return load(server, following(tasks, post('complete', { outcome: 'accept' })), { warmUp: tasks.length / 4 })
}

/** Open intake tasks that the person may take, enough for the time allowed. */
async function openTasks(get) {
  const found = []
  for (let page = 1; page <= 10; page += 1) {
    const { items } = await get(`/api/tasks?pool=true&app=after_sales&page=${page}&size=200`)
    found.push(...items.filter((task) => task.node === 'intake').map((task) => task.id))
    if (items.length < 200) break
  }
  return found
}

function following(ids, request) {
  let at = 0
  return () => {
    const id = ids[at]
    at += 1
    return id === undefined ? undefined : request(id)
  }
}

export default () => onEachDatabase(rowsOf)
