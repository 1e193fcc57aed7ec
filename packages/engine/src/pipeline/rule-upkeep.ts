import { alertsOf } from '../actions/behaviours.ts'
import { metricLeaves } from '../conditions/metric.ts'
import { readFact } from '../conditions/read-fact.ts'
import type { MetricParams } from '../definitions/condition.ts'
import type { RuleDefinition } from '../definitions/rule.ts'
import { sameValue } from '../fields/compare.ts'
import type { Id } from '../kernel/ids.ts'
import type { Rejection } from '../kernel/problem.ts'
import type { AppModel } from '../model.ts'
import { groupKey, groupShapes } from '../rules/alert-groups.ts'
import { dateTimer, dateTimerKey } from '../rules/date-due.ts'
import { fieldsLookedAt, pathsOfRecord } from '../rules/metric-paths.ts'
import { dateRules, ruleOf, rulesAlertingOn, rulesMovedBy } from '../rules/rules-for.ts'
import { nextOccurrence } from '../rules/schedule.ts'
import { clearIfOver } from './alerts.ts'
import { factsOf, lookupFrom } from './facts-of.ts'
import { differs } from './figure-reach.ts'
import { runAlone } from './reactions.ts'
import type { RecordRow, TimerRow } from './rows.ts'
import { keyOf, type Origin, refOf, type Work } from './work.ts'

/** A record as it was when rules last looked, and as it is. */
type Move = { readonly before: RecordRow | undefined; readonly after: RecordRow | undefined }
type RulePayload = Extract<TimerRow['payload'], { kind: 'rule' }>

/** The moment a rule's schedule comes round next, as a timer. */
export const scheduleTimer = (app: AppModel, rule: RuleDefinition, after: number): TimerRow | undefined =>
  rule.on.schedule && {
    key: `rule/${app.id}/${rule.id}`,
    dueAt: nextOccurrence(rule.on.schedule, after, app.definition.zone ?? 'Asia/Shanghai'),
    app: app.id,
    payload: { kind: 'rule', app: app.id, rule: rule.id, why: 'scheduled' },
  }

/**
 * What rules wait for, after what this command has written: dates are looked at anew, rules on figures run for whom
 * the figures are of, alerts whose figures have fallen end. Records imported as history set nothing off.
 */
export async function keepRules(work: Work, origin: Origin): Promise<Rejection | undefined> {
  for (const { before, after } of work.moves()) {
    const row = after ?? before
    const app = row && work.world.app(row.app)
    if (!row || !app) continue
    keepDates(work, app, { before, after })
    if (row.history && before === undefined) continue
    const rejection = await keepFigures(work, app, { before, after }, origin)
    if (rejection) return rejection
    if (before) await keepAlertsOf(work, before, origin)
  }
  return undefined
}

function keepDates(work: Work, app: AppModel, { before, after }: Move): void {
  for (const rule of dateRules(app, (after ?? before)?.form ?? '')) {
    const field = rule.on.date?.field ?? ''
    if (after === undefined) {
      if (before) work.cancelTimer(dateTimerKey(rule.id, before))
      continue
    }
    if (before && sameValue(before.data[field], after.data[field])) continue
    const timer = dateTimer(app, rule, after, work.now)
    if (timer) work.setTimer(timer)
    else if (before) work.cancelTimer(dateTimerKey(rule.id, after))
  }
}

async function keepFigures(work: Work, app: AppModel, move: Move, origin: Origin): Promise<Rejection | undefined> {
  const moved = touched(work, app, rulesMovedBy(app), move)
  for (const rule of moved) {
    const rejection = await moveRule(work, app, rule, move, origin)
    if (rejection) return rejection
  }
  const alerting = touched(work, app, rulesAlertingOn(app), move)
  if (alerting.length === 0) return undefined
  const standing = await work.standingAlerts(
    app.id,
    alerting.map(({ id }) => id),
    await groupsTouched(work, app, alerting, move),
  )
  for (const alert of standing)
    if (await concerns(work, app, metricLeaves(alert.watch), move)) await clearIfOver(work, alert, origin)
  return undefined
}

/** The groups that the record was or is in, of those the rules ask for. */
async function groupsTouched(
  work: Work,
  app: AppModel,
  rules: readonly RuleDefinition[],
  { before, after }: Move,
): Promise<readonly string[]> {
  const groups = new Set<string>()
  for (const { metric, paths } of rules.flatMap(groupShapes)) {
    if (work.world.metric(app.id, metric)?.form !== (after ?? before)?.form) continue
    for (const row of [before, after]) {
      if (!row) continue
      const by: { [path: string]: unknown } = {}
      for (const path of paths) by[path] = await groupOf(work, row, path)
      groups.add(groupKey(metric, by))
    }
  }
  return [...groups]
}

/** The rules one of whose metrics counts records of this form and looks at something that has changed. */
function touched(
  work: Work,
  app: AppModel,
  rules: ReadonlyMap<string, readonly RuleDefinition[]>,
  { before, after }: Move,
): readonly RuleDefinition[] {
  const found = new Set<RuleDefinition>()
  for (const [metric, ofMetric] of rules) {
    const shape = work.world.metric(app.id, metric)
    if (!shape || shape.form !== (after ?? before)?.form) continue
    const groups = ofMetric
      .flatMap((rule) => (rule.if ? metricLeaves(rule.if) : []))
      .flatMap(({ params }) => fieldsLookedAt(params))
    const looked = [...shape.fields, ...groups]
    const isMoved = !before || !after || looked.some((field) => differs(before, after, field))
    if (isMoved) for (const rule of ofMetric) found.add(rule)
  }
  return [...found]
}

/** Runs a rule for the records the figures are of; where they are of none, once without a record. */
async function moveRule(
  work: Work,
  app: AppModel,
  rule: RuleDefinition,
  move: Move,
  origin: Origin,
): Promise<Rejection | undefined> {
  const leaves = rule.if ? metricLeaves(rule.if) : []
  const paths = [...new Set(leaves.flatMap(({ params }) => pathsOfRecord(params)))]
  if (paths.length === 0) return runAlone(work, app, rule, 'metricMoved', origin)
  const ids = new Set<Id>()
  for (const path of paths)
    for (const row of [move.before, move.after])
      if (row) {
        const id = await groupOf(work, row, path)
        if (typeof id === 'string') ids.add(id)
      }
  for (const id of ids) {
    const ref = { app: app.id, form: rule.form, id }
    if (!(await work.record(ref))) continue
    work.react({ ref, event: 'metricMoved', rule: rule.id, changed: [], previous: undefined, detail: {}, origin })
  }
  return undefined
}

async function groupOf(work: Work, row: RecordRow, path: string): Promise<unknown> {
  const form = work.world.app(row.app)?.forms.get(row.form)
  return readFact(await factsOf(work, row), 'record', path.split('.'), form, lookupFrom(work, row.app))
}

/** Whether a record is or was among those that a settled figure counts. */
async function concerns(
  work: Work,
  app: AppModel,
  leaves: readonly { readonly params: MetricParams }[],
  { before, after }: Move,
): Promise<boolean> {
  for (const { params } of leaves) {
    if (work.world.metric(app.id, params.metric)?.form !== (after ?? before)?.form) continue
    for (const row of [before, after]) if (row && (await isInGroup(work, row, params))) return true
  }
  return false
}

async function isInGroup(work: Work, row: RecordRow, { by = {} }: MetricParams): Promise<boolean> {
  for (const [path, value] of Object.entries(by)) if ((await groupOf(work, row, path)) !== value) return false
  return true
}

/** Alerts about a record that stand on the record itself. */
async function keepAlertsOf(work: Work, row: RecordRow, origin: Origin): Promise<void> {
  if (!work.world.app(row.app)?.rules.some((rule) => rule.then.some((action) => alertsOf(action).length > 0))) return
  for (const alert of await work.standingAlertsOf(row))
    if (alert.record && keyOf(alert.record) === keyOf(row) && metricLeaves(alert.watch).length === 0)
      await clearIfOver(work, alert, origin)
}

/** A rule's date is reached, or its schedule has come round. */
export async function ruleDue(
  work: Work,
  timer: { readonly payload: RulePayload; readonly dueAt: number },
  origin: Origin,
): Promise<Rejection | undefined> {
  const { payload } = timer
  const app = work.world.app(payload.app)
  const rule = app && ruleOf(app, payload.rule)
  if (!app || !rule) return undefined
  if (payload.record) {
    const ref = { app: app.id, ...payload.record }
    const row = await work.record(ref)
    if (!row || ref.form !== rule.form || (payload.why === 'dateReached' && !rule.on.date)) return undefined
    const { why } = payload
    work.react({ ref: refOf(row), event: why, rule: rule.id, changed: [], previous: undefined, detail: {}, origin })
    return undefined
  }
  const next = scheduleTimer(app, rule, Math.max(work.now, timer.dueAt))
  if (!next || !rule.on.schedule) return undefined
  work.setTimer(next)
  const { each } = rule.on.schedule
  if (!each) return runAlone(work, app, rule, 'scheduled', origin)
  // Each record has a transaction of its own: none waits for the others, and none holds them up.
  for (const id of await work.world.matching(app.id, rule.form, each, work.now, mostEach))
    work.setTimer({
      key: `${next.key}/each/${rule.form}/${id}`,
      dueAt: work.now,
      app: app.id,
      payload: { kind: 'rule', app: app.id, rule: rule.id, why: 'scheduled', record: { form: rule.form, id } },
    })
  return undefined
}

/** How many records one occurrence of a schedule runs for. */
const mostEach = 10_000
