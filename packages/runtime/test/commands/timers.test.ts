import { type Command, ok } from '@tenon/engine'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { createExecutor } from '../../src/server/commands/execute.ts'
import { openOutbox } from '../../src/server/outbox/open.ts'
import { lanesOf, startTimers } from '../../src/server/outbox/timers.ts'
import { connect } from '../../src/server/store/connect.ts'
import { faults } from '../../src/server/store/faults.ts'
import { LiveMemory } from '../../src/server/store/live-memory.ts'
import { newId } from '../../src/server/store/new-id.ts'
import { dueTimers } from '../../src/server/store/rows/timers.ts'
import { run } from '../../src/server/store/statement.ts'
import { type Newborn, newborn } from '../store/newborn.ts'

const minute = 60_000

eachDatabase((database) => {
  let tenon: Newborn
  beforeAll(async () => {
    tenon = await newborn(database.url)
  })
  afterAll(() => tenon.close())

  const started = async (subject: string) => {
    const made = await tenon.run(
      { type: 'record.create', app: 'desk', form: 'ticket', values: { subject: `flow ${subject}` } },
      'boss',
    )
    if (!made.ok) throw new Error(JSON.stringify(made.error))
    return made.value.record!.id
  }
  const breaches = (id: string) =>
    run(tenon.store.read, `SELECT type FROM events WHERE record = '${id}' AND type = 'clock.breached'`, [])

  test('a limit is armed with its task, breaches when it is due and not before, once, however many look', async () => {
    const ids = [await started('one'), await started('two'), await started('three')]
    expect(await run(tenon.store.read, "SELECT key FROM timers WHERE key LIKE 'clock/%'", [])).toHaveLength(6)
    const others = await Promise.all(
      [1, 2].map(async () => {
        const store = await connect(database.url)
        const outbox = await openOutbox(store, database.url, tenon.clock)
        return {
          store,
          outbox,
          executor: createExecutor({ store, memory: new LiveMemory(store), clock: tenon.clock, outbox }),
        }
      }),
    )
    const failures: unknown[] = []
    const pollers = [tenon, ...others].map(({ store, executor }) =>
      startTimers({ store, executor, clock: tenon.clock, report: (error) => failures.push(error) }),
    )
    tenon.clock.advanceTo(tenon.clock.now() + 14 * minute)
    await Promise.all(pollers.map((one) => one.fireDue()))
    for (const id of ids) expect(await breaches(id)).toEqual([])
    tenon.clock.advanceTo(tenon.clock.now() + 2 * minute)
    await Promise.all(pollers.map((one) => one.fireDue()))
    for (const id of ids) expect(await breaches(id)).toHaveLength(1)
    expect(failures).toEqual([])
    const [bell] = await run<{ n: number }>(
      tenon.store.read,
      "SELECT count(*) AS n FROM notifications AS n JOIN users AS u ON u.id = n.user_id WHERE u.username = 'boss'",
      [],
    )
    expect(Number(bell?.n)).toBeGreaterThanOrEqual(3)
    await Promise.all(pollers.map((one) => one.stop()))
    for (const { outbox, store } of others) {
      await outbox.close()
      await store.close()
    }
  })

  // On SQLite there is one process.
  test.skipIf(database.kind === 'sqlite')(
    'two processes that both hold the same timers, each in one transaction and in opposite order: each acts once',
    async () => {
      const ids = await Promise.all(Array.from({ length: 12 }, (_, at) => started(`both ${at}`)))
      tenon.clock.advanceTo(tenon.clock.now() + 20 * minute)
      const due = await dueTimers(tenon.store.read, tenon.clock.now(), 200)
      expect(due.length).toBeGreaterThanOrEqual(ids.length)
      const commands = due.map(
        ({ key, payload, dueAt }): Command => ({
          command: newId(),
          principal: { kind: 'system', reason: 'timer' },
          source: 'timer',
          type: 'timer.fire',
          key,
          payload,
          dueAt,
        }),
      )
      const store = await connect(database.url)
      const outbox = await openOutbox(store, database.url, tenon.clock)
      const other = createExecutor({ store, memory: new LiveMemory(store), clock: tenon.clock, outbox })
      const leaveOut = ({ code }: { code: string }) => (code === 'timer.notArmed' ? 'skip' : 'stop')
      const both = await Promise.all([
        tenon.executor.executeBatch(commands, leaveOut),
        other.executeBatch(commands.toReversed(), leaveOut),
      ])
      expect(both.map((one) => (one.ok ? one.value.done : 0)).reduce((sum, n) => sum + n)).toBe(due.length)
      for (const id of ids) expect(await breaches(id)).toHaveLength(1)
      await outbox.close()
      await store.close()
    },
  )

  test('the timers of a record never wait for each other, in whatever order they are due: nothing is tried again', async () => {
    const ids = await Promise.all(Array.from({ length: 100 }, (_, at) => started(`lane ${at}`)))
    const keys = await run<{ key: string }>(
      tenon.store.read,
      "SELECT key FROM timers WHERE key LIKE 'clock/%/up' ORDER BY key DESC",
      [],
    )
    expect(keys.length).toBeGreaterThanOrEqual(ids.length)
    await tenon.store.transact(async (tx) => {
      for (const [at, { key }] of keys.entries())
        await tx
          .updateTable('timers')
          .set((set) => ({ due_at: set('due_at', '+', at + 1) }))
          .where('key', '=', key)
          .execute()
      return ok(undefined)
    })
    let [begun, done] = [0, 0]
    const store: typeof tenon.store = {
      ...tenon.store,
      transact: async (work) => {
        const answer = await tenon.store.transact((tx) => {
          begun += 1
          return work(tx)
        })
        done += 1
        return answer
      },
    }
    const { memory, outbox, clock } = tenon
    const executor = createExecutor({ store, memory, clock, outbox })
    const failures: unknown[] = []
    const timers = startTimers({ store, executor, clock, report: (error) => failures.push(error) })
    clock.advanceTo(clock.now() + 20 * minute)
    await timers.fireDue()
    await timers.stop()
    for (const id of ids) expect(await breaches(id)).toHaveLength(1)
    expect(failures).toEqual([])
    expect(begun).toBe(done)
  })

  test('lanes are about as long as each other, and each holds the timers of a record in their order', () => {
    const timers = Array.from({ length: 200 }, (_, at) => ({ at, record: `${(at * 7) % 23}` }))
    const lanes = lanesOf(timers, ({ record }) => record, 4)
    expect(lanes.flat().toSorted((one, other) => one.at - other.at)).toEqual(timers)
    for (const lane of lanes) {
      expect(lane.map(({ at }) => at)).toEqual(lane.map(({ at }) => at).toSorted((one, other) => one - other))
      expect(Math.abs(lane.length - 50)).toBeLessThan(12)
    }
    for (const { record } of timers)
      expect(lanes.filter((lane) => lane.some((one) => one.record === record))).toHaveLength(1)
    expect(lanesOf(timers, () => 'one', 4).map(({ length }) => length)).toEqual([200, 0, 0, 0])
  })

  test('a timer that fails keeps its row, holds up no other, and acts once it can', async () => {
    const [bad, good] = [await started('bad'), await started('good')]
    // On PostgreSQL what is due for a record is first tried together; the third time one is alone.
    let failures = database.kind === 'sqlite' ? 1 : 3
    faults.set((point) => {
      if (point !== 'after-events' || failures === 0) return
      failures -= 1
      throw new Error('for now')
    })
    tenon.clock.advanceTo(tenon.clock.now() + 20 * minute)
    const reported: string[] = []
    const timers = startTimers({
      store: tenon.store,
      executor: tenon.executor,
      clock: tenon.clock,
      report: (_error, timer) => reported.push(timer.key),
    })
    await timers.fireDue()
    faults.set(undefined)
    expect(reported.length).toBeGreaterThanOrEqual(1)
    expect((await breaches(bad)).length + (await breaches(good)).length).toBeGreaterThanOrEqual(
      database.kind === 'sqlite' ? 0 : 1,
    )
    tenon.clock.advanceTo(tenon.clock.now() + minute)
    await timers.fireDue()
    expect([await breaches(bad), await breaches(good)].map((one) => one.length)).toEqual([1, 1])
    await timers.stop()
  })

  test('a clock that jumps an hour ahead and back again: each limit breaches once, none before its moment', async () => {
    let ahead = 0
    const begun = tenon.clock.now()
    const jumping = { now: () => tenon.clock.now() + ahead }
    const store = await connect(database.url)
    const outbox = await openOutbox(store, database.url, jumping)
    const executor = createExecutor({ store, memory: new LiveMemory(store), clock: jumping, outbox })
    const timers = startTimers({ store, executor, clock: jumping, report: () => {} })
    const before = [await started('jump one'), await started('jump two')]
    ahead = -60 * minute
    await timers.fireDue()
    for (const id of before) expect(await breaches(id)).toEqual([])
    ahead = 60 * minute
    await timers.fireDue()
    for (const id of before) expect(await breaches(id)).toHaveLength(1)
    ahead = 0
    const after = await started('jump three')
    await timers.fireDue()
    tenon.clock.advanceTo(begun + 70 * minute)
    await timers.fireDue()
    for (const id of [...before, after]) expect(await breaches(id)).toHaveLength(1)
    await timers.stop()
    await outbox.close()
    await store.close()
  })

  test('a timer in four hundred days waits as a row and fires then', async () => {
    await tenon.store.transact(async (tx) => {
      await tx.deleteFrom('timers').execute()
      return ok(undefined)
    })
    const id = await started('long')
    const [timer] = await run<{ key: string }>(tenon.store.read, 'SELECT key FROM timers', [])
    const due = tenon.clock.now() + 400 * 24 * 60 * minute
    await tenon.store.transact(async (tx) => {
      await tx.updateTable('timers').set({ due_at: due }).where('key', '=', timer!.key).execute()
      return ok(undefined)
    })
    const timers = startTimers({ store: tenon.store, executor: tenon.executor, clock: tenon.clock, report: () => {} })
    expect(await timers.fireDue()).toBe(0)
    tenon.clock.advanceTo(due + 1000)
    await timers.fireDue()
    expect(await run(tenon.store.read, `SELECT key FROM timers WHERE key = '${timer!.key}'`, [])).toEqual([])
    expect(await breaches(id)).toHaveLength(1)
    await timers.stop()
  })
})
