import { chineseHolidays } from '@tenon/engine'
import { expect, test } from 'vitest'
import { holidaysOf } from './holidays-of.ts'

const expected = [
  { date: '2026-01-01', to: '2026-01-03', label: { 'zh-CN': '元旦', en: 'New Year’s Day' }, off: true },
  {
    date: '2026-01-04',
    label: { 'zh-CN': '元旦调休上班', en: 'Make-up working day (New Year’s Day)' },
    like: 'mon',
  },
]

test.each([
  [
    'holiday-cn',
    JSON.stringify({
      days: [
        { name: '元旦', date: '2026-01-01', isOffDay: true },
        { name: '元旦', date: '2026-01-02', isOffDay: true },
        { name: '元旦', date: '2026-01-03', isOffDay: true },
        { name: '元旦', date: '2026-01-04', isOffDay: false },
      ],
    }),
  ],
  [
    'a calendar file',
    [
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'DTSTART;VALUE=DATE:20260101',
      'DTEND;VALUE=DATE:20260104',
      'SUMMARY:元旦',
      ' 假期',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'DTSTART;VALUE=DATE:20260104',
      'SUMMARY:元旦（班）',
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n'),
  ],
  ['a table', '日期,至,名称,类型\n2026年1月1日,2026/1/3,元旦,休\n2026-1-4,,元旦,班\n'],
])('%s says which days are free and which are made up', (_name, text) => {
  expect(chineseHolidays(holidaysOf(text))).toEqual(expected)
})

test('what a table says in a column of its own holds, whatever words the name has', () => {
  expect(holidaysOf("2027-05-03,Workers' Day,off\n2027-05-08,Make-up,work\n2027-10-01,Work day,off")).toEqual([
    { date: '2027-05-03', name: "Workers' Day", isOffDay: true },
    { date: '2027-05-08', name: 'Make-up', isOffDay: false },
    { date: '2027-10-01', name: 'Work day', isOffDay: true },
  ])
})

test('what says nothing of the kind gives nothing', () => {
  for (const text of ['', '{"days": 3}', '{', 'hello', '2026-02-30,x,休']) expect(holidaysOf(text)).toEqual([])
})
