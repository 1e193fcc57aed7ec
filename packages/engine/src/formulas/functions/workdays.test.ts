import fc from 'fast-check'
import { expect, test } from 'vitest'
import { namedCalendarsOf } from '../../calendars/calendars-of.ts'
import { compileCondition } from '../../conditions/compile.ts'
import { facts, lookup, ticket } from '../../conditions/fixture.ts'
import type { CalendarDefinition } from '../../definitions/calendar.ts'
import { addDays, formatDay, formatInstant } from '../../kernel/instant.ts'
import { compileFormula } from '../compile.ts'

const nine = [['09:00', '18:00']]
const week = { mon: nine, tue: nine, wed: nine, thu: nine, fri: [['20:00', '06:00']] }
const service: CalendarDefinition = {
  id: 'service_hours',
  kind: 'calendar',
  schemaVersion: 1,
  label: 'Service',
  zone: 'Asia/Shanghai',
  weekly: week,
  days: [
    { date: '2026-10-01', to: '2026-10-07', off: true },
    { date: '2026-10-10', like: 'mon' },
  ],
}
const always: CalendarDefinition = { ...service, id: 'always', weekly: { ...week, sat: nine, sun: nine }, days: [] }
const never: CalendarDefinition = { ...service, id: 'never', weekly: {}, days: [] }
const calendars = namedCalendarsOf({
  definition: { calendar: 'service_hours' },
  calendars: new Map([service, always, never].map((each) => [each.id, each])),
})

const now = Date.UTC(2026, 8, 30, 17)
const evaluate = (text: string, more: object = {}) => {
  const formula = compileFormula(text)
  if (!formula.ok) throw new Error(JSON.stringify(formula.error))
  return formula.value.evaluate({ now, zone: 'Asia/Shanghai', calendars, ...more })
}
const value = (text: string, more?: object) => evaluate(text, more).value
const warned = (text: string, more?: object) => evaluate(text, more).warnings.map(({ code }) => code)

test.each([
  ['workdays add(@"2026-09-30", 1)', '2026-10-08'],
  ['workdays add(@"2026-09-30", 3, "service_hours")', '2026-10-10'],
  ['workdays add(@"2026-09-30", 3, "always")', '2026-10-03'],
  ['workdays add(@"2026-10-08", -1)', '2026-09-30'],
  ['workdays add(@"2026-10-03", 0)', '2026-10-03'],
  ['workdays add(date: @"2026-09-30", days: 1, calendar: "always")', '2026-10-01'],
  ['string(workdays add(@"2026-09-30T10:30:00", 1))', '2026-10-08T10:30:00'],
  ['工作日加(@"2026-09-30", 1)', '2026-10-08'],
  ['workdays difference(@"2026-09-30", @"2026-10-10")', 3],
  ['工作日差(@"2026-10-10", @"2026-09-30", "service_hours")', -3],
  ['workdays difference(@"2026-10-01", @"2026-10-07")', 0],
  // Friday's shift runs into Saturday, which is no workday by it.
  ['[is workday(@"2026-09-25"), is workday(@"2026-09-26"), 是工作日(@"2026-10-10")]', ['true', 'false', 'true']],
  ['workdays add(null, 1)', null],
  ['start of month(@"2026-02-11")', '2026-02-01'],
  ['[月初(@"2026-02-11"), 月末(@"2026-02-11")]', ['2026-02-01', '2026-02-28']],
])('%s is %j', (text, expected) => expect(value(text)).toEqual(expected))

test.each([
  ['a calendar there is not', 'workdays add(@"2026-09-30", 1, "nothing")', {}, 'formula.wrongArguments'],
  ['no calendars at all', 'workdays add(@"2026-09-30", 1)', { calendars: undefined }, 'formula.wrongArguments'],
  ['half a day', 'workdays add(@"2026-09-30", 0.5)', {}, 'formula.wrongArguments'],
  ['a calendar without a workday', 'workdays add(@"2026-09-30", 1, "never")', {}, 'formula.budget'],
  ['an age', 'workdays difference(@"2026-09-30", @"9999-09-30")', {}, 'formula.budget'],
])('%s gives null and a warning', (_, text, more, code) => {
  expect([value(text, more), ...warned(text, more)]).toEqual([null, code])
})

test('what was compiled once follows the calendars and the clock it is given', () => {
  const formula = compileFormula(
    '[workdays add(@"2026-09-30", 1, "service_hours"), within last days(@"2026-09-30", 2)]',
  )
  const at = (id: string, moment: number) =>
    formula.ok &&
    formula.value.evaluate({
      now: moment,
      zone: 'UTC',
      calendars: () => calendars(id),
    }).value
  expect(at('service_hours', Date.UTC(2026, 9, 1))).toEqual(['2026-10-08', 'true'])
  expect(at('always', Date.UTC(2026, 9, 9))).toEqual(['2026-10-01', 'false'])
  expect(formula.ok && formula.value.reads).toEqual([{ fact: 'now', path: [] }])
})

test('the difference is what adding needs, from any day by any number', () => {
  const day = fc.integer({ min: 20_000, max: 21_000 }).map((days) => formatDay(days * 86_400_000))
  fc.assert(
    fc.property(day, fc.integer({ min: -200, max: 200 }), (from, n) => {
      expect(value(`workdays difference(@"${from}", workdays add(@"${from}", ${n}))`)).toBe(n)
    }),
    { seed: 20261128, numRuns: 300 },
  )
})

test('days are counted one by one in the same way', () => {
  for (const to of ['2026-09-20', '2026-10-01', '2026-10-11', '2026-11-30']) {
    const [from, step] = to > '2026-09-30' ? ['2026-09-30', 1] : ['2026-09-30', -1]
    let count = 0
    for (let day = from; day !== to; ) {
      day = addDays(day, step)
      if (value(`is workday(@"${day}")`)) count += step
    }
    expect(value(`workdays difference(@"${from}", @"${to}")`)).toBe(count)
  }
})

test('this month is that of the reader', () => {
  // In Shanghai it is 1 October already.
  expect(value('[本月(@"2026-10-31"), within this month(@"2026-09-30")]')).toEqual(['true', 'false'])
  expect(value('within this month(@"2026-09-30T16:00:00Z")')).toBe(true)
  expect(value('within this month(@"2026-09-30T15:59:59Z")')).toBe(false)
  expect(value('within this month(@"2025-10-05")')).toBe(false)
})

test('the last days are those of the operator `within`', () => {
  const moment = fc.integer({ min: -12 * 86_400, max: 12 * 86_400 }).map((seconds) => now + seconds * 1000)
  const agree = (field: string, text: string, days: number, at: number) => {
    const given = facts({ [field]: text }, { now: at })
    const formula = compileFormula(`近N天(${field}, ${days})`, { form: ticket, lookup })
    const operand = days < 0 ? `-P${-days}D` : `P${days}D`
    const condition = compileCondition(
      { fact: 'record', path: `$.${field}`, operator: 'within', value: operand },
      ticket,
      lookup,
    )
    expect(formula.ok && formula.value.evaluate(given).value).toBe(condition(given))
  }
  fc.assert(
    fc.property(moment, fc.integer({ min: -10, max: 10 }), (at, days) => {
      agree('reported_at', formatInstant(at), days, now)
      agree('due_on', formatInstant(at).slice(0, 10), days, now)
    }),
    { seed: 20261129, numRuns: 300 },
  )
})

test('the current user may be named in Chinese', () => {
  const formula = compileFormula('当前用户.部门 = "d1" and 当前用户.姓名 = "Ann"', { form: ticket, lookup })
  const user = { id: 'u', username: 'ann', name: 'Ann', department: 'd1', superior: null, departments: [], roles: [] }
  const given = facts({}, { user: { ...user, locale: 'en', zone: 'UTC' } })
  expect(formula.ok && formula.value.evaluate(given).value).toBe(true)
  expect(formula.ok && formula.value.reads).toEqual([
    { fact: 'user', path: ['department'] },
    { fact: 'user', path: ['name'] },
  ])
  const wrong = compileFormula('当前用户.部', { form: ticket, lookup })
  expect(!wrong.ok && wrong.error.map(({ code }) => code)).toEqual(['formula.unknownName'])
})
