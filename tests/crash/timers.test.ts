import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../support/database.ts'
import { Alarms } from './alarms.ts'
import { findings } from './findings.ts'
import { Fleet } from './fleet.ts'
import { random } from './random.ts'
import { killAll } from './server-process.ts'

const count = 2000
const farAway = 10
/** How far ahead they are set, and how long processes die. */
const spreadMs = 6000
const rageMs = 10_000
const day = 86_400_000

eachDatabase((database) => {
  let folder: string
  let alarms: Alarms
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-timers-'))
    alarms = await Alarms.install(database.url, folder)
  })
  afterAll(async () => {
    killAll()
    await alarms.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('two thousand timers, processes that are killed: each fires once, none early, none of the far future', {
    timeout: 360_000,
  }, async () => {
    // PostgreSQL serves several processes at once; SQLite is one process's.
    const fleet = new Fleet(database.url, folder, database.kind === 'postgres' ? 3 : 1)
    const next = random(20_261_128)
    const begin = Date.now()
    await alarms.set(farAway, () => begin + 400 * day)
    // Set while others fire and die.
    await Promise.all([
      alarms.set(count, () => Date.now() + 2000 + next() * spreadMs),
      fleet.rage(rageMs, next, database.kind === 'postgres' ? 6 : 3),
    ])

    const last = await fleet.start()
    const soon = begin + day
    for (let tries = 0; tries < 900 && (await alarms.waiting(soon)) > 0; tries += 1) await wait(200)
    await last.kill()

    const report = await alarms.report()
    expect(report).toMatchObject({ set: count + farAway, rung: count, early: [], twice: [] })
    expect(await alarms.waiting(begin + 401 * day)).toBe(farAway)
    expect(await findings(database.url, folder)).toEqual([])
    expect(fleet.kills).toBeGreaterThan(0)
    console.log(`${database.kind}: ${fleet.kills} kills, ${report.rung} timers, the latest ${report.latestMs} ms late`)
  })
})
