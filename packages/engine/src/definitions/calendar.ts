import { type Static, Type } from 'typebox'
import { about, Closed, Day, exactlyOne, kindHead, named, OneOf, Text, TimeOfDay } from './schema.ts'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** A working period [from, to) of a day in local time; `to` before or equal to `from` runs past midnight. `24:00` ends a day. */
const Period = Type.Array(TimeOfDay(), { minItems: 2, maxItems: 2 })
const Periods = Type.Array(Period, { maxItems: 12 })

const weekdayNames: { readonly [K in Weekday]: readonly [zh: string, en: string] } = {
  mon: ['周一', 'Monday'],
  tue: ['周二', 'Tuesday'],
  wed: ['周三', 'Wednesday'],
  thu: ['周四', 'Thursday'],
  fri: ['周五', 'Friday'],
  sat: ['周六', 'Saturday'],
  sun: ['周日', 'Sunday'],
}

function optionalPeriods(day: Weekday) {
  return Type.Optional(named(Periods, ...weekdayNames[day], 'Working periods; absent: none.'))
}

export const CalendarDefinition = Closed({
  ...kindHead('calendar'),
  label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
  zone: Type.String(about('时区', 'Time zone', 'IANA name of the zone the periods are in.')),
  weekly: Closed(
    Object.fromEntries(weekdays.map((day) => [day, optionalPeriods(day)])) as Record<
      Weekday,
      ReturnType<typeof optionalPeriods>
    >,
    about('每周工时', 'Weekly', 'Working periods of each weekday.'),
  ),
  days: Type.Optional(
    Type.Array(
      Closed(
        {
          date: Day(about('日期', 'Date', 'The (first) day.')),
          to: Type.Optional(Day(about('至', 'To', 'The last day; absent: one day.'))),
          label: Type.Optional(named(Text, '名称', 'Label', 'Name of the day; absent: none.')),
          off: Type.Optional(Type.Literal(true, about('休息', 'Off', 'No working time.'))),
          like: Type.Optional(
            OneOf(
              weekdays,
              {
                mon: ['周一', 'Monday'],
                tue: ['周二', 'Tuesday'],
                wed: ['周三', 'Wednesday'],
                thu: ['周四', 'Thursday'],
                fri: ['周五', 'Friday'],
                sat: ['周六', 'Saturday'],
                sun: ['周日', 'Sunday'],
              },
              about('按周几上班', 'Like', 'Make-up working day: works like this weekday.'),
            ),
          ),
          periods: Type.Optional(named(Periods, '工作时段', 'Periods', 'Works in these periods.')),
        },
        exactlyOne('off', 'like', 'periods'),
      ),
      {
        maxItems: 2000,
        ...about(
          '特殊日期',
          'Special days',
          'Holidays, make-up working days, half days: exactly one of off, like, periods each. A later entry wins. Absent: every week is the same.',
        ),
      },
    ),
  ),
  validUntil: Type.Optional(
    Day(
      about(
        '维护至',
        'Kept until',
        'Last day whose holidays are known; later days follow the week, with a warning. Absent: for ever.',
      ),
    ),
  ),
})
export type CalendarDefinition = Static<typeof CalendarDefinition>
