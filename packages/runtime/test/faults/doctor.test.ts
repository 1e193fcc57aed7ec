import { type InstanceSnapshot, ok } from '@tenon/engine'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { examine } from '../../src/server/doctor/examine.ts'
import { Player } from './player.ts'
import { plays, referenceFiles } from './reference-flows.ts'

eachDatabase((database) => {
  let player: Player
  beforeAll(async () => {
    player = await Player.open(database.url, referenceFiles())
  })
  afterAll(() => player.tenon.close())

  const begun = (name: string) => {
    const play = plays.find((one) => one.name === name)
    if (!play) throw new Error(`there is no play ${name}`)
    return player.play({ ...play, steps: play.steps.slice(0, 1) })
  }
  const findings = async () => {
    const { store, memory, clock } = player.tenon
    const found: string[] = []
    const patient = { db: store.read, memory: await memory.fresh(), filesFolder: '/nowhere', now: clock.now() }
    for await (const one of examine(patient)) found.push(...one.findings.map(({ check, what }) => `${check}: ${what}`))
    return found
  }
  type Tx = Parameters<Parameters<typeof player.tenon.store.transact>[0]>[0]
  const spoiling = async (work: (tx: Tx) => Promise<unknown>) => {
    await player.tenon.store.transact(async (tx) => {
      await work(tx)
      return ok(undefined)
    })
    return findings()
  }

  test('every wait of a sound installation is accounted for, also across levels, calls and critical sections', async () => {
    for (const { name } of plays) await begun(name)
    expect(await findings()).toEqual([])
  })

  test('a task that is gone shows although its limit still runs; a timer that is gone, and one nobody waits for, too', async () => {
    const { id } = await begun('late')
    const gone = await spoiling((tx) =>
      tx.updateTable('tasks').set({ state: 'cancelled' }).where('record', '=', id).execute(),
    )
    expect(gone).toEqual(['flow-tokens: token at work waits for nothing'])
    await spoiling((tx) => tx.updateTable('tasks').set({ state: 'open' }).where('record', '=', id).execute())

    const one = await player.tenon.store.read
      .selectFrom('instances')
      .select(['id', 'snapshot'])
      .where('record', '=', id)
      .executeTakeFirstOrThrow()
    const rename = (from: string, to: string) => (tx: Tx) =>
      tx
        .updateTable('timers')
        .set({ key: `flow/${one.id}/limit/${to}` })
        .where('key', '=', `flow/${one.id}/limit/${from}`)
        .execute()
    expect(await spoiling(rename('1', '7'))).toEqual([
      'flow-tokens: limit/1 waits for a timer that is not there',
      'waits-have-owners: nothing in its flow waits for it',
    ])
    await spoiling(rename('7', '1'))

    const snapshot = JSON.parse(one.snapshot) as InstanceSnapshot
    const twice = {
      ...snapshot,
      scopes: [...snapshot.scopes, { id: 'x', parent: one.id, node: 'work', host: snapshot.tokens[0]?.id }],
    }
    const doubled = await spoiling((tx) =>
      tx
        .updateTable('instances')
        .set({ snapshot: JSON.stringify(twice) })
        .where('id', '=', one.id)
        .execute(),
    )
    expect(doubled).toEqual(['flow-tokens: token at work waits for tasks and a level'])
  })
})
