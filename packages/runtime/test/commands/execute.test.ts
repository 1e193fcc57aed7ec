import { type CommandBody, ok, type Principal } from '@tenon/engine'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { createExecutor } from '../../src/server/commands/execute.ts'
import { openOutbox } from '../../src/server/outbox/open.ts'
import { connect } from '../../src/server/store/connect.ts'
import type { Tx } from '../../src/server/store/database.ts'
import { type FaultPoint, faults } from '../../src/server/store/faults.ts'
import { LiveMemory } from '../../src/server/store/live-memory.ts'
import { newId } from '../../src/server/store/new-id.ts'
import { bumpRevision } from '../../src/server/store/revisions.ts'
import { verifyTrail } from '../../src/server/store/rows/events.ts'
import { change, run, together } from '../../src/server/store/statement.ts'
import { type Newborn, newborn } from '../store/newborn.ts'

eachDatabase((database) => {
  let tenon: Newborn
  beforeAll(async () => {
    tenon = await newborn(database.url)
  })
  afterAll(() => tenon.close())
  afterEach(() => faults.set(undefined))

  const ticket = async (subject: string, by = 'li') => {
    const made = await tenon.run({ type: 'record.create', app: 'desk', form: 'ticket', values: { subject } }, by)
    if (!made.ok) throw new Error(JSON.stringify(made.error))
    return made.value.record!
  }
  const count = async (table: string) =>
    Number((await run<{ n: number }>(tenon.store.read, `SELECT count(*) AS n FROM ${table}`, []))[0]?.n)
  const command = (body: CommandBody, principal: Principal = tenon.person('li')) => ({
    command: newId(),
    principal,
    source: 'api' as const,
    ...body,
  })
  const counts = async () => {
    const tables = [
      'r_desk_ticket',
      'r_desk_customer',
      'events',
      'event_heads',
      'instances',
      'tasks',
      'clocks',
      'timers',
      'notifications',
      'search_rows',
      'serials',
      'idempotency',
    ]
    return Object.fromEntries(await Promise.all(tables.map(async (table) => [table, await count(table)] as const)))
  }

  test('of statements given together nothing stays when one fails, however late the others come', async () => {
    const before = await counts()
    const serial = (tx: Tx, form: string) =>
      change(tx, `INSERT INTO serials (app, form, field, period, value) VALUES ('x', '${form}', 'f', 'p', 1)`, [])
    const late = async (tx: Tx) => {
      await serial(tx, 'one')
      await serial(tx, 'two')
      await serial(tx, 'three')
    }
    const failed = tenon.store.transact(async (tx) => {
      await together([late(tx), change(tx, 'INSERT INTO serials (app) VALUES (NULL)', [])])
      return ok(undefined)
    })
    await expect(failed).rejects.toThrow(/null/i)
    expect(await counts()).toEqual(before)
    // The connection is as good as before.
    expect(await tenon.store.transact(async (tx) => ok(await serial(tx, 'four')))).toEqual(ok(1))
    await tenon.store.transact(async (tx) => ok(await change(tx, "DELETE FROM serials WHERE app = 'x'", [])))
  })

  test('the same intention acts once and gets the first answer again; with another body it is refused', async () => {
    const intention = { key: 'k1', route: 'POST /records', bodyHash: 'a' }
    const body: CommandBody = { type: 'record.create', app: 'desk', form: 'ticket', values: { subject: 'once' } }
    const first = await tenon.executor.execute(command(body), intention)
    const again = await tenon.executor.execute(command(body), intention)
    if (!first.ok || !again.ok) throw new Error('refused')
    expect(again.value.record).toEqual(first.value.record)
    expect(await tenon.executor.execute(command(body), { ...intention, bodyHash: 'b' })).toMatchObject({
      ok: false,
      error: { code: 'idempotency.reused' },
    })
    expect(await run(tenon.store.read, "SELECT count(*) AS n FROM r_desk_ticket WHERE f_subject = 'once'", [])).toEqual(
      [{ n: 1 }],
    )
    const other = await tenon.executor.execute(command(body, tenon.person('wang')), intention)
    expect(other.ok && other.value.record?.id).not.toBe(first.value.record?.id)
  })

  test('sixteen of the same at once make one record; those in its way are told to wait', async () => {
    const intention = { key: 'k2', route: 'POST /records', bodyHash: 'a' }
    const body: CommandBody = { type: 'record.create', app: 'desk', form: 'ticket', values: { subject: 'sixteen' } }
    const results = await Promise.all(
      Array.from({ length: 16 }, () => tenon.executor.execute(command(body), intention)),
    )
    expect(
      await run(tenon.store.read, "SELECT count(*) AS n FROM r_desk_ticket WHERE f_subject = 'sixteen'", []),
    ).toEqual([{ n: 1 }])
    for (const one of results) if (!one.ok) expect(one.error.code).toBe('idempotency.inFlight')
    expect(results.some((one) => one.ok)).toBe(true)
  })

  test('a refusal undoes only its own command, whoever shares the commit', async () => {
    const bodies = Array.from(
      { length: 40 },
      (_, index): CommandBody => ({
        type: 'record.create',
        app: 'desk',
        form: 'ticket',
        values: index % 4 === 0 ? {} : { subject: `group ${index}` },
      }),
    )
    const results = await Promise.all(bodies.map((body) => tenon.executor.execute(command(body))))
    expect(results.map((one) => one.ok)).toEqual(results.map((_, index) => index % 4 !== 0))
    expect(
      await run(tenon.store.read, "SELECT count(*) AS n FROM r_desk_ticket WHERE f_subject LIKE 'group %'", []),
    ).toEqual([{ n: 30 }])
    const numbers = results.flatMap((one) => (one.ok ? [one.value.record!.data.number as string] : []))
    expect(new Set(numbers).size).toBe(30)
  })

  test('of eight who change the same version one succeeds', async () => {
    const { id } = await ticket('race')
    for (let round = 1; round <= 10; round++) {
      const results = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          tenon.run(
            {
              type: 'record.update',
              app: 'desk',
              form: 'ticket',
              id,
              version: round,
              values: { subject: `race ${round}.${index}` },
            },
            'boss',
          ),
        ),
      )
      expect(results.filter((one) => one.ok)).toHaveLength(1)
      for (const one of results) if (!one.ok) expect(one.error.code).toBe('version.conflict')
    }
    expect(await verifyTrail(tenon.store.read, { app: 'desk', form: 'ticket', id })).toEqual([])
  })

  test('a task is completed once however many try', async () => {
    const { id } = await ticket('flow task')
    const [task] = await run<{ id: string }>(tenon.store.read, `SELECT id FROM tasks WHERE record = '${id}'`, [])
    const claimed = await Promise.all(['li', 'wang'].map((by) => tenon.run({ type: 'task.claim', task: task!.id }, by)))
    expect(claimed.filter((one) => one.ok)).toHaveLength(1)
    const owner = claimed[0]!.ok ? 'li' : 'wang'
    const results = await Promise.all(
      Array.from({ length: 8 }, () =>
        tenon.run({ type: 'task.complete', task: task!.id, outcome: 'solved', values: { hours: '2.0' } }, owner),
      ),
    )
    expect(results.filter((one) => one.ok)).toHaveLength(1)
    for (const one of results) if (!one.ok) expect(one.error.code).toBe('task.done')
    expect(
      await run(
        tenon.store.read,
        `SELECT f_stage AS stage, f_hours AS hours FROM r_desk_ticket WHERE id = '${id}'`,
        [],
      ),
    ).toEqual([{ stage: 'done', hours: 20 }])
    expect(await run(tenon.store.read, `SELECT status FROM instances WHERE record = '${id}'`, [])).toEqual([
      { status: 'completed' },
    ])
    expect(await run(tenon.store.read, `SELECT key FROM timers WHERE key LIKE '%${task!.id}%'`, [])).toEqual([])
    expect(await verifyTrail(tenon.store.read, { app: 'desk', form: 'ticket', id })).toEqual([])
  })

  test('a failure at any point leaves nothing behind', async () => {
    const points: FaultPoint[] = [
      'command-begun',
      'after-decide',
      'after-records',
      'after-events',
      'after-work',
      'before-commit',
    ]
    for (const point of points) {
      const before = await counts()
      faults.set((at) => {
        if (at === point) throw new Error(`fault at ${point}`)
      })
      await expect(
        tenon.executor.execute(
          command({ type: 'record.create', app: 'desk', form: 'ticket', values: { subject: 'flow fault' } }),
          { key: point, route: 'r', bodyHash: 'a' },
        ),
      ).rejects.toThrow()
      faults.set(undefined)
      expect(await counts(), point).toEqual(before)
    }
  })

  test('an entry that is taken out, changed or cut off shows', async () => {
    const { id } = await ticket('chain')
    for (const body of ['a', 'b', 'c'])
      await tenon.run({ type: 'record.comment', app: 'desk', form: 'ticket', id, body, visibility: 'internal' }, 'boss')
    const ref = { app: 'desk', form: 'ticket', id }
    expect(await verifyTrail(tenon.store.read, ref)).toEqual([])
    const spoil = async (sql: string, undo: string) => {
      await tenon.store.transact(async (tx) => ok(await run(tx, sql, [])))
      const breaks = await verifyTrail(tenon.store.read, ref)
      if (undo) await tenon.store.transact(async (tx) => ok(await run(tx, undo, [])))
      return breaks.map((one) => one.what)
    }
    expect(await spoil(`UPDATE events SET actor = 'x' WHERE record = '${id}' AND seq = 2`, '')).toContain('changed')
    expect(await spoil(`DELETE FROM events WHERE record = '${id}' AND seq = 3`, '')).toContain('gap')
    expect(await spoil(`DELETE FROM events WHERE record = '${id}' AND seq = 4`, '')).toContain('cut')
  })

  test('a person who was switched off meanwhile is refused by the command itself', async () => {
    const { id } = await ticket('entitled')
    const stale = tenon.person('wang')
    const switchOff = (active: number) =>
      tenon.store.transact(async (tx) => {
        await tx.updateTable('users').set({ active }).where('username', '=', 'wang').execute()
        await bumpRevision(tx, 'directory')
        return ok(undefined)
      })
    await switchOff(0)
    expect(
      await tenon.executor.execute(
        command({ type: 'record.update', app: 'desk', form: 'ticket', id, values: { subject: 'no' } }, stale),
      ),
    ).toMatchObject({ ok: false, error: { code: 'access.denied' } })
    await switchOff(1)
    expect(
      (
        await tenon.executor.execute(
          command({ type: 'record.update', app: 'desk', form: 'ticket', id, values: { subject: 'yes' } }, stale),
        )
      ).ok,
    ).toBe(true)
  })

  test('a record others link to cannot be deleted', async () => {
    const customer = await tenon.run(
      { type: 'record.create', app: 'desk', form: 'customer', values: { name: '有单客户' } },
      'boss',
    )
    if (!customer.ok) throw new Error('no customer')
    const id = customer.value.record!.id
    await tenon.run(
      { type: 'record.create', app: 'desk', form: 'ticket', values: { subject: 'linked', customer: id } },
      'boss',
    )
    expect(await tenon.run({ type: 'record.delete', app: 'desk', form: 'customer', id }, 'boss')).toMatchObject({
      ok: false,
      error: { code: 'record.referenced' },
    })
  })

  test('two who create the same unique value at once: one is told that it is taken', async () => {
    for (let round = 0; round < 10; round++) {
      const results = await Promise.all(
        Array.from({ length: 4 }, () =>
          tenon.run(
            { type: 'record.create', app: 'desk', form: 'customer', values: { name: `同名 ${round}` } },
            'boss',
          ),
        ),
      )
      expect(results.filter((one) => one.ok)).toHaveLength(1)
      for (const one of results)
        if (!one.ok)
          expect(one.error).toMatchObject({
            code: 'record.invalid',
            problems: [{ code: 'field.duplicate', path: '/name' }],
          })
    }
  })

  test('listeners hear of a commit after it and of a refusal never', async () => {
    const heard: string[] = []
    const stop = tenon.executor.onCommitted(({ records }) => heard.push(...records.map((one) => one.id)))
    const { id } = await ticket('heard')
    await tenon.run({ type: 'record.create', app: 'desk', form: 'ticket', values: {} }, 'li')
    stop()
    await ticket('not heard')
    expect(heard).toEqual([id])
  })

  test('a second process sees a change of people and of definitions with its next command', async () => {
    const store = await connect(database.url)
    const memory = new LiveMemory(store)
    const outbox = await openOutbox(store, database.url, tenon.clock)
    const executor = createExecutor({ store, memory, clock: tenon.clock, outbox })
    const { id } = await ticket('two processes')
    const done = await executor.execute(
      command({
        type: 'record.comment',
        app: 'desk',
        form: 'ticket',
        id,
        body: 'from the other one',
        visibility: 'internal',
      }),
    )
    expect(done.ok).toBe(true)
    await outbox.close()
    await store.close()
  })
})
