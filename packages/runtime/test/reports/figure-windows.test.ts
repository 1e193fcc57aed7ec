import { type FieldValue, formatInstant, type MetricRequest, type RecordRow } from '@tenon/engine'
import { type MetricDefinition, memoryMetrics } from '@tenon/reports'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { readFigure } from '../../src/server/commands/figures.ts'
import { desk, environment, type OpenDesk, openDesk, stored } from './desk.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const all = desk()

/** Moments about which counting goes wrong: ends of months, leap days, weeks of two years, days the clocks change, a day that never was. */
const edges: readonly (readonly [zone: string, moment: string])[] = [
  ['Asia/Shanghai', '2026-02-28T16:00:00Z'],
  ['Asia/Shanghai', '2024-02-29T16:00:00Z'],
  ['Asia/Shanghai', '2025-12-31T16:00:00Z'],
  ['Asia/Kolkata', '2026-03-31T18:30:00Z'],
  ['UTC', '2026-07-01T00:00:00Z'],
  ['Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['America/New_York', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['America/New_York', '2027-01-01T05:00:00Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00:00Z'],
  ['America/Sao_Paulo', '2018-02-18T02:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Africa/Casablanca', '2026-02-15T02:00:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
]

const near = fc.oneof(
  fc.constantFrom(0, 1, -1, minute, -minute, hour, -hour, day, -day, 7 * day, -7 * day, 30 * day, -30 * day),
  fc.integer({ min: -3 * day, max: 3 * day }),
  fc.integer({ min: -70 * day, max: 70 * day }),
  fc.integer({ min: -400, max: 400 }).map((days) => days * day),
)
const play = fc.record({
  edge: fc.constantFrom(...edges),
  now: near,
  events: fc.array(
    fc.record({ at: near, customer: fc.constantFrom('c1', 'c2', null), fromNow: fc.boolean(), blank: fc.nat(9) }),
    { minLength: 5, maxLength: 40 },
  ),
})

const windows = [
  { last: 'PT1H' },
  { last: 'P1D' },
  { last: 'P7D' },
  { last: 'P30D' },
  { calendar: 'day' },
  { calendar: 'week' },
  { calendar: 'month' },
  { calendar: 'quarter' },
  { calendar: 'year' },
] as const
const lengths = { PT1H: hour, P1D: day, P7D: 7 * day, P30D: 30 * day } as const

const metric: MetricDefinition = {
  id: 'opened',
  kind: 'metric',
  schemaVersion: 1,
  label: '报修数',
  form: 'ticket',
  measure: { count: true },
  at: 'opened_at',
  doc: '报修的工单数。',
}

const formats = new Map<string, Intl.DateTimeFormat>()
/** The day on the wall, by the machine's own calendar. */
function wallDay(zone: string, at: number): readonly [number, number, number] {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric', month: 'numeric', day: 'numeric' })
  formats.set(zone, format)
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return [parts.get('year') ?? 0, parts.get('month') ?? 0, parts.get('day') ?? 0]
}
/** Names the period that a moment is in; weeks by their Monday. */
function period(calendar: 'day' | 'week' | 'month' | 'quarter' | 'year', zone: string, at: number): string {
  const [y, m, d] = wallDay(zone, at)
  if (calendar === 'year') return `${y}`
  if (calendar === 'quarter') return `${y} ${Math.ceil(m / 3)}`
  if (calendar === 'month') return `${y} ${m}`
  if (calendar === 'day') return `${y} ${m} ${d}`
  const noon = Date.UTC(y, m - 1, d, 12)
  return new Date(noon - ((new Date(noon).getUTCDay() + 6) % 7) * day).toISOString().slice(0, 10)
}
/** The period before the one that a moment is in: back hour by hour until the name changes. */
function periodBefore(calendar: Parameters<typeof period>[0], zone: string, now: number): string {
  const own = period(calendar, zone, now)
  for (let at = now; ; at -= hour) if (period(calendar, zone, at) !== own) return period(calendar, zone, at)
}

function counts(times: readonly number[], window: (typeof windows)[number], zone: string, now: number) {
  if ('last' in window) {
    const ms = lengths[window.last]
    const within = (from: number, to: number) => times.filter((at) => at > from && at <= to).length
    return [within(now - ms, now), within(now - 2 * ms, now - ms)] as const
  }
  const { calendar } = window
  const [own, before] = [period(calendar, zone, now), periodBefore(calendar, zone, now)]
  const named = times.map((at) => period(calendar, zone, at))
  return [named.filter((one) => one === own).length, named.filter((one) => one === before).length] as const
}

eachDatabase((database) => {
  let open: OpenDesk
  beforeAll(async () => {
    open = await openDesk(database, all)
  })
  afterAll(() => open.close())

  test('sliding and calendar windows count what a naive count of the moments counts, in the database and in memory', async () => {
    let [counted, compared] = [0, 0]
    await fc.assert(
      fc.asyncProperty(play, async ({ edge: [zone, moment], now: away, events }) => {
        const now = Date.parse(moment) + away
        const tickets = events.map(({ at, customer, fromNow, blank }, index) =>
          stored({
            id: `t${index}`,
            customer,
            opened_at: blank === 0 ? null : formatInstant((fromNow ? now : Date.parse(moment)) + at),
          }),
        )
        await open.fill({ ticket: tickets })
        const env = { ...environment(all, undefined, { now, zone }), metrics: () => metric }
        const memory = memoryMetrics(() => ({ lookup: all.lookup, metrics: () => metric }))
        const rows = tickets.map(
          ({ id, opened_at, customer }) =>
            ({
              app: 'demo',
              form: 'ticket',
              id,
              title: 't',
              createdAt: 0,
              updatedAt: 0,
              data: Object.fromEntries(Object.entries({ opened_at, customer }).filter(([, value]) => value !== null)),
            }) as unknown as RecordRow,
        )
        const over = { now, records: () => rows, linked: () => undefined }
        const app = { id: 'demo', definition: { zone } } as Parameters<typeof memory.figure>[0]
        for (const window of windows)
          for (const by of [{}, { customer: 'c1' }]) {
            const times = tickets.flatMap(({ opened_at, customer }) =>
              opened_at === null || ('customer' in by && customer !== by.customer) ? [] : [Date.parse(opened_at)],
            )
            const [present, past] = counts(times, window, zone, now)
            const expected: Record<MetricRequest['value'], FieldValue> = {
              value: present,
              change: String(present - past),
              ratio: past === 0 ? null : ratio(present, past),
            }
            for (const value of ['value', 'change', 'ratio'] as const) {
              const request: MetricRequest = { metric: 'opened', by, window, value, minimumSample: 1 }
              const place = `${zone} ${new Date(now).toISOString()} ${JSON.stringify([window, by, value])}`
              const figure = await readFigure({ env, database: open.database, run: open.run }, request)
              expect(plain(figure), place).toBe(plain(expected[value]))
              expect(plain(memory.figure(app, request, over)), `${place} in memory`).toBe(plain(expected[value]))
            }
            if (present > 0) counted += 1
            if (past > 0) compared += 1
          }
      }),
      { seed: 1884, numRuns: 60 },
    )
    // There was something to count in many windows, and in many that went before.
    expect(Math.min(counted, compared)).toBeGreaterThan(200)
  })
})

/** Cut off after twelve digits, as a figure is. */
const ratio = (present: number, past: number): string => {
  const digits = String((BigInt(present) * 10n ** 12n) / BigInt(past)).padStart(13, '0')
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`
}
const plain = (value: FieldValue): string | null => (value === null ? null : String(value))
