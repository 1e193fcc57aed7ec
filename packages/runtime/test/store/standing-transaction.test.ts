import { setTimeout as wait } from 'node:timers/promises'
import { ok } from '@tenon/engine'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { connect } from '../../src/server/store/connect.ts'
import { change, run } from '../../src/server/store/statement.ts'
import type { Store } from '../../src/server/store/store.ts'

const takeoverMs = 1000

// On SQLite there is one process.
eachDatabase((database) => {
  const isAlone = database.kind === 'sqlite'
  const write = (store: Store, value: string, then: () => Promise<unknown> = async () => {}) =>
    store.transact(async (tx) => {
      const text =
        "INSERT INTO settings (name, value) VALUES ('held', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
      await change(tx, text, [value])
      await then()
      return ok(undefined)
    })
  const value = async (store: Store) =>
    (await run<{ value: string }>(store.read, "SELECT value FROM settings WHERE name = 'held'", []))[0]?.value

  test.skipIf(isAlone)('a transaction that stands still is ended, and nobody waits for what it held', async () => {
    const [frozen, other] = [await connect(database.url, { takeoverMs }), await connect(database.url, { takeoverMs })]
    await write(other, 'before')
    const standing = write(frozen, 'never', () => wait(4 * takeoverMs)).then(
      () => 'committed',
      () => 'ended',
    )
    await wait(100)
    const begun = performance.now()
    await write(other, 'after')
    expect(performance.now() - begun).toBeLessThan(3 * takeoverMs)
    expect(await standing).toBe('ended')
    expect(await value(other)).toBe('after')
    // The one that stood still goes on with another connection.
    await write(frozen, 'again')
    expect(await value(other)).toBe('again')
    await Promise.all([frozen.close(), other.close()])
  })

  test.skipIf(isAlone)('who only reads may take as long as his reader does', async () => {
    const store = await connect(database.url, { takeoverMs })
    await write(store, 'read')
    const seen = await store.snapshot(async (db) => {
      const before = await run<{ value: string }>(db, "SELECT value FROM settings WHERE name = 'held'", [])
      await wait(2 * takeoverMs)
      return [before, await run<{ value: string }>(db, "SELECT value FROM settings WHERE name = 'held'", [])]
    })
    expect(seen[0]).toEqual(seen[1])
    await store.close()
  })
})
