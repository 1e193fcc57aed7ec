import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CalendarDefinition, weekdays } from '../definitions/calendar.ts'
import type { Instant } from '../kernel/instant.ts'
import { type Calendar, compileCalendar, endOfTime } from './calendar.ts'

/**
 * P6: business time against a stupid evaluator that asks, minute by minute, what the wall clock shows and looks it up
 * in the definition. It shares no code with the calendar: zones come from Intl, days are texts, nothing is summed ahead.
 */
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'UTC',
  'Asia/Shanghai',
] as const
const minute = 60_000
const day = 86_400_000
const utc = (text: string): Instant => new Date(text).getTime()

const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, Map<number, number>>()

/** The wall clock as if it were UTC. Offsets of these zones and years change at half hours only, so one look each. */
function wallClock(zone: string, at: Instant): number {
  const half = Math.floor(at / (30 * minute)) * 30 * minute
  const known = offsets.get(zone) ?? new Map<number, number>()
  offsets.set(zone, known)
  let offset = known.get(half)
  if (offset === undefined) {
    let format = formats.get(zone)
    if (!format) {
      format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
      })
      formats.set(zone, format)
    }
    const [month, date, year, hour, minutes] = format.format(half).match(/\d+/g)!.map(Number)
    offset = Date.UTC(year!, month! - 1, date, hour, minutes) - half
    known.set(half, offset)
  }
  return at + offset
}

type Periods = readonly (readonly string[])[]
const inMinutes = (time: string) => Number(time.split(':')[0]) * 60 + Number(time.split(':')[1])

function periodsOn(definition: CalendarDefinition, date: string): Periods {
  const entry = (definition.days ?? []).findLast((one) => one.date <= date && date <= (one.to ?? one.date))
  const ofWeek = (name: string): Periods => definition.weekly[name as 'mon'] ?? []
  if (entry?.off) return []
  if (entry?.periods) return entry.periods
  const weekday = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][new Date(`${date}T12:00:00Z`).getUTCDay()]!
  return ofWeek(entry?.like ?? weekday)
}

/** What each of the 1,440 minutes of a day is, looked up in the periods that begin on it and on the day before. */
function minutesOn(definition: CalendarDefinition, date: string): Uint8Array {
  const works = new Uint8Array(1440)
  const inNumbers = (periods: Periods) => periods.map(([from, to]) => ({ from: inMinutes(from!), to: inMinutes(to!) }))
  const today = inNumbers(periodsOn(definition, date))
  const yesterday = inNumbers(
    periodsOn(definition, new Date(new Date(`${date}T00:00:00Z`).getTime() - day).toISOString().slice(0, 10)),
  )
  for (let now = 0; now < 1440; now++) {
    const own = today.some(({ from, to }) => now >= from && (to <= from || now < to))
    const over = yesterday.some(({ from, to }) => to <= from && now < to)
    if (own || over) works[now] = 1
  }
  return works
}

const days = new WeakMap<CalendarDefinition, Map<number, Uint8Array>>()
function worksInMinute(definition: CalendarDefinition, at: Instant): boolean {
  const wall = wallClock(definition.zone, at)
  const number = Math.floor(wall / day)
  const known = days.get(definition) ?? new Map<number, Uint8Array>()
  days.set(definition, known)
  const minutes = known.get(number) ?? minutesOn(definition, new Date(number * day).toISOString().slice(0, 10))
  known.set(number, minutes)
  return minutes[Math.floor((wall - number * day) / minute)] === 1
}

function oracleBetween(definition: CalendarDefinition, a: Instant, b: Instant): number {
  let sum = 0
  for (let at = Math.floor(a / minute) * minute; at < b; at += minute) {
    if (worksInMinute(definition, at)) sum += Math.min(at + minute, b) - Math.max(at, a)
  }
  return sum
}

/** Steps until enough minutes have worked; undefined beyond the limit. */
function oracleAdd(definition: CalendarDefinition, from: Instant, ms: number, limit: Instant): Instant | undefined {
  let rest = ms
  if (rest === 0) return from
  for (let at = Math.floor(from / minute) * minute; at < limit; at += minute) {
    if (!worksInMinute(definition, at)) continue
    const start = Math.max(at, from)
    if (rest <= at + minute - start) return start + rest
    rest -= at + minute - start
  }
  return undefined
}

/** Every day 2024–2028 on which a zone changes its offset. */
function changeDays(zone: string): readonly Instant[] {
  const days: Instant[] = []
  for (let at = utc('2024-01-01T00:00:00Z'); at < utc('2029-01-01T00:00:00Z'); at += day) {
    if (wallClock(zone, at) - at !== wallClock(zone, at + day) - at - day) days.push(at)
  }
  return days
}
const changes = new Map(zones.map((zone) => [zone, changeDays(zone)]))

const time = fc
  .integer({ min: 0, max: 24 * 12 - 1 })
  .map((fives) => `${String(Math.floor(fives / 12)).padStart(2, '0')}:${String((fives % 12) * 5).padStart(2, '0')}`)
/** Some periods of one day in order, the last one perhaps until 24:00 or past midnight. */
const periods = fc
  .tuple(fc.uniqueArray(time, { minLength: 2, maxLength: 6 }), fc.constantFrom('keep', '24:00', 'over'))
  .map(([times, end]) => {
    const sorted = [...times].sort()
    const pairs: string[][] = []
    for (let index = 0; index + 1 < sorted.length; index += 2) pairs.push([sorted[index]!, sorted[index + 1]!])
    const last = pairs.at(-1)!
    if (end === '24:00') last[1] = '24:00'
    if (end === 'over') last[1] = pairs[0]![0]!
    return pairs
  })
const usual = fc.constantFrom<string[][]>(
  [['09:00', '18:00']],
  [
    ['09:00', '12:00'],
    ['13:30', '18:00'],
  ],
  [['00:00', '24:00']],
  [['22:00', '06:00']],
  [['01:30', '02:30']],
  [['02:00', '03:00']],
  [],
)

const dayText = (at: Instant) => new Date(at).toISOString().slice(0, 10)
const special = (around: Instant) =>
  fc
    .record({
      offset: fc.integer({ min: -4, max: 4 }),
      length: fc.integer({ min: 0, max: 3 }),
      what: fc.oneof(fc.constant('off'), fc.constantFrom(...weekdays), periods),
    })
    .map(({ offset, length, what }) => ({
      date: dayText(around + offset * day),
      ...(length > 0 ? { to: dayText(around + (offset + length) * day) } : {}),
      ...(what === 'off' ? { off: true as const } : typeof what === 'string' ? { like: what } : { periods: what }),
    }))

const momentIn = (zone: (typeof zones)[number]) => {
  const days = changes.get(zone)!
  const nearChange = fc
    .tuple(fc.nat({ max: Math.max(0, days.length - 1) }), fc.integer({ min: -day, max: 2 * day }))
    .map(([index, ms]) => (days[index] ?? 0) + ms)
  const anywhere = fc.integer({ min: utc('2024-01-01T00:00:00Z'), max: utc('2028-12-31T00:00:00Z') })
  return days.length > 0 ? fc.oneof({ weight: 3, arbitrary: nearChange }, { weight: 1, arbitrary: anywhere }) : anywhere
}

const world = fc.constantFrom(...zones).chain((zone) =>
  fc.tuple(momentIn(zone), fc.boolean()).chain(([at, wholeMinutes]) => {
    const from = wholeMinutes ? Math.floor(at / minute) * minute : at
    return fc.record({
      from: fc.constant(from),
      definition: fc
        .record({
          week: fc.tuple(...weekdays.map(() => fc.oneof(usual, periods))),
          days: fc.array(special(from), { maxLength: 4 }),
        })
        .map(
          ({ week, days }): CalendarDefinition => ({
            kind: 'calendar',
            id: 'c',
            schemaVersion: 1,
            label: 'c',
            zone,
            days,
            weekly: Object.fromEntries(week.map((one, index) => [weekdays[index]!, one])),
          }),
        ),
      span: fc.oneof(fc.integer({ min: 0, max: 3 * day }), fc.integer({ min: 0, max: 10 * day })),
      amount: fc.oneof(
        fc.integer({ min: 0, max: 12 * 3_600_000 }),
        fc.integer({ min: 0, max: 600 }).map((n) => n * minute),
      ),
    })
  }),
)

/** More cases, for a soak: `TENON_P6_CASES=50000`, another seed in `TENON_P6_SEED`. */
const cases = Number(process.env.TENON_P6_CASES ?? 2000)
const seed = Number(process.env.TENON_P6_SEED ?? 20_260_302)

test('2,000 random calendars, moments and spans, mostly around the days the clocks change, equal the minute-by-minute oracle', {
  timeout: 60 * cases,
}, () => {
  let counted = 0
  fc.assert(
    fc.property(world, ({ definition, from, span, amount }) => {
      const calendar = compileCalendar(definition)
      const expected = oracleBetween(definition, from, from + span)
      expect(calendar.between(from, from + span)).toBe(expected)
      expect(calendar.between(from + span, from)).toBe(0 - expected)
      expect(calendar.isWorking(from)).toBe(worksInMinute(definition, from))
      const due = oracleAdd(definition, from, amount, from + 12 * day)
      const answer = calendar.add(from, amount)
      if (due === undefined) expect(answer).toBeGreaterThanOrEqual(from + 12 * day)
      else expect(answer).toBe(due)
      if (expected > 0) counted++
    }),
    { numRuns: cases, seed },
  )
  expect(counted).toBeGreaterThan(cases / 2)
})

test.each(zones)('every day the clocks change in %s 2024–2028, ± 1 day, equals the oracle', (zone) => {
  const definitions = [
    [['00:00', '24:00']],
    [['01:30', '02:30']],
    [['02:00', '03:00']],
    [['22:00', '06:00']],
    [['23:30', '00:30']],
    [
      ['01:00', '02:10'],
      ['02:40', '03:20'],
      ['09:00', '12:00'],
    ],
  ].map(
    (periods): CalendarDefinition => ({
      kind: 'calendar',
      id: 'c',
      schemaVersion: 1,
      label: 'c',
      zone,
      weekly: Object.fromEntries(weekdays.map((name) => [name, periods])),
    }),
  )
  for (const definition of definitions) {
    const calendar = compileCalendar(definition)
    for (const change of changes.get(zone)!) {
      for (let from = change - day; from <= change + day; from += day) {
        expect(calendar.between(from, from + day), dayText(from)).toBe(oracleBetween(definition, from, from + day))
        const due = oracleAdd(definition, from, 95 * minute, from + 4 * day)
        expect(calendar.add(from, 95 * minute), dayText(from)).toBe(due)
      }
    }
  }
})

test('the calendar of the template: every day of 2024–2026, with its holidays and make-up working days', () => {
  const path = new URL('../../../../templates/after-sales/calendars/service_hours.json', import.meta.url)
  const definition = JSON.parse(readFileSync(path, 'utf8')) as CalendarDefinition
  const calendar = compileCalendar(definition)
  const kinds = { off: 0, makeUp: 0 }
  for (let from = utc('2023-12-31T16:00:00Z'); from < utc('2026-12-31T16:00:00Z'); from += day) {
    const date = dayText(from + day / 2)
    const worked = calendar.between(from, from + day)
    expect(worked, date).toBe(oracleBetween(definition, from, from + day))
    expect(calendar.add(from, 8 * 60 * minute), date).toBe(
      oracleAdd(definition, from, 8 * 60 * minute, from + 30 * day),
    )
    const isWeekend = [0, 6].includes(new Date(`${date}T12:00:00Z`).getUTCDay())
    if (isWeekend && worked > 0) kinds.makeUp++
    if (!isWeekend && worked === 0) kinds.off++
  }
  // As the State Council announced them: 8, 5 and 6 days to make up for.
  expect(kinds.makeUp).toBe(19)
  expect(kinds.off).toBeGreaterThan(30)
})

test('the zones with clock changes have them in the years looked at', () => {
  const counts = Object.fromEntries([...changes].map(([zone, days]) => [zone, days.length]))
  expect(counts).toMatchObject({
    'Europe/Berlin': 10,
    'America/New_York': 10,
    'Australia/Lord_Howe': 10,
    'Asia/Shanghai': 0,
    UTC: 0,
  })
  expect(counts['Africa/Casablanca']).toBeGreaterThanOrEqual(10)
})

const check = (property: (calendar: Calendar, from: Instant, a: number, b: number) => void) =>
  fc.assert(
    fc.property(world, ({ definition, from, span, amount }) =>
      property(compileCalendar(definition), from, span, amount),
    ),
    { numRuns: 1000, seed: 7 },
  )

test('business time is monotone: later moments have passed no less of it', () => {
  check((calendar, from, span, more) => {
    expect(calendar.between(from, from + span + more)).toBeGreaterThanOrEqual(calendar.between(from, from + span))
    expect(calendar.add(from, span + more)).toBeGreaterThanOrEqual(calendar.add(from, span))
  })
})

test('it is additive: a to c is a to b and b to c; adding m and then n is adding both', () => {
  check((calendar, from, span, more) => {
    const [b, c] = [from + span, from + span + more]
    expect(calendar.between(from, c)).toBe(calendar.between(from, b) + calendar.between(b, c))
    const once = calendar.add(from, span + more)
    if (once !== endOfTime) expect(calendar.add(calendar.add(from, span), more)).toBe(once)
  })
})

test('add and between are inverse, and add is the earliest (going back: the latest) such moment', () => {
  check((calendar, from, span) => {
    const due = calendar.add(from, span)
    if (due !== endOfTime) {
      expect(calendar.between(from, due)).toBe(span)
      if (span > 0) expect(calendar.between(from, due - 1)).toBe(span - 1)
    }
    const before = calendar.add(from, -span)
    if (before !== -endOfTime) {
      expect(calendar.between(before, from)).toBe(span)
      if (span > 0) expect(calendar.between(before + 1, from)).toBe(span - 1)
    }
  })
})

test('nextWorking is the first moment that works', () => {
  check((calendar, from) => {
    const next = calendar.nextWorking(from)
    if (next === endOfTime) return
    expect(calendar.isWorking(next)).toBe(true)
    expect(calendar.between(from, next)).toBe(0)
    expect(calendar.nextWorking(next)).toBe(next)
  })
})
