import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { afterSales } from '../support/after-sales.ts'
import { eachDatabase } from '../support/database.ts'
import { Client } from './client.ts'
import { disagreements } from './compare.ts'
import { findings } from './findings.ts'
import { newHistory } from './history.ts'
import { begunWork, newCustomer } from './load.ts'
import { random } from './random.ts'
import { killAll, startServer } from './server-process.ts'

/** Kills per database; TENON_KILLS says another number. The time allowed is shared, so a slow machine does fewer, never none. */
const kills = Math.max(1, Number(process.env.TENON_KILLS ?? 60))
const budgetMs = (kills / 60) * 110_000
const people = ['agent1', 'agent2', 'agent3', 'agent4'] as const
const clients = 8

eachDatabase((database) => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-crash-'))
  })
  afterAll(() => {
    killAll()
    rmSync(folder, { recursive: true, force: true })
  })

  test('kill -9 under load: nothing acknowledged is lost, nothing refused is there, nothing is there twice', {
    timeout: budgetMs + 120_000,
  }, async () => {
    const history = newHistory()
    const first = await startServer(database.url, folder)
    const customer = await newCustomer(first)
    await first.kill()
    const workers = Array.from(
      { length: clients },
      (_, i) => new Client(`c${i}`, people[i % people.length] ?? '', customer, history),
    )
    const next = random(20_261_122)
    const begun = performance.now()
    let killed = 0
    while (killed < kills && performance.now() - begun < budgetMs) {
      const server = await startServer(database.url, folder)
      let isOver = false
      const load = Promise.all(workers.map((worker) => worker.work(server, () => isOver)))
      await begunWork(history, clients)
      await new Promise((resolve) => setTimeout(resolve, 120 + next() * 500))
      await server.kill()
      isOver = true
      await load
      killed += 1
    }
    const server = await startServer(database.url, folder)
    for (const worker of workers) await worker.settle(server)
    expect(await disagreements(history, server)).toEqual([])
    await server.kill()
    expect(await findings(database.url, folder)).toEqual([])
    console.log(
      `${database.kind}: ${killed} kills, ${history.acknowledged} acknowledged, ${history.unknown} answers cut off, ${history.tickets.length} tickets`,
    )
    expect(killed).toBeGreaterThan(0)
    // A load that never happened proves nothing.
    expect(history.acknowledged).toBeGreaterThan(killed)
    expect(history.unknown).toBeGreaterThan(0)
  })
}, afterSales)
