import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { keepHouse } from '../../src/server/outbox/housekeeping.ts'
import { startTimers, type Timers } from '../../src/server/outbox/timers.ts'
import { run } from '../../src/server/store/statement.ts'
import { type Documents, deskFiles, type Newborn, newborn } from '../store/newborn.ts'

const day = 86_400_000

type Node = { readonly id: string; readonly type: string; readonly [property: string]: unknown }
const begin: Node = { id: 'begin', type: 'startEvent' }
const end: Node = { id: 'end', type: 'endEvent' }
const work = (more: object = {}): Node => ({
  id: 'work',
  type: 'userTask',
  label: '处理',
  assign: [{ role: 'agent' }],
  ...more,
})

/** A flow for tickets whose subject is its id; the nodes one after the other. */
function line(files: Documents, id: string, form: string, nodes: readonly Node[], start: object): void {
  const all = [begin, ...nodes, end]
  files[`flows/${id}.json`] = {
    id,
    kind: 'flow',
    schemaVersion: 1,
    form,
    label: id,
    start: [start],
    nodes: all,
    edges: all.slice(1).map((node, at) => ({ id: `e${at}`, from: all[at]?.id, to: node.id })),
  }
}
const on = (id: string) => ({
  on: 'created',
  when: { fact: 'record', path: '$.subject', operator: 'equal', value: id },
})
const files = deskFiles((all) => {
  line(
    all,
    'reply',
    'ticket',
    [{ id: 'wait', type: 'intermediateCatchEvent', on: { message: 'reply', key: { ref: '$.record.subject' } } }],
    on('reply'),
  )
  line(all, 'bench', 'ticket', [work({ mutex: { name: 'bench', key: 'one' } })], on('bench'))
  line(
    all,
    'calls',
    'ticket',
    [{ id: 'call', type: 'callActivity', flow: 'visit', record: { ref: '$.record.customer' } }],
    on('calls'),
  )
  line(all, 'visit', 'customer', [{ id: 'seen', type: 'intermediateCatchEvent', on: { message: 'seen' } }], {
    on: 'manual',
  })
  line(
    all,
    'rings',
    'ticket',
    [{ id: 'ring', type: 'intermediateThrowEvent', throws: { signal: 'bell' } }],
    on('rings'),
  )
  line(all, 'hears', 'ticket', [{ id: 'hear', type: 'intermediateCatchEvent', on: { signal: 'bell' } }], on('hears'))
  line(all, 'month', 'ticket', [{ id: 'wait', type: 'intermediateCatchEvent', on: { timer: 'P25D' } }], on('month'))
  line(all, 'year', 'ticket', [{ id: 'wait', type: 'intermediateCatchEvent', on: { timer: 'P400D' } }], on('year'))
})

eachDatabase((database) => {
  let tenon: Newborn
  let timers: Timers
  const failures: unknown[] = []
  beforeAll(async () => {
    tenon = await newborn(database.url, files)
    timers = startTimers({
      store: tenon.store,
      executor: tenon.executor,
      clock: tenon.clock,
      report: (error) => failures.push(error),
    })
  })
  afterAll(async () => {
    await timers.stop()
    await tenon.close()
    expect(failures).toEqual([])
  })

  const make = async (form: string, values: { readonly [field: string]: string }): Promise<string> => {
    const made = await tenon.run({ type: 'record.create', app: 'desk', form, values })
    if (!made.ok) throw new Error(JSON.stringify(made.error))
    return made.value.record!.id
  }
  const ticket = (subject: string, more: { readonly [field: string]: string } = {}) =>
    make('ticket', { subject, ...more })
  const send = (name: string, key: string, message: string, more: object = {}) =>
    tenon.run({ type: 'message.receive', app: 'desk', name, key, message, ...more })
  const statuses = async (record: string) =>
    (
      await run<{ status: string }>(
        tenon.store.read,
        `SELECT status FROM instances WHERE record = '${record}' ORDER BY id`,
        [],
      )
    ).map((row) => row.status)
  const later = async (ms: number) => {
    // The clock runs on between two looks at it, so that "no later" may already be the past.
    if (ms > 0) tenon.clock.advanceTo(tenon.clock.now() + ms)
    await timers.fireDue()
  }

  test('a message finds the flow that waits for its name and key, once', async () => {
    const [first, second] = [await ticket('reply'), await ticket('reply')]
    expect(await send('reply', 'else', 'm0')).toMatchObject({ ok: true })
    expect([await statuses(first), await statuses(second)]).toEqual([['running'], ['running']])
    expect(await send('reply', 'reply', 'm1')).toMatchObject({ ok: true })
    // The same message comes again: it was counted.
    expect(await send('reply', 'reply', 'm1')).toMatchObject({ ok: true })
    await later(0)
    expect([await statuses(first), await statuses(second)]).toEqual([['completed'], ['running']])
    expect(await send('reply', 'reply', 'm2')).toMatchObject({ ok: true })
    expect(await statuses(second)).toEqual(['completed'])
  })

  test('a message that comes early is kept until its time is over, its id too', async () => {
    await send('reply', 'reply', 'early', { ttl: 'P2D' })
    await send('reply', 'reply', 'short', { ttl: 'PT1H' })
    await later(day)
    expect(await statuses(await ticket('reply'))).toEqual(['completed'])
    const late = await ticket('reply')
    expect(await statuses(late)).toEqual(['running'])
    await later(8 * day)
    await keepHouse(tenon.store, tenon.clock)
    expect(await run(tenon.store.read, 'SELECT message FROM flow_messages', [])).toEqual([])
    await send('reply', 'reply', 'early')
    expect(await statuses(late)).toEqual(['completed'])
  })

  test('two senders of one message and two waiters at the same moment: one is served', async () => {
    const ids = await Promise.all([ticket('reply'), ticket('reply')])
    await Promise.all([send('reply', 'reply', 'both'), send('reply', 'reply', 'both')])
    await later(0)
    const done = await Promise.all(ids.map(statuses))
    expect(done.flat().toSorted()).toEqual(['completed', 'running'])
    await send('reply', 'reply', 'last')
    await later(0)
  })

  test('nobody may send messages who does not manage the app', async () => {
    const body = { type: 'message.receive', app: 'desk', name: 'reply', key: 'reply', message: 'x' } as const
    expect(await tenon.run(body, 'li')).toMatchObject({ ok: false, error: { code: 'access.denied' } })
    expect(await tenon.run({ ...body, message: 'y', ttl: 'PT1S' }, 'boss')).toMatchObject({ ok: true })
    await later(day)
  })

  test('a critical section lets one record in after the other, in order of arrival', async () => {
    const ids = [await ticket('bench'), await ticket('bench'), await ticket('bench')]
    const open = async () =>
      (
        await run<{ id: string; record: string }>(
          tenon.store.read,
          "SELECT id, record FROM tasks WHERE flow = 'bench' AND state = 'open'",
          [],
        )
      ).map((row) => row)
    for (const id of ids) {
      const [task, ...others] = await open()
      expect([task?.record, others]).toEqual([id, []])
      expect(await tenon.run({ type: 'task.complete', task: task!.id }, 'li')).toMatchObject({ ok: true })
      await later(0)
    }
    expect(await open()).toEqual([])
    expect(await run(tenon.store.read, 'SELECT * FROM flow_mutexes', [])).toEqual([])
  })

  test('whoever is cancelled while it waits leaves the queue', async () => {
    const [first, second, third] = [await ticket('bench'), await ticket('bench'), await ticket('bench')]
    const gone = await tenon.run({ type: 'record.delete', app: 'desk', form: 'ticket', id: second })
    expect(gone).toMatchObject({ ok: true })
    await tenon.run({ type: 'record.delete', app: 'desk', form: 'ticket', id: first })
    await later(0)
    const rows = await run<{ record: string }>(
      tenon.store.read,
      "SELECT record FROM tasks WHERE flow = 'bench' AND state = 'open'",
      [],
    )
    expect(rows.map((row) => row.record)).toEqual([third])
  })

  test('a flow calls one on another record and goes on when that has ended', async () => {
    const customer = await make('customer', { name: 'acme' })
    const id = await ticket('calls', { customer })
    await later(0)
    expect([await statuses(id), await statuses(customer)]).toEqual([['running'], ['running']])
    const [parent] = await run<{ parent: string }>(
      tenon.store.read,
      `SELECT c.parent AS parent FROM instances AS c JOIN instances AS p ON p.id = c.parent WHERE c.record = '${customer}' AND p.record = '${id}'`,
      [],
    )
    expect(parent).toBeDefined()
    await send('seen', customer, 's1')
    await later(0)
    expect([await statuses(id), await statuses(customer)]).toEqual([['completed'], ['completed']])
  })

  test('a call that cannot be made is stuck, visible, and can be retried', async () => {
    const id = await ticket('calls')
    expect(await statuses(id)).toEqual(['dead'])
    const [token] = await run<{ instance: string; dead: string }>(
      tenon.store.read,
      'SELECT instance, dead FROM flow_tokens WHERE dead IS NOT NULL',
      [],
    )
    expect(token?.dead).toBe('flow.noRecord')
    const customer = await make('customer', { name: 'late' })
    await tenon.run({ type: 'record.update', app: 'desk', form: 'ticket', id, values: { customer } })
    const retry = { type: 'flow.retry', instance: token!.instance } as const
    expect(await tenon.run(retry, 'li')).toMatchObject({ ok: false, error: { code: 'access.denied' } })
    expect(await tenon.run(retry, 'boss')).toMatchObject({ ok: true })
    expect(await tenon.run(retry, 'boss')).toMatchObject({ ok: false, error: { code: 'flow.notDead' } })
    await later(0)
    await send('seen', customer, 's2')
    await later(0)
    expect(await statuses(id)).toEqual(['completed'])
  })

  test('a signal reaches all that wait, and nobody later', async () => {
    const [one, two] = [await ticket('hears'), await ticket('hears')]
    await ticket('rings')
    await later(0)
    expect([await statuses(one), await statuses(two)]).toEqual([['completed'], ['completed']])
    expect(await statuses(await ticket('hears'))).toEqual(['running'])
  })

  test.each([
    ['month', 25],
    ['year', 400],
  ])('a wait of a %s is a row and ends after %i days, not before', async (flow, days) => {
    const id = await ticket(flow)
    await later(days * day - 1000)
    expect(await statuses(id)).toEqual(['running'])
    await later(1000)
    expect(await statuses(id)).toEqual(['completed'])
  })
})
