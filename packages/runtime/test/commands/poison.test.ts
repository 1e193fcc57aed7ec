import { ok } from '@tenon/engine'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { Executor } from '../../src/server/commands/execute.ts'
import { performing } from '../../src/server/doors/performing.ts'
import { dropWork, retryWork, stuckWork } from '../../src/server/doors/stuck-work.ts'
import { startTimers, type Timers } from '../../src/server/outbox/timers.ts'
import { change, run } from '../../src/server/store/statement.ts'
import { deskFiles, type Newborn, newborn } from '../store/newborn.ts'

const minute = 60_000
const hour = 60 * minute

eachDatabase((database) => {
  let tenon: Newborn
  const running: Timers[] = []
  beforeAll(async () => {
    tenon = await newborn(
      database.url,
      deskFiles((all) => {
        all['flows/calls.json'] = {
          ...all['flows/handling.json'],
          id: 'calls',
          start: [{ on: 'created', when: { fact: 'record', path: '$.subject', operator: 'equal', value: 'calls' } }],
          nodes: [
            { id: 'begin', type: 'startEvent' },
            { id: 'work', type: 'callActivity', flow: 'visit', record: { ref: '$.record.customer' } },
            { id: 'end', type: 'endEvent' },
          ],
        }
        all['flows/visit.json'] = {
          ...all['flows/calls.json'],
          id: 'visit',
          form: 'customer',
          start: [{ on: 'manual' }],
          nodes: [
            { id: 'begin', type: 'startEvent' },
            { id: 'work', type: 'intermediateCatchEvent', on: { timer: 'PT1H' } },
            { id: 'end', type: 'endEvent' },
          ],
        }
      }),
    )
  })
  afterEach(async () => {
    for (const timers of running.splice(0)) await timers.stop()
    await tenon.store.transact(async (tx) => ok(await tx.deleteFrom('timers').execute()))
  })
  afterAll(() => tenon.close())

  const poll = (executor: Executor = tenon.executor) => {
    const timers = startTimers({ store: tenon.store, clock: tenon.clock, executor, report: () => {} })
    running.push(timers)
    return timers
  }
  /** A process that meets its end, or an error, at every timer the function names. */
  const failing = (fails: (key: string) => boolean, end: () => Promise<never>): Executor => ({
    ...tenon.executor,
    execute: (command, intention) =>
      command.type === 'timer.fire' && fails(command.key) ? end() : tenon.executor.execute(command, intention),
    executeBatch: (commands, onRefusal, also) =>
      commands.some((one) => one.type === 'timer.fire' && fails(one.key))
        ? end()
        : tenon.executor.executeBatch(commands, onRefusal, also),
  })
  const limits = async (count: number): Promise<readonly string[]> => {
    for (let at = 0; at < count; at += 1)
      await tenon.run({ type: 'record.create', app: 'desk', form: 'ticket', values: { subject: `flow ${at}` } }, 'boss')
    const rows = await run<{ key: string }>(
      tenon.store.read,
      "SELECT key FROM timers WHERE key LIKE 'clock/%' ORDER BY key",
      [],
    )
    return rows.map((row) => row.key)
  }
  const left = async () =>
    (await run<{ key: string }>(tenon.store.read, 'SELECT key FROM timers', [])).map((row) => row.key)
  const later = (ms: number) => tenon.clock.advanceTo(tenon.clock.now() + ms)
  const stuck = () =>
    stuckWork(tenon.store.read, tenon.outbox).then((rows) => rows.filter((row) => row.type !== 'mail.send'))
  const retry = (key: string, by = 'boss') =>
    retryWork({ ...tenon, perform: performing(tenon.executor, tenon.store, tenon.memory) }, tenon.person(by), key)

  const drop = (key: string, by = 'boss') =>
    dropWork({ ...tenon, perform: performing(tenon.executor, tenon.store, tenon.memory) }, tenon.person(by), key)

  test('a timer that always fails holds up no other, is counted, dies after ten tries, and acts once somebody has seen to it', async () => {
    const [poison = '', ...others] = await limits(6)
    const timers = poll(
      failing(
        (key) => key === poison,
        () => Promise.reject(new Error('it cannot be')),
      ),
    )
    later(20 * minute)
    await timers.fireDue()
    expect(others.length).toBeGreaterThan(5)
    expect(await left()).toEqual([poison])
    expect(await stuck()).toMatchObject([
      { key: poison, type: 'timer.clock', state: 'backoff', attempts: 1, lastError: 'it cannot be' },
    ])
    for (let round = 0; round < 12; round += 1) {
      later(hour)
      await timers.fireDue()
    }
    expect(await stuck()).toMatchObject([
      { key: poison, state: 'dead', attempts: 10, nextAt: null, lastError: 'it cannot be' },
    ])
    await timers.stop()

    await retry(poison)
    await poll().fireDue()
    expect([await left(), await stuck()]).toEqual([[], []])
    await expect(retry(poison)).rejects.toThrow()
  })

  test('a timer that ends every process that tries it is set aside after four, and the others have acted', async () => {
    const [poison = '', ...others] = await limits(5)
    later(20 * minute)
    const asleep: (() => void)[] = []
    const zombies: Timers[] = []
    for (let life = 0; life < 6; life += 1) {
      // What a killed process leaves behind: the try was counted, and nobody said how it went.
      const dying = new Promise<never>((_, reject) => asleep.push(() => reject(new Error('long dead'))))
      dying.catch(() => {})
      let reached = () => {}
      const end = new Promise<void>((resolve) => (reached = resolve))
      const timers = poll(
        failing(
          (key) => key === poison,
          () => {
            reached()
            return dying
          },
        ),
      )
      const fired = timers.fireDue()
      await Promise.race([end, fired])
      zombies.push(...running.splice(0))
      later(10_000)
    }
    const survivor = poll()
    await survivor.fireDue()
    expect(await left()).toEqual([poison])
    expect(await stuck()).toMatchObject([{ key: poison, state: 'dead', attempts: 4, lastError: null }])
    expect(others.length).toBeGreaterThan(4)
    await retry(poison)
    await survivor.fireDue()
    expect(await left()).toEqual([])
    for (const wake of asleep) wake()
    await Promise.all(zombies.map((zombie) => zombie.stop()))
  })

  test('a flow that is stuck is listed with the reason and goes on when it is tried again', async () => {
    const made = await tenon.run({ type: 'record.create', app: 'desk', form: 'ticket', values: { subject: 'calls' } })
    const id = made.ok ? made.value.record!.id : ''
    const [row] = await stuck()
    expect(row).toMatchObject({ type: 'flow', state: 'dead', lastError: 'calls/work: flow.noRecord' })
    const customer = await tenon.run({ type: 'record.create', app: 'desk', form: 'customer', values: { name: 'acme' } })
    const values = { customer: customer.ok ? customer.value.record!.id : '' }
    await tenon.run({ type: 'record.update', app: 'desk', form: 'ticket', id, values })
    await expect(retry(row?.key ?? '', 'li')).rejects.toMatchObject({ code: 'access.denied' })
    await retry(row?.key ?? '')
    expect(await stuck()).toEqual([])
    const timers = poll()
    await timers.fireDue()
    later(2 * hour)
    await timers.fireDue()
    expect(await run(tenon.store.read, `SELECT status FROM instances WHERE record = '${id}'`, [])).toEqual([
      { status: 'completed' },
    ])
  })

  test('what is dead can be given up, and only that: a timer is gone, a stuck flow is cancelled with its tasks and timers', async () => {
    const [timer = '', other = ''] = await limits(2)
    const dead = "UPDATE timers SET attempts = 10, last_error = 'it cannot be', not_before = 0 WHERE key = "
    await tenon.store.transact(async (tx) => ok(await change(tx, `${dead}'${timer}'`, [])))
    await expect(drop(other)).rejects.toMatchObject({ code: 'record.notFound' })
    await drop(timer)
    await expect(drop(timer)).rejects.toMatchObject({ code: 'record.notFound' })
    expect([(await left()).includes(timer), (await left()).includes(other)]).toEqual([false, true])

    const made = await tenon.run({ type: 'record.create', app: 'desk', form: 'ticket', values: { subject: 'calls' } })
    const id = made.ok ? made.value.record!.id : ''
    const [row] = await stuck()
    await expect(drop(row?.key ?? '', 'li')).rejects.toMatchObject({ code: 'access.denied' })
    await drop(row?.key ?? '')
    expect(await stuck()).toEqual([])
    await expect(drop(row?.key ?? '')).rejects.toMatchObject({ code: 'record.notFound' })
    expect(await run(tenon.store.read, `SELECT status FROM instances WHERE record = '${id}'`, [])).toEqual([
      { status: 'cancelled' },
    ])
    const trail = await run<{ type: string; actor: string }>(
      tenon.store.read,
      `SELECT type, actor FROM events WHERE record = '${id}' AND type = 'flow.cancelled'`,
      [],
    )
    expect(trail).toMatchObject([{ actor: tenon.directory().byUsername('boss')?.id }])
    const audit = await run<{ type: string; record: string }>(
      tenon.store.read,
      "SELECT type, record FROM events WHERE type = 'effect.dropped'",
      [],
    )
    expect(audit).toMatchObject([{ record: timer }])
  })
})
