import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { BacktestAnswer, RecordView, RuleRunList } from '../../src/contract/index.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, tickets } from './desk.ts'
import { openBench } from './harness.ts'

const base = { kind: 'rule', schemaVersion: 1, form: 'ticket' }
const count = { fact: 'metric', operator: 'greaterThanInclusive' }
const app = (files: Documents) => {
  files['metrics/paid_tickets.json'] = {
    id: 'paid_tickets',
    kind: 'metric',
    schemaVersion: 1,
    label: '已付工单',
    form: 'ticket',
    measure: { count: true },
    where: { fact: 'record', path: '$.paid', operator: 'equal', value: true },
    doc: '已付的工单数。',
  }
  files['messages/told.json'] = {
    id: 'told',
    kind: 'message',
    schemaVersion: 1,
    label: '告知',
    inbox: { title: '看一下', body: '规则执行了' },
  }
  files['rules/near.json'] = {
    ...base,
    id: 'near',
    label: '快到期',
    on: { date: { field: 'due', before: 'PT1H' } },
    if: { not: { fact: 'record', path: '$.paid', operator: 'equal', value: true } },
    then: [{ id: 'set', type: 'set', values: { priority: 'urgent' } }],
  }
  files['rules/morning.json'] = {
    ...base,
    id: 'morning',
    label: '每天早上',
    on: {
      schedule: {
        every: 'day',
        at: '08:00',
        each: { fact: 'record', path: '$.hours', operator: 'isNotEmpty' },
      },
    },
    if: { fact: 'record', path: '$.hours', operator: 'greaterThan', value: 2 },
    then: [{ id: 'say', type: 'notify', to: [{ role: 'manager' }], message: 'told' }],
  }
  files['rules/weekly.json'] = {
    ...base,
    id: 'weekly',
    label: '每周',
    on: { schedule: { every: 'week', at: '09:00' } },
    if: { ...count, params: { metric: 'paid_tickets' }, value: 1 },
    then: [{ id: 'say', type: 'notify', to: [{ role: 'manager' }], message: 'told' }],
  }
  files['rules/spender.json'] = {
    ...base,
    id: 'spender',
    form: 'customer',
    label: '付得多',
    on: { metrics: true },
    if: { ...count, params: { metric: 'paid_tickets', by: { customer: { ref: '$.record.id' } } }, value: 2 },
    then: [{ id: 'vip', type: 'set', values: { level: 'vip' } }],
  }
  files['rules/takings.json'] = {
    ...base,
    id: 'takings',
    label: '总数',
    on: { metrics: true },
    if: { ...count, params: { metric: 'paid_tickets', window: { last: 'P2D' } }, value: 2 },
    then: [{ id: 'say', type: 'notify', to: [{ role: 'manager' }], message: 'told' }],
  }
}

/** Seconds until the next Monday at `hour` (UTC): on which day, and how near midnight, the tests run changes nothing. */
function secondsToMonday(hour: number): number {
  const from = new Date()
  const days = (8 - from.getUTCDay()) % 7 || 7
  const monday = Date.UTC(from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate() + days, hour)
  return Math.round((monday - from.getTime()) / 1000)
}

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url, { TENON_TEST_CLOCK: '1' }, app)
    await pass(`PT${secondsToMonday(6)}S`)
  })
  afterAll(() => desk.close())

  let now = 0
  /** When the new process had begun after days of downtime. */
  let begun = 0
  /** Time goes on, and sessions end. */
  const pass = async (advance: string) => {
    const answer = await desk.inject({ method: 'POST', url: '/api/test/clock', payload: { advance } })
    now = Date.parse(answer.json<{ now: string }>().now)
    desk = { ...desk, boss: await desk.signIn('boss') }
  }
  const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString()
  const make = async (values: object, form = tickets) => {
    const answer = await desk.boss.send('POST', form, { values })
    expect(answer.statusCode, answer.body).toBe(201)
    return answer.json<RecordView>()
  }
  const change = async (id: string, values: object) => {
    const { version } = (await desk.boss.send('GET', `${tickets}/${id}`)).json<RecordView>()
    expect((await desk.boss.send('PATCH', `${tickets}/${id}`, { values, version })).statusCode).toBe(200)
  }
  /** What the rule's log says, newest first. */
  const live = async (rule: string) => {
    const all: RuleRunList['items'][number][] = []
    for (let before = ''; ; before = `&before=${all.at(-1)?.id}`) {
      const answer = await desk.boss.send('GET', `/api/apps/desk/rule-runs?rule=${rule}${before}`)
      expect(answer.statusCode, answer.body).toBe(200)
      const { items } = answer.json<RuleRunList>()
      all.push(...items)
      if (items.length === 0) return all
    }
  }
  const runsOf = async (rule: string, record: string) =>
    (await live(rule))
      .filter((one) => one.record?.id === record)
      .map(({ at: moment, outcome }) => ({ moment, outcome }))

  test('a date comes once for a record and moment: not early, not again; moved with its field; none for a past one', async () => {
    await pass('PT1M')
    const one = await make({ subject: 'one', due: at(3) })
    const moved = await make({ subject: 'moved', due: at(3) })
    const emptied = await make({ subject: 'emptied', due: at(3) })
    const late = await make({ subject: 'late', due: at(-1) })
    const begun = await make({ subject: 'begun', due: at(0.5) })
    const paid = await make({ subject: 'paid', due: at(3), paid: true })
    await pass('PT1H58M')
    expect(await runsOf('near', one.id)).toEqual([])
    await change(moved.id, { due: at(24) })
    await change(emptied.id, { due: null })
    await change(one.id, { subject: 'one, renamed' })
    await pass('PT4M')
    expect(await runsOf('near', one.id)).toMatchObject([{ outcome: 'fired' }])
    expect(await runsOf('near', begun.id)).toMatchObject([{ outcome: 'fired' }])
    expect(await runsOf('near', paid.id)).toMatchObject([{ outcome: 'notMet' }])
    for (const id of [moved.id, emptied.id, late.id]) expect(await runsOf('near', id)).toEqual([])
    await pass('P1D')
    expect(await runsOf('near', moved.id)).toMatchObject([{ outcome: 'fired' }])
    expect(await runsOf('near', one.id)).toHaveLength(1)
    // The same moment entered again is a new promise to look at it.
    await change(one.id, { due: at(5) })
    await pass('PT6H')
    expect(await runsOf('near', one.id)).toHaveLength(2)
    for (const id of [emptied.id, late.id]) expect(await runsOf('near', id)).toEqual([])
  })

  test('a schedule comes once for each record that satisfies it and each day, and not for what does not', async () => {
    const long = await make({ subject: 'long', hours: '3.0' })
    const short = await make({ subject: 'short', hours: '1.0' })
    const none = await make({ subject: 'none' })
    await pass('P1D')
    expect((await runsOf('morning', long.id)).map(({ outcome }) => outcome)).toEqual(['fired'])
    expect((await runsOf('morning', short.id)).map(({ outcome }) => outcome)).toEqual(['notMet'])
    await pass('P1D')
    expect(await runsOf('morning', long.id)).toHaveLength(2)
    expect(await runsOf('morning', none.id)).toEqual([])
  })

  test('figures that move run a rule for whom they are of, and once without a record', async () => {
    const { id } = await make({ name: 'K', level: 'normal' }, tickets.replace('ticket', 'customer'))
    const first = await make({ subject: 'first', customer: id, paid: true })
    await make({ subject: 'unpaid', customer: id })
    expect((await runsOf('spender', id)).map(({ outcome }) => outcome)).toEqual(['notMet', 'notMet'])
    await make({ subject: 'second', customer: id, paid: true })
    expect((await runsOf('spender', id))[0]).toMatchObject({ outcome: 'fired' })
    await change(first.id, { subject: 'renamed' })
    expect(await runsOf('spender', id)).toHaveLength(3)
    await change(first.id, { paid: false })
    expect(await runsOf('spender', id)).toHaveLength(4)
    expect((await live('takings')).every(({ record }) => record === null)).toBe(true)
  })

  test('days of downtime: what was due comes once on start, a schedule once and not for each day that was missed', async () => {
    const due = await make({ subject: 'while down', due: at(30), hours: '4.0' })
    await pass('PT1M')
    const before = (await runsOf('morning', due.id)).length
    await desk.close()
    const bench = await openBench(database.url, { TENON_TEST_CLOCK: '1' })
    desk = { ...desk, ...bench, boss: await bench.signIn('boss') }
    // The new process starts at the machine's time: it was away until five days after the old one.
    const ahead = now + 5 * 86_400_000 - Date.now()
    await pass(`PT${Math.round(ahead / 1000)}S`)
    begun = now
    await pass('PT1M')
    expect(await runsOf('near', due.id)).toMatchObject([{ outcome: 'fired' }])
    expect((await runsOf('morning', due.id)).length - before).toBe(1)
    await pass('P1D')
    expect((await runsOf('morning', due.id)).length - before).toBe(2)
    expect(await runsOf('near', due.id)).toHaveLength(1)
  })

  test('backtested, each comes at the moments at which it came, with the same answers', async () => {
    for (const rule of ['near', 'spender', 'takings', 'morning', 'weekly']) {
      const answer = await desk.boss.send('POST', '/api/design/apps/desk/backtest', { rule, days: 30 })
      expect(answer.statusCode, answer.body).toBe(200)
      const found = answer.json<BacktestAnswer>()
      const byClock = rule === 'near' || rule === 'morning' || rule === 'weekly'
      // What the clock sets off comes within a minute; what was missed came when the process began again.
      const told = (record: string | null, moment: string, holds: boolean) =>
        `${record} ${byClock ? Math.floor((Date.parse(moment) - 1) / 86_400_000) : moment} ${holds}`
      const wasMissed = (moment: string) => byClock && Math.abs(Date.parse(moment) - begun) < 120_000
      const runs = await live(rule)
      const really = runs
        .filter((one) => !wasMissed(one.at))
        .map((one) => told(one.record?.id ?? null, one.at, one.outcome === 'fired'))
      const would = found.runs.map((one) => told(one.record, one.at, one.holds))
      expect(runs.length, rule).toBeGreaterThan(0)
      if (byClock) expect(would, rule).toEqual(expect.arrayContaining(really.slice(-3)))
      else expect(would.toSorted(), rule).toEqual(really.toSorted())
      expect(found.looks, rule).toBe(found.runs.length)
    }
  })
})
