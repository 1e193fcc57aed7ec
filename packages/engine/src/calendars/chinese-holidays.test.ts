import { expect, test } from 'vitest'
import { chineseHolidays } from './chinese-holidays.ts'

const day = (name: string, date: string, isOffDay = true) => ({ name, date, isOffDay })

test('consecutive days off become a range, make-up days work like a Monday, in order of date', () => {
  const days = chineseHolidays(
    [
      day('国庆节、中秋节', '2025-10-02'),
      day('国庆节、中秋节', '2025-10-01'),
      day('国庆节、中秋节', '2025-09-28', false),
      day('国庆节、中秋节', '2025-10-03'),
    ],
    [day('元旦', '2026-01-01'), day('某纪念日', '2026-01-02'), day('元旦', '2026-01-04', false)],
  )
  expect(days).toEqual([
    {
      date: '2025-09-28',
      label: { 'zh-CN': '国庆节、中秋节调休上班', en: 'Make-up working day (National Day, Mid-Autumn Festival)' },
      like: 'mon',
    },
    {
      date: '2025-10-01',
      to: '2025-10-03',
      label: { 'zh-CN': '国庆节、中秋节', en: 'National Day, Mid-Autumn Festival' },
      off: true,
    },
    { date: '2026-01-01', label: { 'zh-CN': '元旦', en: 'New Year’s Day' }, off: true },
    { date: '2026-01-02', label: { 'zh-CN': '某纪念日' }, off: true },
    { date: '2026-01-04', label: { 'zh-CN': '元旦调休上班', en: 'Make-up working day (New Year’s Day)' }, like: 'mon' },
  ])
})

test('a gap or a working day between ends a range; the last word about a day counts', () => {
  const days = chineseHolidays(
    [day('春节', '2026-02-15'), day('春节', '2026-02-17')],
    [day('春节', '2026-02-15', false)],
  )
  expect(days.map(({ date, to, off, like }) => [date, to, off, like])).toEqual([
    ['2026-02-15', undefined, undefined, 'mon'],
    ['2026-02-17', undefined, true, undefined],
  ])
})
