import { type CalendarDefinition, compileCalendar, startOfDay } from '@tenon/engine'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  datesBetween,
  specialDay,
  weekdayOf,
  withDays,
  withEntries,
  withoutDays,
  withWeekday,
} from './calendar-days.ts'

const calendar = {
  id: 'c',
  kind: 'calendar',
  schemaVersion: 1,
  label: 'C',
  zone: 'Asia/Shanghai',
  weekly: { mon: [['09:00', '12:00']], tue: [['09:00', '17:00']] },
  days: [
    { date: '2026-01-01', to: '2026-01-05', label: '元旦', off: true },
    { date: '2026-02-01', like: 'mon' },
  ],
} as CalendarDefinition

test('a make-up Saturday goes into its place in time', () => {
  expect(weekdayOf('2026-01-10')).toBe('sat')
  const made = withDays(calendar, ['2026-01-10'], { like: 'mon' }, '调休上班')
  expect(made.days?.map(({ date }) => date)).toEqual(['2026-01-01', '2026-01-10', '2026-02-01'])
  expect(specialDay(made, '2026-01-10')).toEqual({ date: '2026-01-10', label: '调休上班', like: 'mon' })
  expect(withoutDays(made, ['2026-01-10'])).toEqual(calendar)
})

test('a date taken out of a range leaves the rest of it', () => {
  const split = withoutDays(calendar, ['2026-01-03'])
  expect(split.days?.slice(0, 2)).toEqual([
    { date: '2026-01-01', to: '2026-01-02', label: '元旦', off: true },
    { date: '2026-01-04', to: '2026-01-05', label: '元旦', off: true },
  ])
  expect(withoutDays(calendar, ['2026-03-01'])).toBe(calendar)
})

test('what is taken over replaces what was there on its dates', () => {
  const taken = withEntries(calendar, [{ date: '2026-01-05', to: '2026-01-06', off: true }])
  expect(taken.days?.slice(0, 2)).toEqual([
    { date: '2026-01-01', to: '2026-01-04', label: '元旦', off: true },
    { date: '2026-01-05', to: '2026-01-06', off: true },
  ])
})

test('a weekday gets its periods and loses them', () => {
  const more = withWeekday(calendar, 'sat', [['10:00', '12:00']])
  expect(Object.keys(more.weekly)).toEqual(['mon', 'tue', 'sat'])
  expect(withWeekday(more, 'sat', [])).toEqual(calendar)
})

test('whatever is set, only the dates that were meant change, to what was meant', () => {
  const date = fc.integer({ min: 0, max: 40 }).map((day) => datesBetween('2026-01-01', '2026-02-28')[day] ?? '')
  const kind = fc.constantFrom(
    { off: true } as const,
    { like: 'tue' } as const,
    {
      periods: [['08:00', '09:00']],
    } as const,
  )
  const hours = (one: CalendarDefinition, days: Iterable<string>) => {
    const compiled = compileCalendar(one)
    return new Map(
      [...days].map((day) => {
        const start = startOfDay(one.zone, day)
        return [day, compiled.between(start, start + 86_400_000) / 3_600_000]
      }),
    )
  }
  fc.assert(
    fc.property(
      fc.array(fc.record({ dates: fc.array(date, { minLength: 1, maxLength: 6 }), kind }), { maxLength: 5 }),
      (edits) => {
        const expected = hours(calendar, datesBetween('2026-01-01', '2026-02-28'))
        let now = calendar
        for (const edit of edits) {
          now = withDays(now, edit.dates, edit.kind)
          const worked = 'off' in edit.kind ? 0 : 'like' in edit.kind ? 8 : 1
          for (const day of edit.dates) expected.set(day, worked)
        }
        expect(hours(now, expected.keys())).toEqual(expected)
      },
    ),
    { numRuns: 60 },
  )
})
