import type { Calendar } from '../../calendars/calendar.ts'
import type { Environment } from '../environment.ts'
import { civilOf, largestYear } from '../values/calendar.ts'
import { FeelDate, FeelDateTime } from '../values/temporal.ts'
import type { Value } from '../values/value.ts'
import { integerOf, isDay, single, textOf } from './arguments.ts'
import type { Builtins } from './contract.ts'

/** A workday is a day on which work begins in the calendar: make-up days are, holidays are not. */
function calendarOf(id: Value | undefined, env: Environment): Calendar | undefined {
  if (id === undefined) return env.facts.calendars?.(undefined)
  const name = textOf(id)
  return name === undefined ? undefined : env.facts.calendars?.(name)
}

/** Days `count` workdays away, counted one by one: what the evaluation may spend bounds the way. */
function walk(from: number, count: number, calendar: Calendar, env: Environment): number {
  const step = Math.sign(count)
  let day = from
  for (let left = Math.abs(count); left > 0; ) {
    env.spend(1)
    day += step
    if (calendar.isWorkday(day)) left--
  }
  return day
}

/** The n-th workday after the date, before it when n is negative; of a date and time the time stays. */
function add([date, n, id]: readonly Value[], env: Environment): Value | undefined {
  const from = single(date)
  const count = integerOf(n)
  const calendar = calendarOf(id, env)
  if (!isDay(from) || count === undefined || !calendar) return undefined
  const day = walk(from.days, count, calendar, env)
  if (Math.abs(civilOf(day).year) > largestYear) return undefined
  return from instanceof FeelDate ? new FeelDate(day) : new FeelDateTime(day, from.seconds, from.nanos, from.zone)
}

/** Workdays after `from` up to `to`; going back, those before `from` down to `to`, negative: what `add` would have to be given. */
function between([first, last, id]: readonly Value[], env: Environment): Value | undefined {
  const from = single(first)
  const to = single(last)
  const calendar = calendarOf(id, env)
  if (!isDay(from) || !isDay(to) || !calendar) return undefined
  const step = Math.sign(to.days - from.days)
  let count = 0
  for (let day = from.days; day !== to.days; ) {
    env.spend(1)
    day += step
    if (calendar.isWorkday(day)) count += step
  }
  return count
}

export const workdayFunctions: Builtins = {
  'workdays add': { forms: [['date', 'days', 'calendar?']], reads: 'calendar', run: add },
  'workdays difference': { forms: [['from', 'to', 'calendar?']], reads: 'calendar', run: between },
  'is workday': {
    forms: [['date', 'calendar?']],
    reads: 'calendar',
    run: ([date, id], env) => {
      const day = single(date)
      const calendar = calendarOf(id, env)
      return isDay(day) && calendar ? calendar.isWorkday(day.days) : undefined
    },
  },
}
