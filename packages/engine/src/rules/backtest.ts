import type { Action } from '../actions/schemas.ts'
import { type ExplainedCondition, explainCondition } from '../conditions/explain.ts'
import { requestKey } from '../conditions/metric.ts'
import { predicateOf } from '../conditions/predicate-of.ts'
import type { RecordEventName, RuleDefinition } from '../definitions/rule.ts'
import type { Facts } from '../facts.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { FieldValue, RecordData } from '../kernel/value-kind.ts'
import type { AppModel, FormLookup, FormModel } from '../model.ts'
import type { MemoryMetrics, MemoryRecords } from '../pipeline/memory-world.ts'
import { recordFacts } from '../pipeline/record-facts.ts'
import type { EventRow, RecordRef, RecordRow } from '../pipeline/rows.ts'
import { dataAfter } from '../sla/what-if.ts'
import { metricNeeds } from './metric-needs.ts'

/** A record as it is now, with its whole trail, oldest entry first. */
export type RecordHistory = { readonly row: RecordRow; readonly trail: readonly EventRow[] }

/** What the rule would have made of one event of one record. */
export type BacktestRun = {
  readonly record: RecordRef
  readonly title: string
  readonly at: Instant
  readonly event: RecordEventName
  /** Whether its condition held: it would have acted. */
  readonly holds: boolean
  /** Each condition with its value at that moment; null: the rule has none. */
  readonly why: ExplainedCondition | null
  /** The actions it would have carried out; empty where it does not hold. */
  readonly actions: readonly Action[]
}

export type Backtest = {
  readonly app: AppModel
  readonly rule: RuleDefinition
  readonly form: FormModel
  readonly lookup: FormLookup
  /** The records figures are counted over, those of the rule's form among them. Without a trail: as they are now, from the moment they were created. */
  readonly histories: readonly RecordHistory[]
  readonly metrics?: MemoryMetrics
  /** What records link to; followed as it is now. */
  readonly linked: NonNullable<Facts['linked']>
}

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

/**
 * A rule, draft or live, over what has really happened: at each event it watches, the record and the figures are what they
 * were at that moment. Gives a function that looks at one record's history, oldest event first. Nothing is touched, and what
 * the rule would have done has no consequences: its own actions, and the alerts that would have held it back, are not played.
 */
export function backtest(given: Backtest): (history: RecordHistory) => readonly BacktestRun[] {
  const past = given.histories.map(statesOver)
  return (history) => {
    const states = statesOver(history)
    return history.trail.flatMap((event, index) => {
      const name = heard[event.type]
      if (name === undefined || !watches(given.rule, name, event)) return []
      const seen = stateSeen(given, history.trail, index, states)
      return seen === undefined ? [] : [lookAt(given, { history, event, name, seen, states, past })]
    })
  }
}

function watches(rule: RuleDefinition, name: RecordEventName, { data, source }: EventRow): boolean {
  if (!rule.on.events?.includes(name)) return false
  // What the platform writes itself, results of clocks, no rule reacts to.
  if (name === 'changed' && source === 'system') return false
  const { fields } = rule.on
  return name !== 'changed' || !fields || fields.some((field) => Object.hasOwn(data.changes as object, field))
}

type State = { readonly at: Instant; readonly event: Id; readonly data: RecordData }
type States = { readonly row: RecordRow; readonly states: readonly State[] }

/** What a record was after each entry of its trail that changed it. */
function statesOver({ row, trail }: RecordHistory): States {
  const states: State[] = []
  for (const event of trail) {
    const data = dataAfter(event, states.at(-1)?.data)
    if (data) states.push({ at: event.at, event: event.eventId, data })
  }
  return { row, states: states.length > 0 ? states : [{ at: row.createdAt, event: '', data: row.data }] }
}

/**
 * The record as the rule would see it: after the event, and after what flows and rules before it did in answer to it,
 * for they come first within a command.
 */
function stateSeen({ app, rule }: Backtest, trail: readonly EventRow[], index: number, { states }: States) {
  const event = trail[index]
  let last = event
  for (const next of trail.slice(index + 1)) {
    if (next.command !== event?.command || !comesFirst(app, rule, next.cause)) break
    last = next
  }
  return states.findLast((state) => last !== undefined && isBy(state, last))
}

function comesFirst(app: AppModel, rule: RuleDefinition, cause: string | null): boolean {
  if (cause === null || !cause.startsWith('rule:')) return cause?.startsWith('flow:') ?? false
  const id = cause.slice('rule:'.length).split('@')[0]
  const other = app.rules.find((one) => one.id === id)
  if (!other || other.id === rule.id) return false
  const [mine, its] = [rule.order ?? 100, other.order ?? 100]
  return its < mine || (its === mine && other.id < rule.id)
}

const isBy = (state: State, { at, eventId }: EventRow): boolean =>
  state.at < at || (state.at === at && state.event <= eventId)

type Moment = {
  readonly history: RecordHistory
  readonly event: EventRow
  readonly name: RecordEventName
  readonly seen: State
  readonly states: States
  readonly past: readonly States[]
}

function lookAt(given: Backtest, moment: Moment): BacktestRun {
  const { app, rule, form, lookup } = given
  const { history, event, name, seen } = moment
  const row = { ...history.row, updatedAt: seen.at, data: seen.data }
  const before = previousOf(moment, form)
  const bare: Facts = {
    now: event.at,
    zone: app.definition.zone ?? 'Asia/Shanghai',
    record: recordFacts(row),
    event: { type: name, source: event.source, ...detailOf(event) },
    linked: given.linked,
    ...(before ? { previous: recordFacts({ ...history.row, data: before }) } : {}),
  }
  const facts = withFiguresThen(given, bare, moment, row)
  const holds = rule.if === undefined || predicateOf(rule.if, form, lookup)(facts)
  return {
    record: { app: row.app, form: row.form, id: row.id },
    title: row.title,
    at: event.at,
    event: name,
    holds,
    why: rule.if ? explainCondition(rule.if, facts, form, lookup) : null,
    actions: holds ? rule.then.filter(({ when }) => !when || predicateOf(when, form, lookup)(facts)) : [],
  }
}

function previousOf({ event, states }: Moment, form: FormModel): RecordData | undefined {
  if (event.type === 'record.created') return undefined
  const upTo = states.states.findLast((state) => isBy(state, event))
  if (event.type === 'stage.changed' && form.stageField && upTo)
    return { ...upTo.data, [form.stageField]: event.data.from as FieldValue }
  if (event.type !== 'record.updated') return upTo?.data
  return states.states.findLast((state) => isBy(state, event) && state.event !== event.eventId)?.data
}

/** A comment's entry does not say whose it is; that is in who wrote it and by which way. */
function detailOf({ type, data, source, actor }: EventRow): EventRow['data'] {
  if (type === 'record.updated' || type === 'record.created') return {}
  if (type !== 'record.commented') return data
  const automatic = source === 'rule' || source === 'flow' || source === 'timer'
  return { ...data, automatic, by_staff: actor !== null && !automatic }
}

/** The figures the condition needs, counted over the records as they were. */
function withFiguresThen({ app, rule, form, lookup, metrics }: Backtest, facts: Facts, moment: Moment, row: RecordRow) {
  const needs = rule.if ? metricNeeds(rule.if, facts, form, lookup) : []
  if (needs.length === 0) return facts
  const over = recordsThen(app, moment, row)
  const figures = new Map(needs.map((need) => [requestKey(need), metrics?.figure(app, need, over) ?? null]))
  return { ...facts, metric: (need: Parameters<typeof requestKey>[0]) => figures.get(requestKey(need)) ?? null }
}

function recordsThen(app: AppModel, { event, past }: Moment, own: RecordRow): MemoryRecords {
  const named = (form: string) => (form.includes('/') ? form : `${app.id}/${form}`)
  const rows = past.flatMap(({ row, states }) => {
    if (row.id === own.id && row.form === own.form) return [own]
    const state = states.findLast((one) => isBy(one, event))
    return state ? [{ ...row, data: state.data }] : []
  })
  return {
    now: event.at,
    records: (form) => rows.filter((row) => `${row.app}/${row.form}` === named(form)),
    linked: (form, id) => rows.find((row) => row.id === id && `${row.app}/${row.form}` === named(form)),
  }
}
