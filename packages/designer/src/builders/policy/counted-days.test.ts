import { compileCalendar, everyMinute, parseInstant } from '@tenon/engine'
import { describe, expect, test } from 'vitest'
import { countedDays } from './counted-days.ts'

const at = (text: string) => parseInstant(text) ?? 0
const office = compileCalendar({
  id: 'office',
  kind: 'calendar',
  schemaVersion: 1,
  label: 'Office',
  zone: 'Asia/Shanghai',
  weekly: {
    fri: [
      ['09:00', '12:00'],
      ['13:30', '18:00'],
    ],
    mon: [
      ['09:00', '12:00'],
      ['13:30', '18:00'],
    ],
  },
})

describe('the days of a target', () => {
  test('are told with their stretches, lunch and weekend left out', () => {
    const from = at('2026-03-06T11:00:00+08:00')
    const due = office.add(from, 8 * 3_600_000)
    expect(countedDays(office, from, due, 'Asia/Shanghai')).toEqual([
      {
        day: '2026-03-06',
        stretches: [
          { from, to: at('2026-03-06T12:00:00+08:00') },
          { from: at('2026-03-06T13:30:00+08:00'), to: at('2026-03-06T18:00:00+08:00') },
        ],
        countedMs: 5.5 * 3_600_000,
        totalMs: 5.5 * 3_600_000,
      },
      { day: '2026-03-07', stretches: [], countedMs: 0, totalMs: 5.5 * 3_600_000 },
      { day: '2026-03-08', stretches: [], countedMs: 0, totalMs: 5.5 * 3_600_000 },
      {
        day: '2026-03-09',
        stretches: [{ from: at('2026-03-09T09:00:00+08:00'), to: at('2026-03-09T11:30:00+08:00') }],
        countedMs: 2.5 * 3_600_000,
        totalMs: 8 * 3_600_000,
      },
    ])
  })

  test('add up to the business time between, whatever the calendar', () => {
    const from = at('2026-03-05T22:17:00+08:00')
    for (const calendar of [office, everyMinute]) {
      const to = from + 100 * 3_600_000
      const days = countedDays(calendar, from, to, 'Asia/Shanghai')
      const stretches = days.flatMap((one) => one.stretches).reduce((sum, one) => sum + one.to - one.from, 0)
      expect(days.at(-1)?.totalMs).toBe(calendar.between(from, to))
      expect(stretches).toBe(calendar.between(from, to))
    }
  })
})
