import type { Id } from '@tenon/engine'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { publishApp } from '../../src/server/commands/app/publish.ts'
import { DatabaseWorld } from '../../src/server/commands/database-world.ts'
import { run } from '../../src/server/store/statement.ts'
import { type Documents, deskFiles, type Newborn, newborn } from '../store/newborn.ts'

const customers = 30

/** An alert for each customer, or each level of customers, with an urgent ticket. */
const withRule =
  (by: object) =>
  (files: Documents): void => {
    files['metrics/urgent.json'] = {
      id: 'urgent',
      kind: 'metric',
      schemaVersion: 1,
      label: 'urgent',
      form: 'ticket',
      measure: { count: true },
      where: { fact: 'record', path: '$.priority', operator: 'equal', value: 'urgent' },
      at: 'created_at',
      doc: 'urgent tickets',
    }
    files['rules/pressed.json'] = {
      id: 'pressed',
      kind: 'rule',
      schemaVersion: 1,
      label: 'pressed',
      form: 'ticket',
      on: { events: ['created', 'changed'] },
      if: { fact: 'metric', operator: 'greaterThan', value: 0, params: { metric: 'urgent', by } },
      then: [
        {
          id: 'raise',
          type: 'alert',
          alert: 'pressed',
          title: 'pressed',
          assignTo: [{ role: 'manager' }],
          dedupe: Object.values(by),
        },
      ],
    }
  }
const byCustomer = { customer: { ref: '$.record.customer' } }

eachDatabase((database) => {
  let tenon: Newborn
  const made: { customer: Id; ticket: Id; version: number }[] = []
  beforeAll(async () => {
    tenon = await newborn(database.url, deskFiles(withRule(byCustomer)))
    for (let n = 0; n < customers; n += 1) {
      const customer = await create('customer', { name: `customer ${n}`, level: 'vip' })
      const ticket = await create('ticket', { subject: `${n}`, customer: customer.id, priority: 'urgent' })
      made.push({ customer: customer.id, ticket: ticket.id, version: ticket.version })
    }
  })
  afterAll(() => tenon.close())

  const create = async (form: string, values: Record<string, string>) => {
    const done = await tenon.run({ type: 'record.create', app: 'desk', form, values }, 'boss')
    if (!done.ok || !done.value.record) throw new Error(JSON.stringify(done))
    return done.value.record
  }
  const calm = async (at: number) => {
    const { ticket: id, version } = made[at] as (typeof made)[number]
    const values = { priority: 'normal' }
    const done = await tenon.run({ type: 'record.update', app: 'desk', form: 'ticket', id, version, values }, 'boss')
    if (!done.ok) throw new Error(JSON.stringify(done))
  }
  const standing = async () =>
    Number(
      (await run<{ n: number }>(tenon.store.read, 'SELECT count(*) AS n FROM alerts WHERE cleared_at IS NULL', []))[0]
        ?.n,
    )
  /** How many alerts a command has read. */
  const alertsRead = async (work: () => Promise<unknown>) => {
    const reads = vi.spyOn(DatabaseWorld.prototype, 'standingAlerts')
    await work()
    const read = await Promise.all(
      reads.mock.results.map(({ value }) => value as ReturnType<DatabaseWorld['standingAlerts']>),
    )
    reads.mockRestore()
    return read.map((alerts) => alerts.length)
  }

  test('a write reads the alerts of the groups it touches, and no other', async () => {
    expect(await standing()).toBe(customers)
    expect(await alertsRead(() => calm(0))).toEqual([1])
    expect(await standing()).toBe(customers - 1)
    const other = await create('customer', { name: 'nobody yet' })
    expect(await alertsRead(() => create('ticket', { subject: 'x', customer: other.id }))).toEqual([0])
    // From one customer to another: both are looked at.
    const { ticket: id, version } = made[1] as (typeof made)[number]
    const values = { customer: made[2]?.customer ?? '' }
    const move = () => tenon.run({ type: 'record.update', app: 'desk', form: 'ticket', id, version, values }, 'boss')
    expect(await alertsRead(move)).toEqual([2])
    expect(await standing()).toBe(customers - 2)
    expect(await run(tenon.store.read, 'SELECT alert FROM alert_groups', [])).toHaveLength(customers - 2)
  })

  test('an alert that was raised by other groups than its rule has now still ends', async () => {
    const byLevel = { 'customer.level': { ref: '$.record.customer.level' } }
    const published = await publishApp(
      tenon,
      { kind: 'system', reason: 'test' },
      {
        app: 'desk',
        files: deskFiles(withRule(byLevel)),
        confirm: 'all',
        note: 'test',
      },
    )
    expect(published).toMatchObject({ ok: true, value: { changed: true } })
    await tenon.memory.fresh()
    await calm(5)
    const [ended] = await run<{ n: number }>(
      tenon.store.read,
      `SELECT count(*) AS n FROM alerts WHERE record = '${made[5]?.ticket}' AND cleared_at IS NOT NULL`,
      [],
    )
    expect(Number(ended?.n)).toBe(1)
  })
})
