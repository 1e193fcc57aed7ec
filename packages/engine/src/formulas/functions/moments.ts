import { isFeelNumber, numberToText, roundNumber } from '../../kernel/decimal.ts'
import { civilOf, daysOf, isCivil, weekdayOf, weekOf } from '../values/calendar.ts'
import { parseDate, parseDateTime, parseDuration, parseTime, parseZone } from '../values/parse-temporal.ts'
import {
  DayDuration,
  dateTimeOfInstant,
  FeelDate,
  FeelDateTime,
  FeelTime,
  MonthDuration,
  type Zone,
} from '../values/temporal.ts'
import type { Value } from '../values/value.ts'
import { integerOf, isDay, single, textOf } from './arguments.ts'
import type { Builtin, Builtins } from './contract.ts'

function date(args: readonly Value[]): Value | undefined {
  if (args.length === 3) {
    const [year, month, day] = args.map(integerOf)
    if (year === undefined || month === undefined || day === undefined) return undefined
    return isCivil(year, month, day) ? new FeelDate(daysOf(year, month, day)) : undefined
  }
  const value = single(args[0])
  if (typeof value === 'string') return parseDate(value)
  return value instanceof FeelDateTime ? new FeelDate(value.days) : value instanceof FeelDate ? value : undefined
}

function time(args: readonly Value[]): Value | undefined {
  if (args.length > 1) return timeOfParts(args)
  const value = single(args[0])
  if (typeof value === 'string') return parseTime(value.startsWith('T') ? value.slice(1) : value)
  if (value instanceof FeelDateTime) return new FeelTime(value.seconds, value.nanos, value.zone)
  if (value instanceof FeelDate) return new FeelTime(0, 0, 0)
  return value instanceof FeelTime ? value : undefined
}

function timeOfParts([hourValue, minuteValue, secondValue, offsetValue]: readonly Value[]): Value | undefined {
  const hour = integerOf(hourValue)
  const minute = integerOf(minuteValue)
  const zone = zoneOfDuration(offsetValue)
  const second = single(secondValue)
  if (!isFeelNumber(second) || hour === undefined || minute === undefined || zone === undefined) return undefined
  const exact = roundNumber(second, 9, 'down')
  const [whole = '', fraction = ''] = exact === undefined ? [] : numberToText(exact).split('.')
  if (!/^\d{1,2}$/.test(whole) || hour < 0 || hour > 23 || minute < 0 || minute > 59 || Number(whole) > 59)
    return undefined
  return new FeelTime(hour * 3600 + minute * 60 + Number(whole), Number(fraction.padEnd(9, '0')), zone)
}

/** An offset given as a duration; absent or null: local. */
function zoneOfDuration(value: Value | undefined): Zone | undefined {
  if (value === undefined || value === null) return null
  const one = single(value)
  return one instanceof DayDuration && one.nanos === 0 && Math.abs(one.seconds) <= 14 * 3600 ? one.seconds : undefined
}

function dateAndTime(args: readonly Value[]): Value | undefined {
  const [first, second] = args.map(single)
  if (second !== undefined) {
    if (typeof second === 'string' && first instanceof FeelDateTime) return inZone(first, second)
    const day = first instanceof FeelDate || first instanceof FeelDateTime ? first.days : undefined
    return day !== undefined && second instanceof FeelTime
      ? new FeelDateTime(day, second.seconds, second.nanos, second.zone)
      : undefined
  }
  if (first instanceof FeelDateTime) return first
  if (first instanceof FeelDate) return new FeelDateTime(first.days, 0, 0, null)
  if (typeof first !== 'string') return undefined
  const day = parseDate(first)
  return day ? new FeelDateTime(day.days, 0, 0, null) : parseDateTime(first)
}

function inZone(value: FeelDateTime, name: string): Value | undefined {
  const zone = parseZone(/^[A-Za-z]{2}/.test(name) ? `@${name}` : name)
  return zone === undefined ? undefined : new FeelDateTime(value.days, value.seconds, value.nanos, zone)
}

function monthsBetween([fromValue, toValue]: readonly Value[]): Value | undefined {
  const from = single(fromValue)
  const to = single(toValue)
  if (!isDay(from) || !isDay(to)) return undefined
  return to.days >= from.days ? new MonthDuration(wholeMonths(from, to)) : new MonthDuration(0 - wholeMonths(to, from))
}
function wholeMonths(from: FeelDate | FeelDateTime, to: FeelDate | FeelDateTime): number {
  const a = from.civil
  const b = to.civil
  return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day ? 1 : 0)
}

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const onDay = (run: (days: number) => Value | undefined): Builtin => ({
  forms: [['date']],
  run: ([value]) => {
    const day = single(value)
    return isDay(day) ? run(day.days) : undefined
  },
})

export const momentFunctions: Builtins = {
  date: { forms: [['from'], ['year', 'month', 'day']], run: date },
  time: {
    forms: [['from'], ['hour', 'minute', 'second', 'offset?']],
    takesNull: true,
    run: (args) => (args.slice(0, 3).includes(null) ? null : time(args)),
  },
  'date and time': { forms: [['from'], ['date', 'time'], ['from', 'timezone']], run: dateAndTime },
  duration: {
    forms: [['from']],
    run: ([value]) => {
      const one = single(value)
      if (one instanceof DayDuration || one instanceof MonthDuration) return one
      const text = textOf(one)
      return text === undefined ? undefined : parseDuration(text)
    },
  },
  'years and months duration': { forms: [['from', 'to']], run: monthsBetween },
  'day of week': onDay((days) => dayNames[weekdayOf(days) - 1]),
  'month of year': onDay((days) => monthNames[civilOf(days).month - 1]),
  'day of year': onDay((days) => days - daysOf(civilOf(days).year, 1, 1) + 1),
  'week of year': onDay(weekOf),
  'last day of month': onDay((days) => {
    const { year, month } = civilOf(days)
    return new FeelDate(month === 12 ? daysOf(year, 12, 31) : daysOf(year, month + 1, 1) - 1)
  }),
  /** The one moment of this evaluation, in the facts' zone. */
  now: { forms: [[]], reads: 'now', run: (_, env) => dateTimeOfInstant(env.facts.now, env.facts.zone) },
  today: {
    forms: [[]],
    reads: 'now',
    run: (_, env) => new FeelDate(dateTimeOfInstant(env.facts.now, env.facts.zone).days),
  },
}
