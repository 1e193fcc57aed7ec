import type { Environment } from '../environment.ts'
import { civilOf } from '../values/calendar.ts'
import { dateTimeOfInstant, FeelDate, type FeelDateTime, instantOf } from '../values/temporal.ts'
import type { Value } from '../values/value.ts'
import { integerOf, isDay, single } from './arguments.ts'
import type { Builtins } from './contract.ts'

const today = ({ facts }: Environment): number => dateTimeOfInstant(facts.now, facts.zone).days

/** The day a moment falls on where the reader is. */
function localDay(value: FeelDate | FeelDateTime, { facts }: Environment): number | undefined {
  if (value instanceof FeelDate || value.zone === null) return value.days
  const instant = instantOf(value, facts.zone)
  return instant === undefined ? undefined : dateTimeOfInstant(instant, facts.zone).days
}

function withinThisMonth([date]: readonly Value[], env: Environment): Value | undefined {
  const value = single(date)
  const day = isDay(value) ? localDay(value, env) : undefined
  if (day === undefined) return undefined
  const [there, here] = [civilOf(day), civilOf(today(env))]
  return there.year === here.year && there.month === here.month
}

/** As the operator `within` of conditions has it: today and n days back; of a moment n × 24 hours. Negative n looks ahead. */
function withinLastDays([date, n]: readonly Value[], env: Environment): Value | undefined {
  const value = single(date)
  const count = integerOf(n)
  if (!isDay(value) || count === undefined) return undefined
  const isDate = value instanceof FeelDate
  const at = isDate ? value.days : instantOf(value, env.facts.zone)
  const now = isDate ? today(env) : env.facts.now
  if (at === undefined) return undefined
  const edge = now - count * (isDate ? 1 : 86_400_000)
  return Math.min(edge, now) <= at && at <= Math.max(edge, now)
}

export const periodFunctions: Builtins = {
  'start of month': {
    forms: [['date']],
    run: ([date]) => {
      const value = single(date)
      return isDay(value) ? new FeelDate(value.days - civilOf(value.days).day + 1) : undefined
    },
  },
  'within this month': { forms: [['date']], reads: 'now', run: withinThisMonth },
  'within last days': { forms: [['date', 'days']], reads: 'now', run: withinLastDays },
}
