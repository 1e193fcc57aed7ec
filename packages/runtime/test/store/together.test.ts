import { fail, ok, type Result } from '@tenon/engine'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { connect } from '../../src/server/store/connect.ts'
import { placeholder, run } from '../../src/server/store/statement.ts'
import type { Store } from '../../src/server/store/store.ts'

type Way = 'commits' | 'refuses' | 'refuses unwritten' | 'throws' | 'breaks a constraint'

/** Writes its name and ends as it is told to. */
const transaction = (store: Store, name: string, way: Way): Promise<Result<unknown, unknown>> =>
  store.transact(async (tx) => {
    if (way === 'refuses unwritten') return fail(name)
    const values = `(${placeholder(store.kind, 1)}, 'written')`
    await run(tx, `INSERT INTO settings (name, value) VALUES ${values}`, [name])
    if (way === 'breaks a constraint') await run(tx, `INSERT INTO settings (name, value) VALUES ${values}`, [name])
    if (way === 'throws') throw new Error(name)
    return way === 'refuses' ? fail(name) : ok(name)
  })

const ways: readonly Way[] = ['commits', 'commits', 'refuses', 'commits', 'throws', 'refuses unwritten', 'commits']
const orders: readonly (readonly Way[])[] = [
  ways,
  [...ways].reverse(),
  ['throws', 'refuses', 'breaks a constraint'],
  ['breaks a constraint', 'commits'],
  [...ways, ...ways, ...ways, 'breaks a constraint', ...ways],
]

eachDatabase((database) => {
  test('of transactions given at the same moment each comes to its own end', async () => {
    const store = await connect(database.url)
    for (const [round, order] of orders.entries()) {
      const nameOf = (at: number) => `round ${round} ${String(at).padStart(3, '0')}`
      const settled = await Promise.allSettled(order.map((way, at) => transaction(store, nameOf(at), way)))
      const rows = await run<{ name: string }>(
        store.read,
        `SELECT name FROM settings WHERE name LIKE 'round ${round} %' ORDER BY name`,
        [],
      )
      expect(rows.map(({ name }) => name)).toEqual(order.flatMap((way, at) => (way === 'commits' ? [nameOf(at)] : [])))
      for (const [at, one] of settled.entries()) {
        const way = order[at]
        if (way === 'commits') expect(one).toMatchObject({ status: 'fulfilled', value: ok(nameOf(at)) })
        else if (way === 'throws' || way === 'breaks a constraint') expect(one).toMatchObject({ status: 'rejected' })
        else expect(one).toMatchObject({ status: 'fulfilled', value: fail(nameOf(at)) })
      }
    }
    await store.close()
  })
})
