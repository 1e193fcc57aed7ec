import { ok } from '@tenon/engine'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { keepHouse } from '../../src/server/outbox/housekeeping.ts'
import { openBroadcast } from '../../src/server/store/postgres/broadcast.ts'
import { brokenSeals } from '../../src/server/store/seals.ts'
import { change } from '../../src/server/store/statement.ts'
import { newborn } from './newborn.ts'

eachDatabase((database) => {
  test('a trail that is taken out whole, head and all, shows in the seal of its day', async () => {
    const tenon = await newborn(database.url)
    for (const subject of ['一', '二', '三'])
      await tenon.run({ type: 'record.create', app: 'desk', form: 'ticket', values: { subject } }, 'boss')
    tenon.clock.advanceTo(tenon.clock.now() + 26 * 3_600_000)
    const late = await tenon.run(
      { type: 'record.create', app: 'desk', form: 'ticket', values: { subject: '四' } },
      'boss',
    )
    tenon.clock.advanceTo(tenon.clock.now() + 26 * 3_600_000)
    await keepHouse(tenon.store, tenon.clock)
    await keepHouse(tenon.store, tenon.clock)
    const seals = await tenon.store.read.selectFrom('audit_seals').select('entries').orderBy('day').execute()
    expect(seals.reduce((sum, seal) => sum + Number(seal.entries), 0)).toBeGreaterThanOrEqual(4)
    expect(await brokenSeals(tenon.store.read)).toEqual([])
    const id = late.ok ? late.value.record!.id : ''
    await tenon.store.transact(async (tx) => {
      for (const table of ['events', 'event_heads']) await change(tx, `DELETE FROM ${table} WHERE record = '${id}'`, [])
      return ok(undefined)
    })
    expect(await brokenSeals(tenon.store.read)).toHaveLength(1)
    await tenon.close()
  })

  test('what one process says, the others hear, and it not itself; on SQLite there are no others', async () => {
    const tenon = await newborn(await database.fresh(), null)
    const failures: unknown[] = []
    const open = () =>
      openBroadcast(
        tenon.store,
        tenon.url,
        (all) => ({ many: all.length }),
        (error) => failures.push(error),
      )
    const [one, other] = [open(), open()]
    const heard: object[] = []
    one.onHeard((message) => heard.push({ one: message }))
    other.onHeard((message) => heard.push({ other: message }))
    await new Promise((resolve) => setTimeout(resolve, 400))
    one.say({ a: 1 })
    await new Promise((resolve) => setTimeout(resolve, 400))
    for (let index = 0; index < 50; index++) one.say({ index })
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(heard).toEqual(database.kind === 'postgres' ? [{ other: { a: 1 } }, { other: { many: 50 } }] : [])
    expect(failures).toEqual([])
    await one.close()
    await other.close()
    await tenon.close()
  })
})
