import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { afterSales } from '../support/after-sales.ts'
import { eachDatabase } from '../support/database.ts'
import { findings } from './findings.ts'
import { Outside } from './outside.ts'
import { Pager } from './pager.ts'
import { random } from './random.ts'
import { killAll } from './server-process.ts'
import { Victims } from './victims.ts'

/** Kills per database. The time allowed is shared, so a slow machine does fewer, never none. */
const kills = Math.max(1, Number(process.env.TENON_KILLS ?? 60) / 2)
const budgetMs = kills * 1500
const writers = 8

eachDatabase((database) => {
  let folder: string
  const outside = new Outside()
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-effects-'))
    await outside.open()
  })
  afterAll(async () => {
    killAll()
    await outside.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('kill -9 while a call or a mail leaves: each arrives at least once under one key, in order; what is stored, once', {
    timeout: budgetMs + 180_000,
  }, async () => {
    const chance = random(20_261_129)
    const pager = await Pager.install(database.url, folder, outside.url, 'agent1')
    const size = database.kind === 'postgres' ? 2 : 1
    const victims = new Victims(database.url, folder, { size, env: outside.env, chance })
    const begun = performance.now()
    let isOver = false
    outside.betray(() => victims.kill(), chance)
    await victims.fill()
    const written = pager.write({ writers, server: () => victims.any(), isOver: () => isOver })
    void written.then(() => (isOver = true))
    while (!isOver && victims.kills < kills && performance.now() - begun < budgetMs) {
      await victims.fill()
      await wait(20)
    }
    outside.listener = undefined
    isOver = true
    await victims.fill()
    await written
    for (let tries = 0; tries < 600 && (await pager.isBusy()); tries += 1) await wait(100)
    await victims.end()

    expect(await pager.disagreements(outside.calls, outside.mails)).toEqual([])
    expect(await findings(database.url, folder)).toEqual([])
    await pager.close()
    const { calls, mails, twice } = outside.count()
    console.log(`${database.kind}: ${victims.kills} kills, ${calls} calls, ${mails} mails, ${twice} arrived twice`)
    expect(victims.kills).toBeGreaterThan(0)
    // Nobody killed at the moment that matters proves nothing.
    expect(twice).toBeGreaterThan(0)
  })
}, afterSales)
