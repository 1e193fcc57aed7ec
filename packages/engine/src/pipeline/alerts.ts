import { appRights } from '../access/access.ts'
import { alertsOf } from '../actions/behaviours.ts'
import type { ActionOf } from '../actions/schemas.ts'
import { compileCondition } from '../conditions/compile.ts'
import { evaluateValue } from '../conditions/evaluate-value.ts'
import { metricLeaves, requestOf } from '../conditions/metric.ts'
import { predicateOf } from '../conditions/predicate-of.ts'
import type { Condition } from '../definitions/condition.ts'
import type { RuleDefinition } from '../definitions/rule.ts'
import type { Who } from '../definitions/value-expression.ts'
import type { Facts } from '../facts.ts'
import { parseDurationMs } from '../kernel/duration.ts'
import type { Id } from '../kernel/ids.ts'
import type { Rejection } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { resolveText } from '../kernel/text.ts'
import { renderText } from '../messages/render.ts'
import { canChange, watchOf } from '../rules/watch.ts'
import type { ActingRule, LoneOccasion, Occasion } from './deeds.ts'
import { factsOf, lookupFrom } from './facts-of.ts'
import { builtInMessage, send } from './messages.ts'
import { resolvePeople } from './people.ts'
import { recordFacts } from './record-facts.ts'
import type { AlertRow, EventType, Evidence, RecordRef, RecordRow, RuleOutcome } from './rows.ts'
import { keyOfValues, withFiguresOf } from './rule-facts.ts'
import { type Origin, refOf, systemApp, type Work } from './work.ts'

type AlertAction = ActionOf<'alert'>
/** The record, or only the form, that something is about. */
type Subject = RecordRef | { readonly app: string; readonly form: string }

/** How many records each figure of an alert shows as its evidence. */
const evidenceLimit = 200
/** How often an alert on a window of time is looked at again: records leave a window without being written. */
const lookAgainMs = 3_600_000

/** Where an alert's own trail is kept. */
const trailOf = ({ alert }: Pick<AlertRow, 'alert'>): RecordRef => ({ app: systemApp, form: 'alert', id: alert })

/** Why a rule whose condition holds does nothing: its alert stands already, or its cool-down is not over. */
export async function heldBack(
  work: Work,
  rule: RuleDefinition,
  facts: Facts,
  subject: Subject,
): Promise<Extract<RuleOutcome, 'standing' | 'coolDown'> | undefined> {
  const form = work.world.app(subject.app)?.forms.get(subject.form)
  const action = rule.then
    .flatMap(alertsOf)
    .find(({ when }) => !when || predicateOf(when, form, lookupFrom(work, subject.app))(facts))
  return action && heldBackAt(work, rule.id, action, facts, subject)
}

async function heldBackAt(
  work: Work,
  rule: string,
  action: AlertAction,
  facts: Facts,
  subject: Subject,
): Promise<'standing' | 'coolDown' | undefined> {
  const latest = await work.latestAlert(subject.app, rule, alertKey(work, action, facts, subject))
  if (!latest) return undefined
  if (latest.clearedAt === null) return 'standing'
  const coolDownMs = parseDurationMs(action.coolDown ?? 'PT0S') ?? 0
  return work.now < latest.raisedAt + coolDownMs ? 'coolDown' : undefined
}

/** What an alert is about, in one text: actions of one rule may raise several. */
function alertKey(work: Work, action: AlertAction, facts: Facts, subject: Subject): string {
  const form = work.world.app(subject.app)?.forms.get(subject.form)
  const lookup = lookupFrom(work, subject.app)
  const values = (action.dedupe ?? []).map((value) => evaluateValue(value, facts, form, lookup))
  const about = action.dedupe ? keyOfValues(values) : 'id' in subject ? subject.id : undefined
  return `${action.id}: ${about ?? ''}`
}

/** People by the occasion's record, its creator and its assignee. */
export function peopleFor(
  work: Work,
  who: readonly Who[],
  facts: Facts,
  { ref, assignee = null }: Occasion | LoneOccasion,
  row: RecordRow | undefined,
): readonly Id[] {
  return resolvePeople(who, {
    directory: work.world.directory,
    app: ref.app,
    form: work.world.app(ref.app)?.forms.get(ref.form),
    lookup: lookupFrom(work, ref.app),
    facts,
    assignee,
    creator: row?.createdBy ?? null,
  })
}

/** Raises an alert, unless one about the same stands or cools down: tells its people and keeps what made it fire. */
export async function raiseAlert(
  work: Work,
  action: AlertAction,
  facts: Facts,
  occasion: Occasion | LoneOccasion,
): Promise<void> {
  const { ref, origin } = occasion
  const row = 'id' in ref ? await work.record(ref) : undefined
  const acting = occasion.rule
  const rule = acting?.rule.id ?? origin.cause ?? action.id
  if (await heldBackAt(work, rule, action, facts, ref)) return
  const people = peopleFor(work, action.assignTo, facts, occasion, row)
  const watch = await watching(work, acting, facts, ref)
  const alert: AlertRow = work.putAlert({
    alert: work.context.newId(),
    app: ref.app,
    rule,
    version: acting?.version ?? work.world.app(ref.app)?.version ?? 0,
    kind: action.alert,
    key: alertKey(work, action, facts, ref),
    severity: action.severity ?? 'warning',
    title: titles(work, action, facts, ref),
    record: row ? refOf(row) : null,
    owner: people[0] ?? null,
    people,
    state: 'open',
    raisedAt: work.now,
    acknowledgedAt: null,
    acknowledgedBy: null,
    closedAt: null,
    closedBy: null,
    comment: null,
    clearedAt: null,
    run: acting?.run ?? work.context.newId(),
    watch,
    evidence: await evidenceOf(work, ref.app, acting, facts, ref),
    revision: 1,
  })
  await note(
    work,
    alert,
    'alert.raised',
    { rule, kind: alert.kind, severity: alert.severity, title: alert.title },
    origin,
  )
  lookAgain(work, alert)
  await tell(work, action, alert, facts, row, origin)
}

async function watching(work: Work, acting: ActingRule | undefined, facts: Facts, ref: Subject): Promise<Condition> {
  if (!acting?.rule.if) return { all: [] }
  return watchOf(acting.rule.if, facts, work.world.app(ref.app)?.forms.get(ref.form), lookupFrom(work, ref.app))
}

async function evidenceOf(
  work: Work,
  app: string,
  acting: ActingRule | undefined,
  facts: Facts,
  ref: Subject,
): Promise<readonly Evidence[]> {
  const form = work.world.app(app)?.forms.get(ref.form)
  const evidence: Evidence[] = []
  for (const { params } of acting?.rule.if ? metricLeaves(acting.rule.if) : []) {
    const request = requestOf(params, form, lookupFrom(work, app))(facts)
    if (request === undefined || evidence.some(({ metric }) => metric === params.metric)) continue
    const counted = await work.world.counted(app, request, work.pending(), evidenceLimit)
    evidence.push({ metric: params.metric, ...counted })
  }
  return evidence
}

function titles(work: Work, action: AlertAction, facts: Facts, ref: Subject): AlertRow['title'] {
  const app = work.world.app(ref.app)
  const form = app?.forms.get(ref.form)
  return Object.fromEntries(
    (app?.definition.locales ?? ['zh-CN']).map((locale) => [
      locale,
      renderText(resolveText(action.title, locale), facts, {
        locale,
        zone: facts.zone,
        ...(form ? { form } : {}),
        lookup: lookupFrom(work, ref.app),
        nameOf: (id) => work.world.directory.person(id)?.name,
      }),
    ]),
  )
}

async function tell(
  work: Work,
  action: AlertAction,
  alert: AlertRow,
  facts: Facts,
  row: RecordRow | undefined,
  origin: Origin,
): Promise<void> {
  const app = work.world.app(alert.app)
  const own = action.message === undefined ? undefined : app?.messages.get(action.message)
  for (const id of alert.people) {
    const locale = work.world.directory.person(id)?.locale ?? 'zh-CN'
    const title = alert.title[locale] ?? Object.values(alert.title)[0] ?? ''
    await send(work, {
      app: alert.app,
      row,
      about: trailOf(alert),
      facts: { ...facts, event: { ...facts.event, title } },
      to: [id],
      message: own ?? builtInMessage('alert'),
      channels: own ? null : ['inbox'],
      origin,
    })
  }
}

/** In the alert's own trail, and in that of the record it is about. */
async function note(
  work: Work,
  alert: AlertRow,
  type: EventType,
  data: Parameters<Work['event']>[2],
  origin: Origin,
): Promise<void> {
  await work.event(trailOf(alert), type, data, origin)
  if (!alert.record || !(await work.record(alert.record))) return
  // Without the title, which may say more than everybody may see who reads the record.
  const { rule, kind, severity } = alert
  await work.event(alert.record, type, { alert: alert.alert, rule, kind, severity }, origin)
}

const timerOf = ({ alert }: AlertRow): string => `alert/${alert}`

function lookAgain(work: Work, alert: AlertRow): void {
  if (!metricLeaves(alert.watch).some(({ params }) => params.window !== undefined)) return
  work.setTimer({
    key: timerOf(alert),
    dueAt: work.now + lookAgainMs,
    app: alert.app,
    payload: { kind: 'alert', alert: alert.alert },
  })
}

/** Looks at an alert again after a while. */
export async function alertDue(work: Work, id: Id, origin: Origin): Promise<void> {
  const alert = await work.alert(id)
  if (!alert || alert.clearedAt !== null) return
  if (!(await clearIfOver(work, alert, origin))) lookAgain(work, alert)
}

/** Ends an alert when what it stands on holds no longer. */
export async function clearIfOver(work: Work, alert: AlertRow, origin: Origin): Promise<boolean> {
  if (alert.clearedAt !== null || !canChange(alert.watch) || (await stillHolds(work, alert))) return false
  const waiting = alert.state === 'open' || alert.state === 'acknowledged'
  const ended = work.putAlert({
    ...alert,
    clearedAt: work.now,
    state: waiting ? 'ended' : alert.state,
    revision: alert.revision + 1,
  })
  work.cancelTimer(timerOf(alert))
  if (waiting) await note(work, ended, 'alert.ended', { rule: alert.rule, title: alert.title }, origin)
  return true
}

async function stillHolds(work: Work, alert: AlertRow): Promise<boolean> {
  const app = work.world.app(alert.app)
  const row = alert.record ? await work.record(alert.record) : undefined
  const form = app?.forms.get(alert.record?.form ?? '')
  const onFigures = metricLeaves(alert.watch).length > 0
  if (!row && !onFigures) return false
  const bare: Facts = { now: work.now, zone: app?.definition.zone ?? 'Asia/Shanghai', linked: () => undefined }
  const facts = row ? { ...(await factsOf(work, row)), record: recordFacts(row) } : bare
  const known = await withFiguresOf(work, alert.app, alert.watch, facts, form)
  return compileCondition(alert.watch, form, lookupFrom(work, alert.app))(known)
}

type AlertCommand = { readonly alert: Id; readonly comment?: string }

/** Somebody says: I have seen it and see to it. */
export async function acknowledgeAlert(
  work: Work,
  command: AlertCommand,
  origin: Origin,
): Promise<Result<AlertRow, Rejection>> {
  const found = await forPerson(work, command)
  if (!found.ok) return found
  if (found.value.state === 'acknowledged') return found
  if (found.value.state !== 'open') return fail({ code: 'alert.over' })
  const alert = work.putAlert({
    ...found.value,
    state: 'acknowledged',
    acknowledgedAt: work.now,
    acknowledgedBy: work.actor,
    comment: command.comment ?? found.value.comment,
    revision: found.value.revision + 1,
  })
  await note(work, alert, 'alert.acknowledged', said(alert, command), origin)
  return ok(alert)
}

/** Somebody says: done. Until what raised it has cleared, no second alert about the same is raised. */
export async function closeAlert(
  work: Work,
  command: AlertCommand,
  origin: Origin,
): Promise<Result<AlertRow, Rejection>> {
  const found = await forPerson(work, command)
  if (!found.ok) return found
  if (found.value.state !== 'open' && found.value.state !== 'acknowledged') return fail({ code: 'alert.over' })
  const settled = !canChange(found.value.watch)
  const alert = work.putAlert({
    ...found.value,
    state: 'closed',
    closedAt: work.now,
    closedBy: work.actor,
    comment: command.comment ?? found.value.comment,
    clearedAt: settled ? work.now : null,
    revision: found.value.revision + 1,
  })
  await note(work, alert, 'alert.closed', said(alert, command), origin)
  return ok(alert)
}

const said = ({ rule, title }: AlertRow, { comment }: AlertCommand) => ({
  rule,
  title,
  ...(comment ? { comment } : {}),
})

/** The alert, if it is one's own or one manages the app; to all others it does not exist. */
async function forPerson(work: Work, { alert: id }: AlertCommand): Promise<Result<AlertRow, Rejection>> {
  const alert = await work.alert(id)
  const { principal } = work.command
  const app = alert && work.world.app(alert.app)
  const mine = principal.kind === 'system' || (principal.kind === 'user' && alert?.people.includes(principal.user.id))
  if (!alert || !app || (!mine && !appRights(app.definition, principal).has('manage')))
    return fail({ code: 'alert.notFound' })
  return ok(alert)
}
