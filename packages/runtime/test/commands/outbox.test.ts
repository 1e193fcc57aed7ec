import { setTimeout as wait } from 'node:timers/promises'
import { type Effect, fail, ok } from '@tenon/engine'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { createTestClock } from '../../src/server/clock.ts'
import { parseAllowed } from '../../src/server/outbound/addresses.ts'
import { handsOf } from '../../src/server/outbox/effects/hands.ts'
import { GraphileOutbox } from '../../src/server/outbox/graphile-outbox.ts'
import type { Hands, Outbox } from '../../src/server/outbox/outbox.ts'
import { TableOutbox } from '../../src/server/outbox/table-outbox.ts'
import { connect } from '../../src/server/store/connect.ts'
import { newId } from '../../src/server/store/new-id.ts'
import { change } from '../../src/server/store/statement.ts'
import type { Store } from '../../src/server/store/store.ts'

const mail = (subject: string): Effect => ({
  type: 'mail.send',
  to: 'a@example.com',
  subject,
  body: '',
  message: null,
  user: null,
})
const noPortal = { contacts: async () => undefined, operatorKey: '' }
const noWebhooks = { vault: { seal: () => '', open: () => undefined }, allowed: parseAllowed('') }
const leaseMs = 1500

eachDatabase((database) => {
  let store: Store
  const clock = createTestClock()
  beforeAll(async () => {
    store = await connect(database.url)
  })
  afterAll(() => store.close())

  /** `alone`: one hand and no sign of life for a minute, so that a test can declare it dead. */
  const open = async (alone = false): Promise<Outbox & { close(): Promise<void> }> => {
    if (database.kind === 'postgres')
      return GraphileOutbox.open(store, database.url, {
        leaseMs,
        heartbeatMs: 300,
        pollMs: 50,
        concurrency: alone ? 1 : 4,
      })
    const outbox = new TableOutbox(store, {
      clock,
      pollMs: alone ? 60_000 : 50,
      leaseMs: alone ? 60_000 : leaseMs,
    })
    return Object.assign(outbox, { close: () => outbox.stop() })
  }
  const add = (outbox: Outbox, subjects: readonly string[], commit = true) =>
    store.transact(async (tx) => {
      await outbox.add(
        tx,
        subjects.map((subject) => ({ key: `${subject}-${newId()}`, effect: mail(subject) })),
      )
      return commit ? ok(undefined) : fail('no')
    })
  const collecting = (work: (subject: string, key: string) => Promise<void> | void = () => {}) => {
    const done: string[] = []
    const hand = async (effect: Effect, key: string) => {
      const { subject } = effect as { subject: string }
      await work(subject, key)
      done.push(subject)
    }
    return {
      done,
      hands: { 'mail.send': hand, 'portal.code': hand, 'sms.send': hand, 'webhook.call': hand } satisfies Hands,
    }
  }
  const until = async (isSo: () => boolean | Promise<boolean>, ms = 15_000) => {
    for (const end = Date.now() + ms; Date.now() < end; await wait(25)) if (await isSo()) return
    throw new Error('it did not happen in time')
  }
  const hurry = async () => {
    const table =
      database.kind === 'postgres'
        ? 'UPDATE graphile_worker._private_jobs SET run_at = now() WHERE attempts < max_attempts'
        : "UPDATE jobs SET run_at = 0 WHERE state = 'backoff'"
    await store.transact(async (tx) => ok(await change(tx, table, [])))
  }
  beforeEach(async () => {
    const outbox = await open()
    await store.transact(async (tx) =>
      ok(
        await change(
          tx,
          database.kind === 'postgres' ? 'DELETE FROM graphile_worker._private_jobs' : 'DELETE FROM jobs',
          [],
        ),
      ),
    )
    await outbox.close()
  })

  test('what was committed is carried out once, what was undone never', async () => {
    const outbox = await open()
    const { done, hands } = collecting()
    await outbox.start(hands)
    await Promise.all(Array.from({ length: 60 }, (_, index) => add(outbox, [`m${index}`], index % 3 !== 0)))
    await until(() => done.length >= 40)
    await wait(200)
    expect(done.sort()).toEqual(
      Array.from({ length: 60 }, (_, index) => `m${index}`)
        .filter((_, index) => index % 3 !== 0)
        .sort(),
    )
    expect(await outbox.jobs(store.read, 10)).toEqual([])
    await outbox.close()
  })

  test('a failure is tried again later and says why; after ten it is dead, seen, and tried anew when somebody says so', async () => {
    const outbox = await open()
    let broken = true
    const { done, hands } = collecting((subject) => {
      if (broken && subject === 'bad') throw new Error('the mail server is down')
    })
    await outbox.start(hands)
    await add(outbox, ['bad', 'good'])
    await until(() => done.includes('good'))
    await until(async () => (await outbox.jobs(store.read, 10))[0]?.state === 'backoff')
    expect(await outbox.jobs(store.read, 10)).toMatchObject([
      { type: 'mail.send', attempts: 1, lastError: 'the mail server is down' },
    ])
    await until(async () => {
      await hurry()
      return (await outbox.jobs(store.read, 10))[0]?.state === 'dead'
    }, 40_000)
    const [dead] = await outbox.jobs(store.read, 10)
    expect(dead).toMatchObject({ state: 'dead', attempts: 10, nextAt: null, lastError: 'the mail server is down' })
    broken = false
    const retried = await store.transact(async (tx) => ok(await outbox.retry(tx, dead!.key)))
    expect(retried).toMatchObject({ value: true })
    await until(() => done.includes('bad'))
    await outbox.close()
  })

  test('the job of a worker that went silent is free again within the lease; the silent one has no say any more', async () => {
    const silent = await open(true)
    let release = () => {}
    const stuck = new Promise<void>((resolve) => (release = resolve))
    let taken = false
    await silent.start(
      collecting(async () => {
        taken = true
        await stuck
      }).hands,
    )
    await add(silent, ['lost'])
    await until(() => taken)
    await (database.kind === 'sqlite'
      ? store.transact(async (tx) => ok(await change(tx, 'UPDATE jobs SET leased_until = 0', [])))
      : store.transact(async (tx) => ok(await change(tx, 'UPDATE workers SET seen_at = 0', []))))
    if (database.kind === 'postgres')
      await store.transact(async (tx) =>
        ok(
          await change(
            tx,
            "UPDATE graphile_worker._private_jobs SET locked_by = 'somebody-dead', locked_at = now() - interval '1 hour'",
            [],
          ),
        ),
      )
    const healthy = await open()
    const { done, hands } = collecting()
    await healthy.start(hands)
    await hurry()
    await until(() => done.includes('lost'))
    release()
    await wait(100)
    expect(await healthy.jobs(store.read, 10)).toEqual([])
    await silent.close()
    await healthy.close()
  })

  test.runIf(database.kind === 'sqlite')(
    'what the process before held when it died is the next one’s after a pause, and not only when the lease is over',
    async () => {
      const outbox = await open()
      await add(outbox, ['held'])
      const held = "UPDATE jobs SET state = 'leased', lease = 'of the dead', leased_until = 9e15, attempts = 3"
      await store.transact(async (tx) => ok(await change(tx, held, [])))
      const { done, hands } = collecting()
      await outbox.start(hands)
      const [job] = await outbox.jobs(store.read, 10)
      expect(job).toMatchObject({ state: 'backoff', attempts: 3 })
      expect((job?.nextAt ?? 0) - clock.now()).toBeGreaterThan(7000)
      await hurry()
      await until(() => done.includes('held'))
      await outbox.close()
    },
  )

  test('a job longer than the lease is not taken by another while its worker lives', async () => {
    const [first, second] = [await open(), await open()]
    let runs = 0
    const slow = () =>
      collecting(async () => {
        runs += 1
        await wait(leaseMs * 2)
      })
    const [one, two] = [slow(), slow()]
    await first.start(one.hands)
    await second.start(two.hands)
    await add(first, ['slow'])
    await until(() => one.done.length + two.done.length > 0)
    await wait(300)
    expect(runs).toBe(1)
    await first.close()
    await second.close()
  })

  test('without a mail server a mail is recorded, once per key; an address that is none is refused', async () => {
    const hands = handsOf({
      store,
      clock,
      ...noWebhooks,
      mail: { smtpUrl: undefined, from: 'tenon@localhost' },
      ...noPortal,
    })
    const effect = mail('你好') as Extract<Effect, { type: 'mail.send' }>
    await hands['mail.send'](effect, 'same-key')
    await hands['mail.send'](effect, 'same-key')
    await hands['mail.send']({ ...effect, to: 'a@example.com, b@example.com' }, 'two')
    await hands['sms.send']({ type: 'sms.send', to: '+8613800000000', body: '短信', message: null, user: null }, 'sms')
    const kept = await store.read
      .selectFrom('sent_messages')
      .select(['key', 'state', 'channel', 'subject'])
      .orderBy('key')
      .execute()
    expect(kept).toEqual([
      { key: 'same-key', state: 'recorded', channel: 'mail', subject: '你好' },
      { key: 'sms', state: 'recorded', channel: 'sms', subject: '' },
      { key: 'two', state: 'refused', channel: 'mail', subject: '你好' },
    ])
  })
})
