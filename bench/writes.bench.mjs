/** Tickets created and tasks completed over HTTP: validated, permission-checked, with flow, clocks, rules and trail. */
import { Agent } from 'node:http'
import { load, send } from './support/load.mjs'
import { row } from './support/measure.mjs'
import { onEachDatabase, startFloor, startProduct } from './support/server.mjs'

const root = '/api/apps/after_sales/forms'
const person = 'agent1'

async function rowsOf(database) {
  const server = await startProduct(database)
  const floor = await startFloor(database)
  const agent = new Agent({ keepAlive: true })
  const headers = server.as(person)
  const get = async (path) => JSON.parse((await send(agent, server.url, { path, headers })).text)
  const { items } = await get(`${root}/customer/records?size=1`)
  const values = {
    subject: 'A-100 卡纸，无法自检',
    request_type: 'technical',
    priority: 'normal',
    customer: items[0].id,
  }
  const create = () => ({ method: 'POST', path: `${root}/ticket/records`, headers, body: { values } })
  const bare = () => ({ method: 'POST', path: '/create', body: { values } })

  const sixteen = await load(server, create, { clients: 16 })
  const bareSixteen = await load(floor, bare, { clients: 16 })
  const single = await load(server, create, { clients: 1 })
  const bareSingle = await load(floor, bare, { clients: 1 })

  const tasks = await openTasks(get)
  await load(
    server,
    following(tasks, (id) => ({ method: 'POST', path: `/api/tasks/${id}/claim`, headers, body: {} })),
    { seconds: 60, warmUpSeconds: 0 },
  )
  const complete = following(tasks, (id) => ({
    method: 'POST',
    path: `/api/tasks/${id}/complete`,
    headers,
    body: { outcome: 'accept' },
  }))
  const completed = await load(server, complete, { seconds: 5, warmUpSeconds: 0.5 })

  agent.destroy()
  await server.stop()
  await floor.stop()
  const beside = (floorValue) => ({ floor: floorValue, floorName: 'fastify + one insert' })
  const cpu = ({ cpuMs }) =>
    cpuMs === undefined ? [] : [row(`  processor time of one (${database.name})`, cpuMs, 'ms')]
  return [
    row(`create, 16 clients (${database.name})`, sixteen.perSecond, '/s', {
      ...beside(bareSixteen.perSecond),
      target: 800,
      moonshot: 2000,
    }),
    ...cpu(sixteen),
    row(`create, 1 client, p50 (${database.name})`, single.p50, 'ms', {
      ...beside(bareSingle.p50),
      lowerIsBetter: true,
      target: 3,
      moonshot: 1.5,
    }),
    row(`complete a task, 16 clients (${database.name})`, completed.perSecond, '/s', { target: 400 }),
    ...cpu(completed),
  ]
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
