import { expect, test } from 'vitest'
import { Desk, deskApp } from '../../test/desk.ts'
import type { CalendarDefinition } from '../definitions/calendar.ts'
import type { ClockRow, RecordRow } from '../pipeline/rows.ts'

/**
 * P6: eleven mistakes in business time that service desks have shipped, mostly more than once, each as a ticket on
 * which they show. All moments are of Shanghai; 2 March 2026 is a Monday.
 */
const at = (text: string) => new Date(`${text}+08:00`).getTime()
const wall = (moment: number | null | undefined) =>
  moment == null ? null : new Date(moment + 8 * 3_600_000).toISOString().slice(0, 16)

type Week = CalendarDefinition['weekly']
const week = (days: string, ...periods: string[][]): Week =>
  Object.fromEntries(days.split(' ').map((day) => [day, periods]))
const workdays = 'mon tue wed thu fri'
const office = week(workdays, ['09:00', '18:00'])
const is = (path: string, value: string) => ({ fact: 'record', path: `$.${path}`, operator: 'equal', value })

/** A promise of some hours, told in a note to stand still or to be over, with an escalation at the end. */
class Ticket {
  readonly desk: Desk
  row!: RecordRow

  constructor(weekly: Week, within: string, created: string, days: CalendarDefinition['days'] = []) {
    const app = deskApp((files) => {
      files['calendars/hours.json'] = {
        kind: 'calendar',
        id: 'hours',
        schemaVersion: 1,
        label: 'hours',
        zone: 'Asia/Shanghai',
        weekly,
        days,
      }
      const policy = files['policies/promise.json'] as { clocks: object[] }
      policy.clocks = policy.clocks.map((clock) => ({
        ...clock,
        calendar: 'hours',
        targets: [{ id: 'all', within }],
        pauseWhen: is('note', 'waiting'),
        stopWhen: is('note', 'solved'),
        ladder: [{ id: 'late', at: 1, notify: [{ user: 'boss' }] }],
      }))
    })
    this.desk = new Desk(app, new Date(at(created)).toISOString())
  }
  async open(code = 'sla'): Promise<this> {
    this.row = await this.desk.make('ticket', { subject: 'one', code })
    return this
  }
  /** Lets time pass, with everything that is due meanwhile, and then says something. */
  async until(moment: string, note?: string): Promise<this> {
    await this.desk.play.advance(at(moment) - this.desk.play.now)
    if (note !== undefined) await this.desk.update(null, this.row, { note })
    return this
  }
  get clock(): ClockRow {
    const clock = [...this.desk.play.world.state.clocks.values()].find(({ owner }) => owner.kind === 'policy')
    if (!clock) throw new Error('the ticket has no clock')
    return clock
  }
  get due() {
    return wall(this.clock.dueAt)
  }
  /** When it was escalated. */
  get escalated() {
    return this.desk
      .trail(this.row)
      .filter(({ type }) => type === 'clock.escalated')
      .map((event) => wall(event.at))
  }
}
const ticket = (...made: ConstructorParameters<typeof Ticket>) => new Ticket(...made).open()

test('1 a promise that crosses a night is escalated when the desk has opened again, not at midnight', async () => {
  const one = await ticket(office, 'PT1H', '2026-03-02T17:30')
  expect(one.due).toBe('2026-03-03T09:30')
  await one.until('2026-03-03T12:00')
  expect(one.escalated).toEqual(['2026-03-03T09:30'])
})

test('2 round the clock loses no minute at midnight: 24:00 ends a day', async () => {
  const always = week(`${workdays} sat sun`, ['00:00', '24:00'])
  expect((await ticket(always, 'PT1H', '2026-03-02T23:30')).due).toBe('2026-03-03T00:30')
  expect((await ticket(always, 'P30D', '2026-03-02T23:30')).due).toBe('2026-04-01T23:30')
})

test('3 only some weekdays: the others are skipped, however many in a row', async () => {
  const some = week('mon wed fri', ['09:00', '18:00'])
  expect((await ticket(some, 'PT2H', '2026-03-02T17:00')).due).toBe('2026-03-04T10:00')
  expect((await ticket(some, 'PT2H', '2026-03-06T17:00')).due).toBe('2026-03-09T10:00')
  expect((await ticket(some, 'PT27H', '2026-03-03T12:00')).due).toBe('2026-03-09T18:00')
})

test('4 what was waited is added in business time: a weekend of waiting is the hours of work in it', async () => {
  const one = await ticket(office, 'PT4H', '2026-03-06T15:00')
  await one.until('2026-03-06T16:00', 'waiting')
  await one.until('2026-03-09T10:00', 'on')
  expect(one.clock.elapsedMs).toBe(3_600_000)
  expect(one.due).toBe('2026-03-09T13:00')
})

test('5 a promise that comes to an old ticket counts from then on, and escalates nothing at once', async () => {
  const one = await new Ticket(office, 'PT4H', '2026-03-02T09:00').open('none')
  await one.until('2026-03-05T10:00')
  await one.desk.update(null, one.row, { code: 'sla' })
  expect(one.due).toBe('2026-03-05T14:00')
  await one.until('2026-03-05T13:59')
  expect(one.escalated).toEqual([])
})

test('6 a lunch break is not working time', async () => {
  const lunch = week(workdays, ['09:00', '12:00'], ['13:30', '18:00'])
  expect((await ticket(lunch, 'PT1H', '2026-03-02T11:30')).due).toBe('2026-03-02T14:00')
  expect((await ticket(lunch, 'PT1H', '2026-03-02T12:10')).due).toBe('2026-03-02T14:30')
})

test('7 a night shift goes on past midnight, also into a day without one', async () => {
  const night = week('mon tue wed thu fri', ['22:00', '06:00'])
  expect((await ticket(night, 'PT8H', '2026-03-02T23:00')).due).toBe('2026-03-03T23:00')
  expect((await ticket(night, 'PT4H', '2026-03-06T23:00')).due).toBe('2026-03-07T03:00')
  expect((await ticket(night, 'PT8H', '2026-03-06T23:00')).due).toBe('2026-03-09T23:00')
})

test('8 reopened after days, a ticket has the time it had left: it does not breach at once', async () => {
  const one = await ticket(office, 'PT4H', '2026-03-02T09:00')
  await one.until('2026-03-02T10:00', 'solved')
  await one.until('2026-03-05T09:00', 'again')
  expect([one.due, one.clock.breachedAt]).toEqual(['2026-03-05T12:00', null])
  await one.until('2026-03-05T11:59')
  expect(one.escalated).toEqual([])
})

test('9 a ticket that waits is not escalated, however long, and its pause outside the hours of work moves nothing', async () => {
  const one = await ticket(office, 'PT4H', '2026-03-02T16:00')
  await one.until('2026-03-02T18:00', 'waiting')
  await one.until('2026-03-03T09:00', 'on')
  expect(one.due).toBe('2026-03-03T11:00')
  await one.until('2026-03-03T10:00', 'waiting')
  await one.until('2026-03-20T10:00')
  expect([one.escalated, one.clock.breachedAt]).toEqual([[], null])
})

test('10 several pauses add up, none counts twice, one that is said again does not begin anew', async () => {
  const one = await ticket(office, 'PT4H', '2026-03-02T09:00')
  await one.until('2026-03-02T10:00', 'waiting')
  await one.until('2026-03-02T10:30', 'waiting')
  await one.until('2026-03-02T11:00', 'on')
  await one.until('2026-03-02T12:00', 'waiting')
  await one.until('2026-03-02T12:00', 'on')
  await one.until('2026-03-02T13:00', 'waiting')
  await one.until('2026-03-02T14:00', 'on')
  expect([one.clock.elapsedMs, one.due]).toEqual([3 * 3_600_000, '2026-03-02T15:00'])
})

test('11 a holiday does not count, the Saturday worked instead of it does', async () => {
  const days: CalendarDefinition['days'] = [
    { date: '2026-05-01', to: '2026-05-05', off: true },
    { date: '2026-05-09', like: 'mon' },
  ]
  expect((await ticket(office, 'PT2H', '2026-04-30T17:00', days)).due).toBe('2026-05-06T10:00')
  expect((await ticket(office, 'PT10H', '2026-05-08T17:00', days)).due).toBe('2026-05-09T18:00')
})
