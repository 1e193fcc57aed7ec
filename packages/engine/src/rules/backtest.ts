import type { Action } from '../actions/schemas.ts'
import { type ExplainedCondition, explainCondition } from '../conditions/explain.ts'
import { requestKey } from '../conditions/metric.ts'
import { predicateOf } from '../conditions/predicate-of.ts'
import type { RuleDefinition } from '../definitions/rule.ts'
import type { Facts } from '../facts.ts'
import type { Instant } from '../kernel/instant.ts'
import type { FieldValue, RecordData } from '../kernel/value-kind.ts'
import type { AppModel, FormLookup, FormModel } from '../model.ts'
import { appFacts } from '../pipeline/app-facts.ts'
import type { MemoryMetrics, MemoryRecords } from '../pipeline/memory-world.ts'
import { recordFacts } from '../pipeline/record-facts.ts'
import type { EventRow, ReactionName, RecordRef, RecordRow } from '../pipeline/rows.ts'
import { type BacktestMoment, momentsOf } from './backtest-moments.ts'
import { metricNeeds } from './metric-needs.ts'
import { isBy, type RecordHistory, rowAt, type States, statesOver } from './record-states.ts'

/** What the rule would have made of one moment. */
export type BacktestRun = {
  /** null: the rule runs without one, by its schedule or because figures moved. */
  readonly record: RecordRef | null
  /** Of the record; empty without one. */
  readonly title: string
  readonly at: Instant
  readonly event: ReactionName
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
  /** The window that is looked at, both ends included. */
  readonly since: Instant
  readonly now: Instant
  /** The records the rule is tried on, of its form; each is among `histories` too. */
  readonly looked: readonly RecordHistory[]
  /** The records figures are counted over, those of the rule's form among them. Without a trail: as they are now, from the moment they were created. */
  readonly histories: readonly RecordHistory[]
  readonly metrics?: MemoryMetrics
  /** What records link to; followed as it is now. */
  readonly linked: NonNullable<Facts['linked']>
}

/**
 * A rule, draft or live, over what has really happened: at each moment one of its triggers would have come (an event it
 * watches, its date, its schedule, figures that move), the record and the figures are what they were then. Gives the
 * moments, oldest first, and a function that looks at one. Nothing is touched, and what the rule would have done has no
 * consequences: its own actions, and the alerts that would have held it back, are not played.
 */
export function backtest(given: Backtest): {
  readonly moments: readonly BacktestMoment[]
  /** A schedule came round more often than is gone through; the oldest occurrences are left out. */
  readonly isCut: boolean
  readonly look: (moment: BacktestMoment) => BacktestRun
} {
  const past = given.histories.map(statesOver)
  const { moments, isCut } = momentsOf({ given, looked: given.looked.map(statesOver), past })
  return { moments, isCut, look: (moment) => lookAt(given, moment, past) }
}

function lookAt(given: Backtest, moment: BacktestMoment, past: readonly States[]): BacktestRun {
  const { rule, form, lookup } = given
  const row = moment.of && rowAt(moment.of, moment.own)
  const facts = withFiguresThen(given, factsThen(given, moment, row), moment, { past, row })
  const holds = rule.if === undefined || predicateOf(rule.if, form, lookup)(facts)
  return {
    record: row ? { app: row.app, form: row.form, id: row.id } : null,
    title: row?.title ?? '',
    at: moment.at,
    event: moment.name,
    holds,
    why: rule.if ? explainCondition(rule.if, facts, form, lookup) : null,
    actions: holds ? rule.then.filter(({ when }) => !when || predicateOf(when, form, lookup)(facts)) : [],
  }
}

function factsThen({ app, form, linked }: Backtest, moment: BacktestMoment, row: RecordRow | undefined): Facts {
  const { at, name, of, event } = moment
  const around = { now: at, ...appFacts(app) }
  if (!row || !of) return { ...around, event: { type: name }, linked: () => undefined }
  const before = event && name !== 'metricMoved' ? previousOf(event, of, form) : undefined
  return {
    ...around,
    record: recordFacts(row),
    event: { type: name, source: event?.source ?? 'timer', ...(name === 'metricMoved' ? {} : detailOf(event)) },
    linked,
    ...(before ? { previous: recordFacts({ ...of.row, data: before }) } : {}),
  }
}

function previousOf(event: EventRow, { states }: States, form: FormModel): RecordData | undefined {
  if (event.type === 'record.created') return undefined
  const upTo = states.findLast((state) => isBy(state, event))
  if (event.type === 'stage.changed' && form.stageField && upTo)
    return { ...upTo.data, [form.stageField]: event.data.from as FieldValue }
  if (event.type !== 'record.updated') return upTo?.data
  return states.findLast((state) => isBy(state, event) && state.event !== event.eventId)?.data
}

/** A comment's entry does not say whose it is; that is in who wrote it and by which way. */
function detailOf(event: EventRow | undefined): EventRow['data'] {
  if (!event || event.type === 'record.updated' || event.type === 'record.created') return {}
  const { type, data, source, actor } = event
  if (type !== 'record.commented') return data
  const automatic = source === 'rule' || source === 'flow' || source === 'timer'
  return { ...data, automatic, by_staff: actor !== null && !automatic }
}

type Then = { readonly past: readonly States[]; readonly row: RecordRow | undefined }

/** The figures the condition needs, counted over the records as they were. */
function withFiguresThen(
  { app, rule, form, lookup, metrics }: Backtest,
  facts: Facts,
  moment: BacktestMoment,
  then: Then,
) {
  const needs = rule.if ? metricNeeds(rule.if, facts, form, lookup) : []
  if (needs.length === 0) return facts
  const over = recordsThen(app, moment, then)
  const figures = new Map(needs.map((need) => [requestKey(need), metrics?.figure(app, need, over) ?? null]))
  return { ...facts, metric: (need: Parameters<typeof requestKey>[0]) => figures.get(requestKey(need)) ?? null }
}

function recordsThen(app: AppModel, { at, others }: BacktestMoment, { past, row: own }: Then): MemoryRecords {
  const named = (form: string) => (form.includes('/') ? form : `${app.id}/${form}`)
  const rows = past.flatMap((one) => {
    if (own && one.row.id === own.id && one.row.form === own.form) return [own]
    return rowAt(one, others) ?? []
  })
  return {
    now: at,
    records: (form) => rows.filter((row) => `${row.app}/${row.form}` === named(form)),
    linked: (form, id) => rows.find((row) => row.id === id && `${row.app}/${row.form}` === named(form)),
  }
}
