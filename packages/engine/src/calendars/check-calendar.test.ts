import { expect, test } from 'vitest'
import type { CalendarDefinition } from '../definitions/calendar.ts'
import { problemTexts } from '../problems.ts'
import { checkCalendar } from './check-calendar.ts'

const office = {
  mon: [
    ['09:00', '12:00'],
    ['13:30', '18:00'],
  ],
}
const problems = (more: Partial<CalendarDefinition>) =>
  checkCalendar({
    kind: 'calendar',
    id: 'c',
    schemaVersion: 1,
    label: 'c',
    zone: 'Asia/Shanghai',
    weekly: office,
    ...more,
  }).map(({ code, path }) => `${code} ${path}`)

test('a sound calendar has no problems: lunch, half days, make-up days, 24:00, a period past midnight', () => {
  const days = [
    { date: '2026-01-01', to: '2026-01-03', off: true as const },
    { date: '2026-01-04', like: 'mon' as const },
    { date: '2026-02-16', periods: [] },
  ]
  expect(
    problems({
      weekly: { ...office, fri: [['00:00', '24:00']], sun: [['22:00', '06:00']] },
      days,
      validUntil: '2026-12-31',
    }),
  ).toEqual([])
})

test.each<[string, Partial<CalendarDefinition>, string[]]>([
  ['unknown zone', { zone: 'Asia/Peking' }, ['calendar.unknownZone /zone']],
  ['no working time in the week', { weekly: { mon: [] } }, ['calendar.neverWorks /weekly']],
  [
    'overlap, in any order',
    {
      weekly: {
        mon: [
          ['13:00', '18:00'],
          ['09:00', '13:30'],
        ],
      },
    },
    ['calendar.periodsOverlap /weekly/mon/0'],
  ],
  [
    'touching periods are apart',
    {
      weekly: {
        mon: [
          ['09:00', '12:00'],
          ['12:00', '18:00'],
        ],
      },
    },
    [],
  ],
  [
    'a night reaches into the next morning',
    { weekly: { mon: [['22:00', '06:00']], tue: [['05:00', '12:00']] } },
    ['calendar.periodsOverlap /weekly/tue/0'],
  ],
  [
    'Sunday night reaches into Monday',
    { weekly: { sun: [['22:00', '06:00']], mon: [['05:59', '12:00']] } },
    ['calendar.periodsOverlap /weekly/mon/0'],
  ],
  ['begins at 24:00', { weekly: { mon: [['24:00', '06:00']] } }, ['calendar.periodStart /weekly/mon/0']],
  [
    'no such day',
    { days: [{ date: '2026-02-29', off: true }], validUntil: '2026-13-01' },
    ['calendar.noSuchDay /days/0/date', 'calendar.noSuchDay /validUntil'],
  ],
  ['backwards', { days: [{ date: '2026-01-02', to: '2026-01-01', off: true }] }, ['calendar.rangeBackwards /days/0']],
  ['ages', { days: [{ date: '2026-01-02', to: '2926-01-01', off: true }] }, ['calendar.rangeTooLong /days/0']],
  [
    'overlap within a special day',
    {
      days: [
        {
          date: '2026-01-02',
          periods: [
            ['09:00', '12:00'],
            ['11:00', '13:00'],
          ],
        },
      ],
    },
    ['calendar.periodsOverlap /days/0/periods/1'],
  ],
])('%s', (_name, more, expected) => {
  const found = problems(more)
  expect(found).toEqual(expected)
  for (const one of found) expect(problemTexts).toHaveProperty([one.split(' ')[0]!])
})
