/**
 * Many timers due at once: how many are fired a second, how much memory that takes, and what it does to those who read
 * meanwhile. BENCH_TIMERS=50000 by default; measured for half a minute, the rest is not waited for.
 */
import { Agent } from 'node:http'
import { benchValues, installBenchApp } from './support/bench-app.mjs'
import { copyRecord } from './support/copy-record.mjs'
import { load, memoryMbOf, send } from './support/load.mjs'
import { row } from './support/measure.mjs'
import { onEachDatabase, startProduct } from './support/server.mjs'

const many = Number(process.env.BENCH_TIMERS ?? 50_000)
const windowMs = 30_000
const written = many.toLocaleString('en')

/** What others do: look at a list, now and then. */
const look = (server) =>
  load(server, () => ({ path: '/api/apps/bench/forms/plain/records?size=20', headers: server.as('clerk') }), {
    clients: 2,
    rounds: 3,
    seconds: 3,
    warmUp: 50,
  })

async function rowsOf(database) {
  const server = await startProduct(database, { demo: false })
  const agent = new Agent({ keepAlive: true })
  await installBenchApp(server, agent)
  const make = (form) =>
    send(agent, server.url, {
      method: 'POST',
      path: `/api/apps/bench/forms/${form}/records`,
      headers: server.as('clerk'),
      body: { values: benchValues },
    })
  for (let i = 0; i < 50; i += 1) await make('plain')
  const { id } = JSON.parse((await make('wait')).text)
  const quiet = await look(server)
  await server.stop()
  const copies = await copyRecord(database, 'r_bench_wait', id, many)
  const again = await startProduct(database, { demo: false })
  try {
    const begun = performance.now()
    const before = await copies.timersLeft()
    let memory = 0
    const watch = setInterval(() => {
      memory = Math.max(memory, memoryMbOf(again.pid) ?? 0)
    }, 200)
    const busy = await look(again)
    let left = await copies.timersLeft()
    while (left > 0 && performance.now() - begun < windowMs) {
      await new Promise((resolve) => setTimeout(resolve, 500))
      left = await copies.timersLeft()
    }
    const perSecond = ((before - left) / (performance.now() - begun)) * 1000
    clearInterval(watch)
    return [
      row(`${written} timers due at once, fired (${database.name})`, perSecond, '/s', { target: 1000, moonshot: 5000 }),
      ...(memory > 0
        ? [row(`  memory meanwhile (${database.name})`, memory, 'MB', { lowerIsBetter: true, target: 300 })]
        : []),
      row(`  others' p95 meanwhile ÷ before (${database.name})`, busy.p95 / quiet.p95, '×', {
        lowerIsBetter: true,
        target: 2,
      }),
    ]
  } finally {
    await copies.close()
    agent.destroy()
    await again.stop()
  }
}

export default () => onEachDatabase(rowsOf)
