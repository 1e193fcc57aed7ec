import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { afterSales } from '../support/after-sales.ts'
import { startPostgres } from '../support/postgres.ts'
import { Alarms } from './alarms.ts'
import { Client } from './client.ts'
import { disagreements } from './compare.ts'
import { findings } from './findings.ts'
import { Fleet } from './fleet.ts'
import { newHistory } from './history.ts'
import { begunWork, newCustomer } from './load.ts'
import { Outside } from './outside.ts'
import { Pager } from './pager.ts'
import { random } from './random.ts'
import { killAll } from './server-process.ts'
import { Victims } from './victims.ts'

const people = ['agent1', 'agent2', 'agent3', 'agent4'] as const
const clients = 8
const alarmsPerMinute = 600
/** Longer than a silent process keeps what it holds. */
const frozenMs = 7000

/**
 * The product under people, timers and kills for as long as one wants: one process on SQLite, three on PostgreSQL. Says
 * on one page what was done and what is wrong, and ends with 1 if anything is.
 */
async function soak(name: string, databaseUrl: string, minutes: number, seed: number): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-soak-'))
  const next = random(seed)
  const processes = databaseUrl.startsWith('sqlite:') ? 1 : 3
  try {
    await afterSales.prepare(databaseUrl)
    const alarms = await Alarms.install(databaseUrl, folder)
    const others = new Fleet(databaseUrl, folder, processes - 1)
    const served = new Fleet(databaseUrl, join(folder, 'served'), 1)
    const history = newHistory()
    const first = await served.start()
    const customer = await newCustomer(first)
    await first.kill()
    const workers = Array.from(
      { length: clients },
      (_, at) => new Client(`c${at}`, people[at % people.length] ?? '', customer, history),
    )

    const begin = Date.now()
    const spread = minutes * 60_000
    await alarms.set(Math.ceil(minutes * alarmsPerMinute), () => begin + next() * spread)
    const until = performance.now() + spread
    const raging = others.rage(spread, next, 0)
    let kills = 0
    while (performance.now() < until) {
      const server = await served.start()
      let isOver = false
      const load = Promise.all(workers.map((worker) => worker.work(server, () => isOver)))
      await begunWork(history, clients)
      await wait(120 + next() * 2000)
      await server.kill()
      isOver = true
      await load
      kills += 1
    }
    await raging

    const last = await served.start()
    for (const worker of workers) await worker.settle(last)
    for (let tries = 0; tries < 600 && (await alarms.waiting(Date.now())) > 0; tries += 1) await wait(200)
    const wrong = [...(await disagreements(history, last))]
    await last.kill()
    const rings = await alarms.report()
    await alarms.close()
    wrong.push(
      ...rings.early.map((alarm) => `${alarm} rang early`),
      ...rings.twice.map((alarm) => `${alarm} rang twice`),
      ...(rings.rung < rings.set ? [`${rings.set - rings.rung} alarms never rang`] : []),
      ...(await findings(databaseUrl, folder)),
    )
    print(name, [
      ['seed', seed],
      ['minutes', minutes],
      ['processes', processes],
      ['kills', kills + others.kills],
      ['writes acknowledged', history.acknowledged],
      ['answers cut off, then asked again', history.unknown],
      ['tickets compared', history.tickets.length],
      ['timers set', rings.set],
      ['timers fired', rings.rung],
      ['latest timer, ms', rings.latestMs],
      ['wrong', wrong.length],
    ])
    for (const line of wrong.slice(0, 30)) console.log(`  WRONG ${line}`)
    return wrong.length === 0
  } finally {
    killAll()
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Calls and mails, and processes that die while they leave: one on SQLite, three on PostgreSQL, of which one now and
 * then stands still for longer than its work is kept for it.
 */
async function soakEffects(name: string, databaseUrl: string, minutes: number, seed: number): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-soak-'))
  const outside = new Outside()
  const chance = random(seed)
  const size = databaseUrl.startsWith('sqlite:') ? 1 : 3
  try {
    await outside.open()
    const pager = await Pager.install(databaseUrl, folder, outside.url, people[0])
    const victims = new Victims(databaseUrl, folder, { size, env: outside.env, chance })
    await victims.fill()
    outside.betray(() => victims.kill(), chance)
    let isOver = false
    const written = pager.write({
      writers: clients,
      server: () => victims.any(),
      isOver: () => isOver,
      patienceMs: size === 1 ? 60_000 : 10_000,
    })
    const until = performance.now() + minutes * 60_000
    const freezing = (async () => {
      while (size > 1 && performance.now() < until) {
        await wait(5000 + chance() * 10_000)
        await victims.freeze(frozenMs)
      }
    })()
    while (performance.now() < until) {
      await victims.fill()
      await wait(50)
    }
    outside.listener = undefined
    isOver = true
    await freezing
    await victims.fill()
    await written
    for (let tries = 0; tries < 3000 && (await pager.isBusy()); tries += 1) await wait(100)
    await victims.end()
    const wrong = [
      ...(await pager.disagreements(outside.calls, outside.mails)),
      ...(await findings(databaseUrl, folder)),
    ]
    const { calls, mails, twice } = outside.count()
    print(name, [
      ['seed', seed],
      ['minutes', minutes],
      ['processes', size],
      ['kills', victims.kills],
      ['processes that stood still', victims.freezes],
      ['writes acknowledged', pager.answered.reduce((sum, n) => sum + n, 0)],
      ['calls', calls],
      ['mails', mails],
      ['arrived again under the same key', twice],
      ['wrong', wrong.length],
    ])
    for (const line of wrong.slice(0, 30)) console.log(`  WRONG ${line}`)
    await pager.close()
    return wrong.length === 0
  } finally {
    killAll()
    await outside.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function print(name: string, rows: readonly (readonly [string, number])[]): void {
  console.log(`\n${name}`)
  for (const [what, value] of rows) console.log(`  ${what.padEnd(36)} ${value}`)
}

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    database: { type: 'string' },
  },
})
const [minutes, seed] = [Number(values.minutes), Number(values.seed)]
if (!(minutes > 0) || !Number.isInteger(seed))
  throw new Error('--minutes takes a number above 0, --seed a whole number')
const results: boolean[] = []
/** Two thirds of the time for people and timers, one for what leaves the house. */
async function both(name: string, url: string, all: number): Promise<void> {
  results.push(await soak(name, url, (all * 2) / 3, seed))
  results.push(await soakEffects(`${name}, calls and mails`, url, all / 3, seed))
}
if (values.database !== undefined) await both('the given database', values.database, minutes)
else {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-soak-db-'))
  await both('SQLite', `sqlite:${join(folder, 'soak.db')}`, minutes / 2)
  rmSync(folder, { recursive: true, force: true })
  const postgres = await startPostgres({})
  await both('PostgreSQL', postgres.url, minutes / 2)
  await postgres.stop()
}
process.exit(results.every((isRight) => isRight) ? 0 : 1)
