import { describe, expect, test } from 'vitest'
import { type CalendarDefinition, weekdays } from '../definitions/calendar.ts'
import { compileCalendar, endOfTime, everyMinute } from './calendar.ts'

const at = (text: string) => new Date(text).getTime()
const hour = 3_600_000
const minute = 60_000
const week = (periods: string[][], names: readonly string[] = weekdays.slice(0, 5)) =>
  Object.fromEntries(names.map((name) => [name, periods]))
const calendar = (weekly: CalendarDefinition['weekly'], more: Partial<CalendarDefinition> = {}) =>
  compileCalendar({ kind: 'calendar', id: 'c', schemaVersion: 1, label: 'c', zone: 'Asia/Shanghai', weekly, ...more })

const office = calendar(
  week([
    ['09:00', '12:00'],
    ['13:30', '18:00'],
  ]),
)
const iso = (instant: number) => new Date(instant).toISOString()

describe('a week with a lunch break', () => {
  test.each([
    ['within the morning', '2026-03-02T10:00+08:00', 30 * minute, '2026-03-02T10:30+08:00'],
    ['across lunch', '2026-03-02T11:30+08:00', hour, '2026-03-02T14:00+08:00'],
    ['a whole day is due at its end, not next morning', '2026-03-02T09:00+08:00', 7.5 * hour, '2026-03-02T18:00+08:00'],
    ['from before opening', '2026-03-02T06:00+08:00', hour, '2026-03-02T10:00+08:00'],
    ['across the weekend', '2026-03-06T17:30+08:00', hour, '2026-03-09T09:30+08:00'],
    ['zero is the moment itself, even at night', '2026-03-07T02:00+08:00', 0, '2026-03-07T02:00+08:00'],
    ['one millisecond', '2026-03-06T18:00+08:00', 1, '2026-03-09T09:00:00.001+08:00'],
    ['backwards: the latest moment', '2026-03-09T09:30+08:00', -hour, '2026-03-06T17:30+08:00'],
  ])('%s', (_name, from, ms, due) => {
    expect(iso(office.add(at(from), ms))).toBe(iso(at(due)))
  })

  test('between counts working time only and is negative backwards', () => {
    expect(office.between(at('2026-03-06T17:00+08:00'), at('2026-03-09T10:00+08:00'))).toBe(2 * hour)
    expect(office.between(at('2026-03-09T10:00+08:00'), at('2026-03-06T17:00+08:00'))).toBe(-2 * hour)
  })

  test('working begins at the first and ends before the last minute', () => {
    expect(office.isWorking(at('2026-03-02T09:00+08:00'))).toBe(true)
    expect(office.isWorking(at('2026-03-02T12:00+08:00'))).toBe(false)
    expect(iso(office.nextWorking(at('2026-03-06T18:00+08:00')))).toBe(iso(at('2026-03-09T09:00+08:00')))
  })
})

describe('special days', () => {
  const spring = calendar(week([['09:00', '18:00']]), {
    days: [
      { date: '2026-02-15', to: '2026-02-23', off: true },
      { date: '2026-02-14', like: 'mon' },
      { date: '2026-02-28', like: 'fri' },
      { date: '2026-02-13', periods: [['09:00', '12:00']] },
    ],
    validUntil: '2026-12-31',
  })
  test('a half day, a make-up Saturday and nine days off (调休)', () => {
    expect(iso(spring.add(at('2026-02-13T09:00+08:00'), 4 * hour))).toBe(iso(at('2026-02-14T10:00+08:00')))
    expect(iso(spring.add(at('2026-02-14T17:00+08:00'), 2 * hour))).toBe(iso(at('2026-02-24T10:00+08:00')))
    expect(spring.isWorking(at('2026-02-28T10:00+08:00'))).toBe(true)
    expect(spring.isWorking(at('2026-03-07T10:00+08:00'))).toBe(false)
  })
  test('a later entry wins', () => {
    const days = [
      { date: '2026-03-02', off: true as const },
      { date: '2026-03-02', periods: [['10:00', '11:00']] },
    ]
    const both = calendar(week([['09:00', '18:00']]), { days })
    expect(both.between(at('2026-03-02T00:00+08:00'), at('2026-03-03T00:00+08:00'))).toBe(hour)
  })
  test('a night shift belongs to the day it begins on: a holiday does not cut it, and begins none', () => {
    const nights = calendar(week([['22:00', '06:00']], weekdays), { days: [{ date: '2026-03-03', off: true }] })
    expect(nights.isWorking(at('2026-03-03T05:59+08:00'))).toBe(true)
    expect(nights.isWorking(at('2026-03-03T23:00+08:00'))).toBe(false)
    expect(nights.isWorking(at('2026-03-04T05:00+08:00'))).toBe(false)
  })
  test('overlapping periods of neighbouring days count once', () => {
    const nights = calendar(week([['22:00', '06:00']], weekdays), {
      days: [{ date: '2026-03-03', periods: [['05:00', '07:00']] }],
    })
    expect(nights.between(at('2026-03-03T00:00+08:00'), at('2026-03-03T12:00+08:00'))).toBe(7 * hour)
  })
  test('holidays are known until the end of the last day kept', () => {
    expect(spring.knownUntil).toBe(at('2027-01-01T00:00+08:00'))
    expect(office.knownUntil).toBeNull()
  })
})

describe('errors of others, as cases', () => {
  test('glpi#22678: a target that crosses the night is due after opening, not at 00:00', () => {
    const shop = calendar(week([['08:00', '18:00']]))
    expect(iso(shop.add(at('2026-03-02T17:30+08:00'), hour))).toBe(iso(at('2026-03-03T08:30+08:00')))
  })
  test('zammad#3180: round the clock loses no minute at midnight', () => {
    const always = calendar(week([['00:00', '24:00']], weekdays))
    expect(always.between(at('2026-01-01T00:00+08:00'), at('2027-01-01T00:00+08:00'))).toBe(365 * 24 * hour)
    expect(always.isWorking(at('2026-03-02T23:59:59.999+08:00'))).toBe(true)
  })
  test('osTicket#6739: a subset of weekdays is counted right', () => {
    const some = calendar(week([['09:00', '17:00']], ['tue', 'thu', 'sun']))
    expect(some.between(at('2026-03-02T00:00+08:00'), at('2026-03-16T00:00+08:00'))).toBe(6 * 8 * hour)
    expect(iso(some.add(at('2026-03-02T00:00+08:00'), 17 * hour))).toBe(iso(at('2026-03-08T10:00+08:00')))
  })
  test('frappe/helpdesk#2449: hold time is business time: pausing over a night that does not count moves nothing', () => {
    const shop = calendar(week([['09:00', '18:00']]))
    const [start, pause, resume] = [
      at('2026-03-02T17:00+08:00'),
      at('2026-03-02T18:00+08:00'),
      at('2026-03-03T09:00+08:00'),
    ]
    const rest = 4 * hour - shop.between(start, pause)
    expect(shop.add(resume, rest)).toBe(shop.add(start, 4 * hour))
  })
  test('chatwoot PR#13392: 24:00 ends a day and a period past midnight is one period', () => {
    const late = calendar({ mon: [['20:00', '24:00']], tue: [['00:00', '02:00']] })
    const over = calendar({ mon: [['20:00', '02:00']] })
    for (const text of ['2026-03-02T19:00+08:00', '2026-03-02T23:59+08:00', '2026-03-03T01:00+08:00']) {
      expect(over.add(at(text), 90 * minute)).toBe(late.add(at(text), 90 * minute))
    }
  })
})

describe('the clocks change', () => {
  const berlin = (periods: string[][]) => calendar(week(periods, weekdays), { zone: 'Europe/Berlin' })
  test('node-cron#120: the hour that spring skips does not count and nothing is due in it', () => {
    const night = berlin([['01:00', '03:00']])
    expect(night.between(at('2026-03-29T00:00+01:00'), at('2026-03-29T12:00+02:00'))).toBe(hour)
    expect(iso(berlin([['02:30', '09:00']]).nextWorking(at('2026-03-29T01:59+01:00')))).toBe('2026-03-29T01:00:00.000Z')
  })
  test('node-schedule#435: the hour that autumn repeats counts twice, as it passes twice', () => {
    const night = berlin([['02:00', '03:00']])
    expect(night.between(at('2026-10-25T00:00+02:00'), at('2026-10-25T12:00+01:00'))).toBe(2 * hour)
    expect(iso(night.add(at('2026-10-25T02:30+02:00'), hour))).toBe(iso(at('2026-10-25T02:30+01:00')))
  })
  test('a period that ends within the repeated hour works in both halves of it', () => {
    const late = berlin([['01:30', '02:30']])
    expect(late.isWorking(at('2026-10-25T02:45+02:00'))).toBe(false)
    expect(late.isWorking(at('2026-10-25T02:15+01:00'))).toBe(true)
  })
  test('Lord Howe moves by half an hour', () => {
    const always = calendar(week([['00:00', '24:00']], weekdays), { zone: 'Australia/Lord_Howe' })
    expect(always.between(at('2026-04-05T00:00+11:00'), at('2026-04-06T00:00+10:30'))).toBe(24.5 * hour)
  })
  test('São Paulo skipped midnight in 2018, Samoa a whole Friday in 2011', () => {
    const brazil = calendar(week([['00:00', '08:00']], weekdays), { zone: 'America/Sao_Paulo' })
    expect(brazil.between(at('2018-11-04T00:00-03:00'), at('2018-11-05T00:00-02:00'))).toBe(7 * hour)
    const apia = calendar({ fri: [['09:00', '17:00']] }, { zone: 'Pacific/Apia' })
    expect(apia.between(at('2011-12-29T00:00-10:00'), at('2012-01-01T00:00+14:00'))).toBe(0)
  })
})

describe('bounds', () => {
  test('a calendar that never works answers endOfTime at once', () => {
    const never = calendar({})
    expect(never.add(at('2026-03-02T00:00Z'), 1)).toBe(endOfTime)
    expect(never.nextWorking(at('2026-03-02T00:00Z'))).toBe(endOfTime)
    expect(never.between(0, at('2026-03-02T00:00Z'))).toBe(0)
  })
  test('so does one that works on special days only, once they are over', () => {
    const fair = calendar({}, { days: [{ date: '2026-03-02', periods: [['09:00', '10:00']] }], zone: 'UTC' })
    expect(iso(fair.add(at('2020-01-01T00:00Z'), hour))).toBe('2026-03-02T10:00:00.000Z')
    expect(iso(fair.add(at('2030-01-01T00:00Z'), -hour))).toBe('2026-03-02T09:00:00.000Z')
    expect(fair.add(at('2020-01-01T00:00Z'), hour + 1)).toBe(endOfTime)
    expect(fair.add(at('2030-01-01T00:00Z'), -hour - 1)).toBe(-endOfTime)
  })
  test('a target of a thousand years is answered', () => {
    const minuteAYear = calendar({ mon: [['09:00', '09:01']] }, { zone: 'Europe/Berlin' })
    expect(iso(minuteAYear.add(at('2026-03-02T08:00Z'), 52_178 * minute)).slice(0, 4)).toBe('3026')
  })
  test('every minute counts without a calendar', () => {
    expect(everyMinute.add(5, 10)).toBe(15)
    expect(everyMinute.between(5, 15)).toBe(10)
    expect(everyMinute.isWorking(0)).toBe(true)
  })
})
