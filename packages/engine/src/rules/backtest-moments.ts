import { compileCondition } from '../conditions/compile.ts'
import { metricLeaves } from '../conditions/metric.ts'
import { readFact } from '../conditions/read-fact.ts'
import type { RecordEventName, Schedule } from '../definitions/rule.ts'
import type { Facts } from '../facts.ts'
import { sameValue } from '../fields/compare.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { differs } from '../pipeline/figure-reach.ts'
import { recordFacts } from '../pipeline/record-facts.ts'
import type { EventRow, ReactionName, RecordRow } from '../pipeline/rows.ts'
import type { Backtest } from './backtest.ts'
import { dateTimer } from './date-due.ts'
import { fieldsLookedAt, pathsOfRecord } from './metric-paths.ts'
import { isBy, type Position, rowAt, rowOf, type States } from './record-states.ts'
import { nextOccurrence } from './schedule.ts'

/** A moment of the past at which the rule would have looked. */
export type BacktestMoment = {
  readonly at: Instant
  readonly name: ReactionName
  /** The record it would have run for; undefined: the rule runs without one. */
  readonly of: States | undefined
  /** The entry of a trail that set it off; undefined: the clock did. */
  readonly event: EventRow | undefined
  /** How much had been written by then: of the record itself, and of all others. */
  readonly own: Position
  readonly others: Position
}
type Past = { readonly given: Backtest; readonly looked: readonly States[]; readonly past: readonly States[] }

/** Pairs of record and occurrence that are gone through for a schedule, the newest. */
const mostPairs = 20_000

/** Every moment of the window at which one of the rule's triggers would have come, oldest first. */
export function momentsOf(past: Past): { readonly moments: readonly BacktestMoment[]; readonly isCut: boolean } {
  const { given } = past
  const scheduled = given.rule.on.schedule ? occurrences(past, given.rule.on.schedule) : { moments: [], isCut: false }
  const moments = [
    ...past.looked.flatMap((one) => [...ofEvents(given, one), ...ofDate(given, one)]),
    ...scheduled.moments,
    ...(given.rule.on.metrics ? ofMetrics(past) : []),
  ]
  return {
    moments: moments.filter(({ at }) => at >= given.since && at <= given.now).toSorted(inTime),
    isCut: scheduled.isCut,
  }
}

const inTime = (a: BacktestMoment, b: BacktestMoment): number =>
  a.at - b.at || ((a.event?.eventId ?? '') < (b.event?.eventId ?? '') ? -1 : 1)

const heard: { readonly [type in EventRow['type']]?: RecordEventName } = {
  'record.created': 'created',
  'record.updated': 'changed',
  'stage.changed': 'stageChanged',
  'record.commented': 'commented',
  'task.created': 'taskCreated',
  'task.completed': 'taskCompleted',
  'clock.warned': 'clockWarned',
  'clock.breached': 'clockBreached',
}

function ofEvents(given: Backtest, of: States): readonly BacktestMoment[] {
  return of.trail.flatMap((event, index) => {
    const name = heard[event.type]
    if (name === undefined || !watches(given, name, event)) return []
    const own = lastBefore(given, of.trail, index) ?? event
    return of.states.some((state) => isBy(state, own)) ? [{ at: event.at, name, of, event, own, others: event }] : []
  })
}

function watches({ rule }: Backtest, name: RecordEventName, { data, source }: EventRow): boolean {
  if (!rule.on.events?.includes(name)) return false
  // What the platform writes itself, results of clocks, no rule reacts to.
  if (name === 'changed' && source === 'system') return false
  const { fields } = rule.on
  return name !== 'changed' || !fields || fields.some((field) => Object.hasOwn(data.changes as object, field))
}

/**
 * The rule sees the record after the event, and after what flows and rules before it did in answer to it, for they
 * come first within a command.
 */
function lastBefore(given: Backtest, trail: readonly EventRow[], index: number): EventRow | undefined {
  const event = trail[index]
  let last = event
  for (const next of trail.slice(index + 1)) {
    if (next.command !== event?.command || !comesFirst(given, next.cause)) break
    last = next
  }
  return last
}

function comesFirst({ app, rule }: Backtest, cause: string | null): boolean {
  if (cause === null || !cause.startsWith('rule:')) return cause?.startsWith('flow:') ?? false
  const id = cause.slice('rule:'.length).split('@')[0]
  const other = app.rules.find((one) => one.id === id)
  if (!other || other.id === rule.id) return false
  const [mine, its] = [rule.order ?? 100, other.order ?? 100]
  return its < mine || (its === mine && other.id < rule.id)
}

/** The date's timer, set and moved as the record's values changed; it came where no change came before it. */
function ofDate({ app, rule, now }: Backtest, of: States): readonly BacktestMoment[] {
  const trigger = rule.on.date
  if (!trigger) return []
  const found: BacktestMoment[] = []
  let [due, value]: [Instant | undefined, unknown] = [undefined, null]
  const come = (until: Instant) => {
    if (due === undefined || due >= until) return
    found.push(byClock('dateReached', due, of))
    due = undefined
  }
  for (const state of of.states) {
    come(state.at)
    const next = state.data[trigger.field] ?? null
    if (!sameValue(value as typeof next, next)) due = dateTimer(app, rule, rowOf(of.row, state), state.at)?.dueAt
    value = next
  }
  come(now + 1)
  return found
}

function byClock(name: ReactionName, at: Instant, of: States | undefined): BacktestMoment {
  const all = { at, eventId: null }
  return { at, name, of, event: undefined, own: all, others: all }
}

function occurrences(past: Past, schedule: Schedule) {
  const { app, since, now } = past.given
  const zone = app.definition.zone ?? 'Asia/Shanghai'
  const all: Instant[] = []
  for (let at = nextOccurrence(schedule, since - 1, zone); at <= now; at = nextOccurrence(schedule, at, zone))
    all.push(at)
  const most = Math.max(1, Math.floor(mostPairs / (schedule.each ? Math.max(1, past.looked.length) : 1)))
  const moments = all.slice(-most).flatMap((at) => occurrence(past, schedule, at))
  return { moments, isCut: all.length > most }
}

function occurrence(past: Past, { each }: Schedule, at: Instant): readonly BacktestMoment[] {
  if (!each) return [byClock('scheduled', at, undefined)]
  const { app, form, lookup, linked } = past.given
  const holds = compileCondition(each, form, lookup)
  return past.looked.flatMap((of) => {
    const row = rowAt(of, { at, eventId: null })
    const facts = row && {
      now: at,
      zone: app.definition.zone ?? 'Asia/Shanghai',
      record: recordFacts(row),
      linked,
    }
    return facts && holds(facts) ? [byClock('scheduled', at, of)] : []
  })
}

/** Whatever was written to a record that the rule's figures count: for whom they are counted, else without a record. */
function ofMetrics(past: Past): readonly BacktestMoment[] {
  const { rule } = past.given
  const leaves = rule.if ? metricLeaves(rule.if) : []
  const paths = [...new Set(leaves.flatMap(({ params }) => pathsOfRecord(params)))]
  const ends = endsOfCommands(past.past)
  const byRecord = new Map(past.looked.map((one) => [one.row.id, one]))
  const found = new Map<string, BacktestMoment>()
  for (const of of past.past)
    for (const { before, after, event } of movesOf(of)) {
      if (!isCounted(past.given, before, after)) continue
      const end = { at: event.at, eventId: ends.get(event.command) ?? event.eventId }
      const moment = { at: event.at, name: 'metricMoved' as const, event, own: end, others: end }
      if (paths.length === 0) found.set(event.eventId, { ...moment, of: undefined })
      for (const path of paths)
        for (const row of before ? [before, after] : [after]) {
          const id = groupOf(past.given, row, path)
          const counted = typeof id === 'string' ? byRecord.get(id) : undefined
          if (counted?.states.some((state) => isBy(state, end)))
            found.set(`${event.command} ${counted.row.id}`, { ...moment, of: counted })
        }
    }
  return [...found.values()]
}

type Move = { readonly before: RecordRow | undefined; readonly after: RecordRow; readonly event: EventRow }

/** What each command made of a record. Imported history moves nothing. */
function movesOf({ row, trail, states }: States): readonly Move[] {
  const events = new Map(trail.map((event) => [event.eventId, event]))
  const moves: Move[] = []
  let before: RecordRow | undefined
  for (const [index, state] of states.entries()) {
    const event = events.get(state.event)
    const next = states[index + 1]
    if (!event || (next && events.get(next.event)?.command === event.command)) continue
    const after = rowOf(row, state)
    if (before || !row.history) moves.push({ before, after, event })
    before = after
  }
  return moves
}

function isCounted({ app, rule, metrics }: Backtest, before: RecordRow | undefined, after: RecordRow): boolean {
  return (rule.if ? metricLeaves(rule.if) : []).some(({ params }) => {
    const shape = metrics?.shape(app.id, params.metric)
    if (!shape || after.app !== app.id || shape.form !== after.form) return false
    return !before || [...shape.fields, ...fieldsLookedAt(params)].some((field) => differs(before, after, field))
  })
}

function groupOf({ app, lookup, linked }: Backtest, row: RecordRow, path: string): unknown {
  const facts: Facts = {
    now: row.updatedAt,
    zone: app.definition.zone ?? 'Asia/Shanghai',
    record: recordFacts(row),
    linked,
  }
  return readFact(facts, 'record', path.split('.'), app.forms.get(row.form), lookup)
}

/** The last entry that each command wrote to any of these trails. */
function endsOfCommands(past: readonly States[]): ReadonlyMap<Id, Id> {
  const ends = new Map<Id, Id>()
  for (const { trail } of past)
    for (const { command, eventId } of trail) if (eventId > (ends.get(command) ?? '')) ends.set(command, eventId)
  return ends
}
