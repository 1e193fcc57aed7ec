import {
  addDays,
  type Condition,
  type Facts,
  type LeafCondition,
  localDay,
  parseDay,
  parseInstant,
  windowOf,
} from '@tenon/engine'
import { sql } from 'kysely'
import { bucketOfDay, bucketOfInstant, type CourseBucket, isCourse, keysBetween } from '../query/buckets.ts'
import type { PlannedDimension, PlannedMeasure, PlannedPeriod, QueryPlan } from '../query/plan.ts'
import { splitBounds } from '../query/range.ts'
import type { Database, Sql } from './dialect.ts'
import { groupBy, periodRows } from './group-statement.ts'
import { bucketSteps, dimensionSteps, planned } from './query-inputs.ts'

type BacklogInput = Extract<PlannedMeasure['input'], { kind: 'backlog' }>
type Range = { readonly from: string | undefined; readonly to: string | undefined }

/**
 * How many records are open at the end of each stretch of time: opened before its end and not closed before it. Every
 * record adds one in the stretch in which it was opened and takes one away in that in which it was closed (at the
 * earliest the one in which it was opened); the running sum is the backlog. Conditions on the time dimension choose
 * which stretches are shown, not which records count: what was opened earlier is in the backlog too.
 */
export function backlogStatement(
  plan: QueryPlan,
  period: PlannedPeriod,
  measure: PlannedMeasure,
  database: Database,
): Sql {
  const { dialect } = database
  const { opened, closed } = measure.input as BacklogInput
  const timed = timeDimension(plan)
  const { rest } = timed === undefined ? { rest: period.where } : splitRange(period.where, timed, period.facts)
  const side = (kind: 'opened' | 'closed'): Sql => {
    const { context, from } = periodRows(plan, { ...period, where: allWhere(rest, measure) }, database)
    const start = planned(opened, context)
    const end = planned(closed, context)
    const at =
      kind === 'opened'
        ? start
        : { ...start, sql: sql`case when ${end.sql} > ${start.sql} then ${end.sql} else ${start.sql} end` }
    const columns = plan.dimensions.map((dimension, index) => {
      const isTime = dimension === timed && dimension.bucket !== undefined
      const { fine } = isTime ? bucketSteps(at, dimension.bucket, context) : dimensionSteps(dimension, context)
      return sql`${fine} as ${sql.ref(`d${index}`)}`
    })
    const there =
      kind === 'opened' ? sql`${start.sql} is not null` : sql`${start.sql} is not null and ${end.sql} is not null`
    const early = timed === undefined ? sql` and ${at.sql} < ${nowOf(start.value.kind, period.facts)}` : sql``
    const step = kind === 'opened' ? sql`count(*)` : sql`-count(*)`
    return sql`select ${sql.join([...columns, sql`${step} as step`])} ${from()} and ${there}${early}${groupBy(columns)}`
  }
  const { context: naming } = periodRows(plan, period, database)
  const keys = plan.dimensions.map((dimension, index) => {
    const fine = sql.ref(`e.d${index}`)
    const isTime = dimension === timed && dimension.bucket !== undefined
    const { name } = isTime
      ? bucketSteps(planned(opened, naming), dimension.bucket, naming)
      : dimensionSteps(dimension, naming)
    return sql`${name?.(fine) ?? fine} as ${sql.ref(`d${index}`)}`
  })
  const total = sql`${dialect.asText(sql`coalesce(sum(e.step), 0)`)} as step`
  return sql`select ${sql.join([...keys, total])} from (${side('opened')} union all ${side('closed')}) as e${groupBy(keys)}`
}

const nowOf = (kind: string, facts: Facts): string | number =>
  kind === 'date' ? localDay(facts.zone, facts.now) : facts.now

const allWhere = (rest: Condition, measure: PlannedMeasure): Condition =>
  measure.where === undefined ? rest : { all: [rest, measure.where] }

export const timeDimension = ({ dimensions }: QueryPlan): PlannedDimension | undefined =>
  dimensions.find(({ bucket }) => bucket !== undefined && isCourse(bucket))

/** The condition without its bounds on the time dimension, and these as stretches. */
function splitRange(
  where: Condition,
  timed: PlannedDimension,
  facts: Facts,
): { readonly rest: Condition; readonly range: Range } {
  const { rest, bounds } = splitBounds(where, timed.ref.path.join('.'))
  const ranges = bounds.flatMap((bound) => boundOf(bound, timed, facts) ?? [])
  const froms = ranges.flatMap(({ from }) => from ?? []).sort()
  const tos = ranges.flatMap(({ to }) => to ?? []).sort()
  return { rest, range: { from: froms.at(-1), to: tos[0] } }
}

function boundOf(leaf: LeafCondition, timed: PlannedDimension, facts: Facts): Range | undefined {
  const key = (value: unknown, exclusive = false) => keyAt(value, timed, facts, exclusive)
  const { operator, value } = leaf
  if (operator === 'between' && Array.isArray(value)) return { from: key(value[0]), to: key(value[1]) }
  if (operator === 'within' && typeof value === 'string') {
    const window = windowOf(value, timed.ref.field.value.kind === 'date' ? 'date' : 'instant', facts.now, facts.zone)
    return window && { from: key(window.from), to: key(window.to) }
  }
  if (operator === 'greaterThan' || operator === 'greaterThanInclusive') return { from: key(value), to: undefined }
  if (operator === 'lessThanInclusive') return { from: undefined, to: key(value) }
  return operator === 'lessThan' ? { from: undefined, to: key(value, true) } : undefined
}

/** Stretch of a literal; of the last moment before it when the bound itself is left out. */
function keyAt(
  value: unknown,
  { bucket, ref }: PlannedDimension,
  facts: Facts,
  exclusive: boolean,
): string | undefined {
  if (typeof value !== 'string' || bucket === undefined) return undefined
  const instant = parseInstant(value)
  if (ref.field.value.kind === 'date') {
    const day = parseDay(value) ?? (instant === undefined ? undefined : localDay(facts.zone, instant))
    return day === undefined ? undefined : String(bucketOfDay(exclusive ? addDays(day, -1) : day, bucket))
  }
  return instant === undefined
    ? undefined
    : String(bucketOfInstant(exclusive ? instant - 1 : instant, bucket, facts.zone))
}

export type BacklogRow = { readonly keys: readonly unknown[]; readonly step: number }

/**
 * Running sums per combination of the other dimensions, without gaps, cut to the stretches asked for. `shownKeys`: rows
 * the other measures have anyway; the course goes on to the last of them.
 */
export function backlogFigures(
  plan: QueryPlan,
  period: PlannedPeriod,
  rows: readonly BacklogRow[],
  shownKeys: readonly (readonly unknown[])[],
): readonly { readonly keys: readonly unknown[]; readonly n: number }[] {
  const timed = timeDimension(plan)
  if (timed === undefined || timed.bucket === undefined) return rows.map(({ keys, step }) => ({ keys, n: step }))
  const place = plan.dimensions.indexOf(timed)
  const { range } = splitRange(period.where, timed, period.facts)
  const moments = rows.map(({ keys }) => String(keys[place])).sort()
  const [first = ''] = moments
  const others = shownKeys.flatMap((keys) => (typeof keys[place] === 'string' ? [keys[place]] : [])).sort()
  const last = lastKey([moments.at(-1) ?? '', others.at(-1) ?? ''].sort().at(-1) ?? '', range, timed, period.facts)
  const shown = moments.length === 0 ? [] : keysBetween(first, last, timed.bucket as CourseBucket)
  const groups = new Map<string, { keys: readonly unknown[]; steps: Map<string, number> }>()
  for (const { keys, step } of rows) {
    const others = keys.map((key, index) => (index === place ? null : key))
    const group = groups.get(JSON.stringify(others)) ?? { keys: others, steps: new Map() }
    groups.set(JSON.stringify(others), group)
    const key = String(keys[place])
    group.steps.set(key, (group.steps.get(key) ?? 0) + step)
  }
  return [...groups.values()].flatMap((group) => {
    let n = 0
    return shown.flatMap((key) => {
      n += group.steps.get(key) ?? 0
      const isShown = (range.from === undefined || key >= range.from) && (range.to === undefined || key <= range.to)
      return isShown ? [{ keys: group.keys.map((other, index) => (index === place ? key : other)), n }] : []
    })
  })
}

/** With an upper bound the course goes on to it, but not into the future; otherwise to the last thing that happened. */
function lastKey(lastEvent: string, range: Range, timed: PlannedDimension, facts: Facts): string {
  if (range.to === undefined || timed.bucket === undefined) return lastEvent
  const now = String(bucketOfInstant(facts.now, timed.bucket, facts.zone))
  const [earliest = lastEvent] = [range.to, now > lastEvent ? now : lastEvent].sort()
  return earliest
}
