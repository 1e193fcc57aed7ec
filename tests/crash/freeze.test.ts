import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { afterSales } from '../support/after-sales.ts'
import { eachDatabase } from '../support/database.ts'
import { Alarms } from './alarms.ts'
import { findings } from './findings.ts'
import { Outside } from './outside.ts'
import { Pager } from './pager.ts'
import { random } from './random.ts'
import { killAll, type ServerProcess, startServer } from './server-process.ts'

/** Longer than a silent process keeps what it holds. */
const frozenMs = 7000
const ways = ['call', 'mail'] as const

// On SQLite there is one process, and nobody to take over.
eachDatabase((database) => {
  const isAlone = database.kind === 'sqlite'
  let folder: string
  let outside: Outside
  let url: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-freeze-'))
  })
  beforeEach(async () => {
    url = await database.fresh()
    outside = new Outside()
    await outside.open()
  })
  afterEach(async () => {
    killAll()
    await outside.close()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const start = (name: string): Promise<ServerProcess> => startServer(url, join(folder, name), outside.env)
  const until = async (isSo: () => boolean | Promise<boolean>, ms: number) => {
    for (const end = Date.now() + ms; Date.now() < end; await wait(50)) if (await isSo()) return
    throw new Error('it did not happen in time')
  }

  test.skipIf(isAlone).each(ways)(
    'frozen in the middle of a %s: another process takes over, and what the first one learns when it wakes changes nothing',
    { timeout: 90_000 },
    async (kind) => {
      const pager = await Pager.install(url, folder, outside.url, 'agent1')
      const first = await start('one')
      let second: ServerProcess | undefined
      let isFrozen = false
      outside.listener = (heard) => {
        if (isFrozen || heard !== kind) return undefined
        isFrozen = true
        first.freeze()
        // What it is told, and reads only when it wakes.
        return 500
      }
      const written = pager.write({
        writers: 2,
        server: () => (isFrozen ? second : first),
        isOver: () => pager.answered.every((n) => n >= 4),
        patienceMs: 3000,
      })
      await until(() => isFrozen, 20_000)
      second = await start('two')
      await written
      await until(async () => !(await pager.isBusy()), 30_000)
      const before = outside.count()
      expect(before.twice).toBeGreaterThan(0)
      expect(await pager.disagreements(outside.calls, outside.mails)).toEqual([])

      first.thaw()
      await wait(3000)
      expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
      expect(await pager.isBusy()).toBe(false)
      // What it was in the middle of may arrive once more, under its key: nothing new does.
      const after = outside.count()
      expect([after.calls, after.mails]).toEqual([before.calls, before.mails])
      expect(await pager.disagreements(outside.calls, outside.mails)).toEqual([])
      expect(await findings(url, folder)).toEqual([])
      await pager.close()
    },
  )

  test.skipIf(isAlone)(
    'frozen in the middle of a transaction: nobody waits for its locks for ever, and what it had not committed is not there',
    { timeout: 120_000 },
    async () => {
      const pager = await Pager.install(url, folder, outside.url, 'agent1')
      const [first, second] = await Promise.all([start('one'), start('two')])
      let alive = first
      let isOver = false
      const written = pager.write({ writers: 8, server: () => alive, isOver: () => isOver, patienceMs: 3000 })
      await until(() => pager.answered.every((n) => n > 1), 20_000)
      await freezeInTransaction(first)
      alive = second
      const then = pager.answered
      await until(() => pager.answered.every((n, at) => n > (then[at] ?? 0) + 1), 20_000)
      first.thaw()
      await wait(500)
      alive = first
      const after = pager.answered
      await until(() => pager.answered.every((n, at) => n > (after[at] ?? 0) + 1), 20_000)
      isOver = true
      await written
      await until(async () => !(await pager.isBusy()), 30_000)
      expect(await pager.disagreements(outside.calls, outside.mails)).toEqual([])
      expect(await findings(url, folder)).toEqual([])
      await pager.close()
    },
  )

  test.skipIf(isAlone)('frozen while timers are due: each fires once', { timeout: 90_000 }, async () => {
    const alarms = await Alarms.install(url, folder)
    const [first, second] = await Promise.all([start('one'), start('two')])
    const next = random(7)
    const begin = Date.now()
    await alarms.set(600, () => Date.now() + 1500 + next() * 2000)
    await until(async () => (await alarms.report()).rung > 20, 20_000)
    first.freeze()
    await wait(frozenMs)
    first.thaw()
    await until(async () => (await alarms.waiting(begin + 60_000)) === 0, 20_000)
    await wait(1000)
    expect(await alarms.report()).toMatchObject({ set: 600, rung: 600, early: [], twice: [] })
    await Promise.all([first.kill(), second.kill()])
    expect(await findings(url, folder)).toEqual([])
    await alarms.close()
  })

  /** Stops the process with a transaction open, as its database sees it. */
  async function freezeInTransaction(server: ServerProcess): Promise<void> {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const next = random(11)
    try {
      for (let tries = 0; tries < 200; tries += 1) {
        server.freeze()
        await wait(150)
        const { rows } = await client.query(
          "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'tenon' AND state = 'idle in transaction' AND backend_xid IS NOT NULL AND state_change < now() - interval '100 ms'",
        )
        if (rows.length > 0) return
        server.thaw()
        await wait(5 + next() * 40)
      }
      throw new Error('it was never found in a transaction')
    } finally {
      await client.end()
    }
  }
}, afterSales)
