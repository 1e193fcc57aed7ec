import { deedsOf } from '../actions/behaviours.ts'
import type { Deed } from '../actions/contract.ts'
import type { Action } from '../actions/schemas.ts'
import { evaluateValue } from '../conditions/evaluate-value.ts'
import { predicateOf } from '../conditions/predicate-of.ts'
import { explanationOf } from '../decisions/explanation.ts'
import { rememberedDecision } from '../decisions/remembered-decision.ts'
import type { RuleDefinition } from '../definitions/rule.ts'
import type { ValueExpression } from '../definitions/value-expression.ts'
import type { Facts } from '../facts.ts'
import type { Id } from '../kernel/ids.ts'
import { isLocale } from '../kernel/locale.ts'
import type { Rejection } from '../kernel/problem.ts'
import { resolveText } from '../kernel/text.ts'
import { renderText } from '../messages/render.ts'
import { peopleFor, raiseAlert } from './alerts.ts'
import type { Values } from './commands.ts'
import { factsOf, lookupFrom } from './facts-of.ts'
import { mailOutside, send } from './messages.ts'
import { comment, createRecord, updateRecord } from './records.ts'
import type { RecordRef, TaskRow } from './rows.ts'
import { withFiguresOf } from './rule-facts.ts'
import { callWebhook } from './webhooks.ts'
import type { FlowRequest, Origin, Work } from './work.ts'

export type Occasion = {
  readonly ref: RecordRef
  readonly origin: Origin
  /** Facts beyond the record: previous, event, task. */
  readonly more: Partial<Facts>
  readonly assignee?: Id | null
  readonly task?: TaskRow
  /** The rule that acts, and the run that says why; absent: a flow or a person. */
  readonly rule?: ActingRule
}
export type ActingRule = { readonly rule: RuleDefinition; readonly version: number; readonly run: Id }

/** An occasion without a record: what a rule does by the clock. */
export type LoneOccasion = Omit<Occasion, 'ref'> & {
  readonly ref: { readonly app: string; readonly form: string }
  readonly facts: Facts
}

/** Carries out those actions that need no record: alerts, messages, new records. */
export async function carryOutAlone(
  work: Work,
  actions: readonly Action[],
  occasion: LoneOccasion,
): Promise<Rejection | undefined> {
  const form = work.world.app(occasion.ref.app)?.forms.get(occasion.ref.form)
  for (const action of actions) {
    if (action.when && !predicateOf(action.when, form, lookupFrom(work, occasion.ref.app))(occasion.facts)) continue
    for (const deed of deedsOf(action)) {
      const rejection = await doAlone(work, deed, occasion)
      if (rejection) return rejection
    }
  }
  return undefined
}

async function doAlone(work: Work, deed: Deed, occasion: LoneOccasion): Promise<Rejection | undefined> {
  if (deed.kind === 'create') return refused(await createFrom(work, deed, occasion.facts, occasion))
  if (deed.kind === 'send') return sendMessage(work, deed, occasion.facts, occasion)
  if (deed.kind === 'alert') await raiseAlert(work, deed.alert, occasion.facts, occasion)
  if (deed.kind === 'webhook') await callWebhook(work, deed.webhook, occasion.facts, occasion)
  return undefined
}

/** Carries out actions one after the other; each sees what the ones before it wrote. */
export async function carryOut(
  work: Work,
  actions: readonly Action[],
  occasion: Occasion,
): Promise<Rejection | undefined> {
  for (const action of actions) {
    const row = await work.record(occasion.ref)
    if (!row) return undefined
    const form = work.world.app(row.app)?.forms.get(row.form)
    const seen = await factsOf(work, row, occasion.more)
    const facts = action.when ? await withFiguresOf(work, row.app, action.when, seen, form) : seen
    if (action.when && !predicateOf(action.when, form, lookupFrom(work, row.app))(facts)) continue
    for (const deed of deedsOf(action)) {
      const rejection = await doOne(work, deed, facts, occasion)
      if (rejection) return rejection
    }
  }
  return undefined
}

async function doOne(work: Work, deed: Deed, facts: Facts, occasion: Occasion): Promise<Rejection | undefined> {
  switch (deed.kind) {
    case 'set':
      return refused(
        await updateRecord(
          work,
          { ref: occasion.ref, values: valuesOf(work, deed.values, facts, occasion), door: 'system' },
          occasion.origin,
        ),
      )
    case 'decide':
      return decideFields(work, deed, facts, occasion)
    case 'create':
      return refused(await createFrom(work, deed, facts, occasion))
    case 'send':
      return sendMessage(work, deed, facts, occasion)
    case 'mail':
      return mailOutside(work, deed, facts, occasion)
    case 'comment':
      return writeComment(work, deed, facts, occasion)
    case 'message':
      return ask(work, {
        kind: 'send',
        ref: occasion.ref,
        message: {
          app: occasion.ref.app,
          name: deed.name,
          key: keyOfMessage(work, deed.key, facts, occasion),
          message: work.context.newId(),
          ttl: deed.ttl,
        },
        origin: occasion.origin,
      })
    case 'signal':
      return ask(work, { kind: 'signal', ref: occasion.ref, name: deed.name, origin: occasion.origin })
    case 'alert':
      await raiseAlert(work, deed.alert, facts, occasion)
      return undefined
    case 'webhook':
      await callWebhook(work, deed.webhook, facts, occasion)
      return undefined
    case 'startFlow':
      return ask(work, { kind: 'start', ref: occasion.ref, flow: deed.flow, origin: occasion.origin })
    case 'endFlow':
      return ask(work, { kind: 'end', ref: occasion.ref, flow: deed.flow, origin: occasion.origin })
  }
}

function keyOfMessage(work: Work, key: ValueExpression | null, facts: Facts, { ref }: Occasion): string {
  if (key === null) return ref.id
  const value = evaluateValue(key, facts, work.world.app(ref.app)?.forms.get(ref.form), lookupFrom(work, ref.app))
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
}

function ask(work: Work, request: FlowRequest): undefined {
  work.flowRequests.push(request)
}

const refused = (result: { ok: true } | { ok: false; error: Rejection }): Rejection | undefined =>
  result.ok ? undefined : result.error

/** Asks a decision table and writes what it gives; the trail names the rows, never the values, which have rights. */
async function decideFields(
  work: Work,
  { decision, set, explain }: Extract<Deed, { kind: 'decide' }>,
  facts: Facts,
  { ref, origin }: Occasion,
): Promise<Rejection | undefined> {
  const app = work.world.app(ref.app)
  const definition = app?.decisions.get(decision)
  const form = app?.forms.get(ref.form)
  const lookup = lookupFrom(work, ref.app)
  const table = definition && rememberedDecision(definition, form, lookup)
  if (!definition || !table) return undefined
  const outcome = table.decide(facts)
  const fault = outcome.warnings.find((warning) => warning.code.startsWith('decision.'))
  await work.event(
    ref,
    'decision.made',
    {
      decision,
      label: definition.label,
      rows: [...outcome.rows],
      places: outcome.rows.map((id) => definition.rows.findIndex((row) => row.id === id) + 1),
      isDefault: outcome.isDefault,
      ...(fault ? { fault: fault.code } : {}),
    },
    origin,
  )
  if (fault || (outcome.rows.length === 0 && !outcome.isDefault)) return undefined
  const [first] = app?.definition.locales ?? []
  const locale = isLocale(first) ? first : 'zh-CN'
  const values: Values = {
    ...Object.fromEntries(Object.entries(set).map(([field, output]) => [field, outcome.outputs[output] ?? null])),
    ...(explain === null
      ? {}
      : { [explain]: explanationOf(definition, outcome, { ...(form ? { form } : {}), lookup }, locale) }),
  }
  return refused(await updateRecord(work, { ref, values, door: 'system' }, origin))
}

function createFrom(
  work: Work,
  deed: Extract<Deed, { kind: 'create' }>,
  facts: Facts,
  occasion: Occasion | LoneOccasion,
) {
  const [first = '', second] = deed.form.split('/')
  const target = second === undefined ? { app: occasion.ref.app, form: first } : { app: first, form: second }
  return createRecord(
    work,
    { ...target, values: valuesOf(work, deed.values, facts, occasion), door: 'system' },
    occasion.origin,
  )
}

async function sendMessage(
  work: Work,
  deed: Extract<Deed, { kind: 'send' }>,
  facts: Facts,
  occasion: Occasion | LoneOccasion,
): Promise<undefined> {
  const { ref, task, origin } = occasion
  const row = 'id' in ref ? await work.record(ref) : undefined
  const app = work.world.app(ref.app)
  const message = app?.messages.get(deed.message)
  if (('id' in ref && !row) || !message) return undefined
  const to = peopleFor(work, deed.to, facts, occasion, row)
  await send(work, { app: ref.app, row, facts, to, message, channels: deed.channels, task, origin })
  return undefined
}

async function writeComment(
  work: Work,
  deed: Extract<Deed, { kind: 'comment' }>,
  facts: Facts,
  occasion: Occasion,
): Promise<undefined> {
  const app = work.world.app(occasion.ref.app)
  const form = app?.forms.get(occasion.ref.form)
  const locale = app?.definition.locales[0] ?? 'zh-CN'
  const body = renderText(resolveText(deed.body, locale), facts, {
    locale,
    zone: facts.zone,
    ...(form ? { form } : {}),
    lookup: lookupFrom(work, occasion.ref.app),
    nameOf: (id) => work.world.directory.person(id)?.name,
  })
  await comment(work, { ref: occasion.ref, body, visibility: deed.visibility }, occasion.origin)
  return undefined
}

function valuesOf(
  work: Work,
  values: { readonly [field: string]: ValueExpression },
  facts: Facts,
  occasion: Occasion | LoneOccasion,
): Values {
  const form = work.world.app(occasion.ref.app)?.forms.get(occasion.ref.form)
  const lookup = lookupFrom(work, occasion.ref.app)
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [field, evaluateValue(value, facts, form, lookup)]),
  )
}
