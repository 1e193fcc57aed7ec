import { setTimeout as wait } from 'node:timers/promises'
import { type Effect, ok, type WebhookCall } from '@tenon/engine'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { Receiver, type ReceiverAnswer } from '../../../../tests/support/receiver.ts'
import { parseAllowed } from '../../src/server/outbound/addresses.ts'
import { handsOf } from '../../src/server/outbox/effects/hands.ts'
import type { Hands } from '../../src/server/outbox/outbox.ts'
import { faults } from '../../src/server/store/faults.ts'
import { change, run } from '../../src/server/store/statement.ts'
import { hurryJobs } from '../http/hurry-jobs.ts'
import { deskFiles, type Newborn, newborn } from '../store/newborn.ts'

const writers = 10
const perWriter = 30

eachDatabase((database) => {
  const receiver = new Receiver()
  let tenon: Newborn
  let hands: Hands
  beforeAll(async () => {
    await receiver.open()
    tenon = await newborn(
      database.url,
      deskFiles((all) => {
        all['rules/tell.json'] = {
          id: 'tell',
          kind: 'rule',
          schemaVersion: 1,
          label: '通知',
          form: 'ticket',
          on: { events: ['created', 'changed'] },
          then: [
            {
              id: 'erp',
              type: 'webhook',
              url: `${receiver.url}/{{record.id}}`,
              body: { hours: { ref: '$.record.hours' } },
              timeoutSeconds: 1,
            },
            {
              id: 'other',
              type: 'webhook',
              url: 'http://localhost:1/never',
              when: { fact: 'record', path: '$.subject', operator: 'equal', value: 'two hosts' },
            },
          ],
        }
      }),
    )
    const ports = { store: tenon.store, clock: tenon.clock, vault: { seal: () => '', open: () => undefined } }
    hands = handsOf({
      ...ports,
      allowed: parseAllowed('127.0.0.1'),
      mail: { smtpUrl: undefined, from: 'a@b.example' },
      contacts: async () => undefined,
      operatorKey: '',
    })
  })
  afterEach(() => tenon.outbox.stop())
  afterAll(async () => {
    faults.set(undefined)
    await tenon.close()
    await receiver.close()
  })

  const create = async (subject: string) => {
    const made = await tenon.run({ type: 'record.create', app: 'desk', form: 'ticket', values: { subject } }, 'boss')
    if (!made.ok || !made.value.record) throw new Error(JSON.stringify(made))
    return made.value.record
  }
  const update = (id: string, version: number, values: { hours: number; customer?: string }) =>
    tenon.run({ type: 'record.update', app: 'desk', form: 'ticket', id, version, values }, 'boss')
  /** What was committed, by the trail: the ids of its calls, in the order of each record. */
  const committed = async () => {
    const rows = await run<{ record: string; data: string }>(
      tenon.store.read,
      "SELECT record, data FROM events WHERE type = 'webhook.called' ORDER BY record, seq",
      [],
    )
    const calls = new Map<string, string[]>()
    for (const { record, data } of rows)
      calls.set(record, [...(calls.get(record) ?? []), (JSON.parse(data) as { call: string }).call])
    return calls
  }
  const waiting = async () =>
    (await tenon.outbox.jobs(tenon.store.read, 1000)).filter(({ type }) => type === 'webhook.call')
  const settle = async (isSettled: () => Promise<boolean>) => {
    for (let tries = 0; tries < 3000; tries += 1) {
      if (await isSettled()) return
      await hurryJobs(tenon.store)
      await wait(40)
    }
    throw new Error(`still waiting: ${JSON.stringify((await waiting()).slice(0, 5))}`)
  }

  test('what ten writers committed arrives, each at least once, under one id, in the order of its record; what was undone never', {
    timeout: 180_000,
  }, async () => {
    const chance = fc.sample(fc.nat(99), { numRuns: 5000, seed: 13 })
    let asked = 0
    const failures: readonly ReceiverAnswer[] = [
      { status: 500, body: '' },
      'close',
      { status: 301, body: '', location: '/elsewhere' },
      { status: 429, body: '' },
      'hang',
    ]
    const arrived: { id: string; record: string }[] = []
    const refusals = new Map<string, number>()
    receiver.answer = ({ headers, url }) => {
      const n = chance[asked++ % chance.length] ?? 0
      const id = String(headers['webhook-id'])
      // Four refusals at most for one call: ten tries in a row would be its end, which is another test.
      const refused = refusals.get(id) ?? 0
      const failure = n < 30 && refused < 4 ? failures[n % failures.length] : undefined
      refusals.set(id, refused + (failure ? 1 : 0))
      if (failure && (failure !== 'hang' || n < 5)) return failure
      arrived.push({ id, record: url.slice(1) })
      // The answer may be lost on its way: it has arrived all the same.
      return n > 94 ? 'close' : { status: 200, body: '' }
    }
    // Now and then a worker comes to its end before or after its work.
    let effects = 0
    faults.set((point) => {
      if ((point === 'before-effect' || point === 'after-effect') && ++effects % 9 === 0) throw new Error(point)
    })
    await tenon.outbox.start(hands)
    await Promise.all(
      Array.from({ length: writers }, async (_, at) => {
        const record = await create(`writer ${at}`)
        let version = record.version
        for (let n = 1; n <= perWriter; n += 1) {
          const undone = (chance[at * perWriter + n] ?? 0) < 20
          const done = await update(record.id, version, { hours: n, ...(undone ? { customer: 'nobody' } : {}) })
          expect(done.ok).toBe(!undone)
          if (done.ok) version = done.value.record?.version ?? version
        }
      }),
    )
    await settle(async () => (await waiting()).length === 0)
    faults.set(undefined)

    const expected = await committed()
    expect([...expected.values()].flat().length).toBeGreaterThan(200)
    const firsts = new Map<string, string[]>()
    for (const { id, record } of arrived) {
      const ids = firsts.get(record) ?? []
      if (!ids.includes(id)) firsts.set(record, [...ids, id])
    }
    expect(firsts).toEqual(expected)
    expect(new Set(receiver.heard.map(({ url }) => url)).has('/elsewhere')).toBe(false)
    const states = await run<{ state: string; n: number }>(
      tenon.store.read,
      'SELECT state, count(*) AS n FROM webhook_calls GROUP BY state',
      [],
    )
    expect(states).toHaveLength(1)
    expect([states[0]?.state, Number(states[0]?.n)]).toEqual(['delivered', arrived.length - doubles(arrived)])
    expect(await tenon.store.read.selectFrom('outbox_lanes').select('key').execute()).toEqual([])
  })

  test('one that cannot be delivered holds up its own record only until it is dead, and no other host', {
    timeout: 60_000,
  }, async () => {
    const bodies: string[] = []
    const arrivedAt = (hours: number) => bodies.some((body) => new RegExp(`\\b${hours}\\b`).test(body))
    receiver.answer = ({ body }) => {
      if (/\b13\b/.test(body)) return { status: 500, body: '' }
      bodies.push(body)
      return { status: 200, body: '' }
    }
    await tenon.outbox.start(hands)
    const stuck = await create('two hosts')
    const free = await create('free')
    for (const [{ id, version }, hours] of [
      [stuck, 13],
      [{ ...stuck, version: stuck.version + 1 }, 14],
      [free, 15],
    ] as const)
      expect(await update(id, version, { hours })).toMatchObject({ ok: true })
    await settle(async () => arrivedAt(15))
    expect(arrivedAt(14)).toBe(false)
    await settle(async () => arrivedAt(14))
    expect(
      (await waiting()).filter(({ state, lastError }) => state === 'dead' && lastError === 'answered 500'),
    ).toHaveLength(1)
  })

  test('a worker that is killed at its last try lets the next of its lane go ahead', { timeout: 60_000 }, async () => {
    const lane = 'desk/ticket/x http://127.0.0.1'
    const call = (url: string): Effect =>
      ({
        type: 'webhook.call',
        app: 'desk',
        record: null,
        cause: 'test',
        method: 'POST',
        url,
        headers: {},
        body: null,
        auth: null,
        sign: null,
        timeoutMs: 1000,
      }) satisfies WebhookCall
    await tenon.store.transact(async (tx) => {
      const rows = ['one', 'two'].map((key) => ({ key: `lane/${key}`, effect: call(`${receiver.url}/${key}`), lane }))
      await tenon.outbox.add(tx, rows)
      return ok(undefined)
    })
    receiver.answer = undefined
    // As its death leaves it: all tries used, nobody there.
    const used =
      database.kind === 'postgres'
        ? "UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE key = 'lane/one'"
        : "UPDATE jobs SET state = 'dead', attempts = 10 WHERE key = 'lane/one'"
    await tenon.store.transact(async (tx) => ok(await change(tx, used, [])))
    await tenon.outbox.start(hands)
    await settle(async () => receiver.heard.some(({ url }) => url === '/two'))
    expect(receiver.heard.some(({ url }) => url === '/one')).toBe(false)
  })
})

const doubles = (arrived: readonly { id: string }[]): number =>
  arrived.length - new Set(arrived.map(({ id }) => id)).size
