import { explainCondition } from '../conditions/explain.ts'
import type { RuleDefinition } from '../definitions/rule.ts'
import type { Facts } from '../facts.ts'
import type { FlowCommand } from '../flow/types.ts'
import type { Id } from '../kernel/ids.ts'
import type { Rejection } from '../kernel/problem.ts'
import type { AppModel, FormModel } from '../model.ts'
import { firedRules } from '../rules/fired-rules.ts'
import { ruleOf, rulesFor } from '../rules/rules-for.ts'
import { heldBack } from './alerts.ts'
import { answerTask } from './answer-task.ts'
import { handOverMessage, receiveMessage, throwSignal } from './correlation.ts'
import { carryOut, carryOutAlone } from './deeds.ts'
import { errand } from './errand.ts'
import { factsOf, lookupFrom } from './facts-of.ts'
import {
  advance,
  endFlows,
  isOver,
  lookAtConditions,
  startCalled,
  startFlow,
  startFlowsOn,
  visitsPerCommand,
} from './flows.ts'
import { recordFacts } from './record-facts.ts'
import type { ReactionName, RecordRef, RuleOutcome } from './rows.ts'
import { withFigures } from './rule-facts.ts'
import type { FlowRequest, Origin, Reaction, Work } from './work.ts'

/** How long a chain of rules setting each other off may get; deeper ones are stopped and said so in the audit trail. */
const deepest = 8

/** Lets flows and rules react, and to what they do again, until all is quiet. */
export async function reactAll(work: Work): Promise<Rejection | undefined> {
  while (work.reactions.length > 0 || work.flowRequests.length > 0) {
    const request = work.flowRequests.shift()
    const rejection = request ? await fulfil(work, request) : await reactTo(work, work.reactions.shift())
    if (rejection) return rejection
  }
  return undefined
}

/** What flows have asked for while others were at work; what is over by now is left. */
async function fulfil(work: Work, request: FlowRequest): Promise<Rejection | undefined> {
  const { origin } = request
  switch (request.kind) {
    case 'start':
      return request.flow === null ? undefined : startFlow(work, request.ref, request.flow, origin)
    case 'end':
      return endFlows(work, request.ref, request.flow, origin)
    case 'answer':
      return answerUnasked(work, request, origin)
    case 'call':
      return startCalled(work, request.call, origin)
    case 'advance':
      return goOn(work, request.instance, request.command, origin)
    case 'send':
      await receiveMessage(work, request.message, request.ref, origin)
      return undefined
    case 'signal':
      await throwSignal(work, request.ref, request.name, origin)
      return undefined
    case 'deliver': {
      const command = await handOverMessage(work, request.message, request.to, origin)
      return command && goOn(work, request.to.instance, command, origin)
    }
  }
}

/** A flow that others keep busy goes on in a following transaction, so that this one ends. */
async function goOn(work: Work, id: Id, command: FlowCommand, origin: Origin): Promise<Rejection | undefined> {
  const instance = await work.instance(id)
  if (!instance) return undefined
  if (work.flowVisits >= visitsPerCommand) {
    errand(work, instance, command)
    return undefined
  }
  const rejection = await advance(work, id, command, origin)
  return rejection && !isOver(rejection) ? rejection : undefined
}

/** Answers a task whose time is up, unless it has been answered meanwhile. */
async function answerUnasked(
  work: Work,
  { task: id, outcome, by }: Extract<FlowRequest, { kind: 'answer' }>,
  origin: Origin,
): Promise<Rejection | undefined> {
  const task = await work.task(id)
  if (task?.state !== 'open') return undefined
  const answered = await answerTask(work, task, { by, outcome }, origin)
  return answered.ok ? undefined : answered.error
}

async function reactTo(work: Work, reaction: Reaction | undefined): Promise<Rejection | undefined> {
  if (!reaction) return undefined
  return (
    (await startFlowsOn(work, reaction)) ??
    (await resumeFlowsOn(work, reaction)) ??
    (await reactWithRules(work, reaction))
  )
}

async function resumeFlowsOn(work: Work, { ref, event, origin }: Reaction): Promise<Rejection | undefined> {
  if (event !== 'changed' || origin.depth >= deepest) return undefined
  return lookAtConditions(work, ref, { ...origin, depth: origin.depth + 1 })
}

async function reactWithRules(work: Work, reaction: Reaction): Promise<Rejection | undefined> {
  const app = work.world.app(reaction.ref.app)
  const form = app?.forms.get(reaction.ref.form)
  if (!app || !form) return undefined
  const rules = watching(app, reaction)
  if (rules.length === 0) return undefined
  if (reaction.origin.depth >= deepest) {
    await work.event(
      reaction.ref,
      'rule.stopped',
      { event: reaction.event, depth: reaction.origin.depth },
      reaction.origin,
    )
    return undefined
  }
  return runInOrder(work, reaction, rules, app.version, form)
}

function watching(app: AppModel, { ref, event, rule, changed }: Reaction): readonly RuleDefinition[] {
  if (rule !== undefined) return [ruleOf(app, rule) ?? []].flat()
  return event === 'dateReached' || event === 'scheduled' || event === 'metricMoved'
    ? []
    : rulesFor(app, ref.form, event, changed)
}

/** Each rule sees what the ones before it wrote: after one has fired, the rest are asked again. */
async function runInOrder(
  work: Work,
  reaction: Reaction,
  rules: readonly RuleDefinition[],
  version: number,
  form: FormModel,
): Promise<Rejection | undefined> {
  const row = rules.length > 0 ? await work.record(reaction.ref) : undefined
  if (!row) return undefined
  const facts = await withFigures(work, row.app, rules, await factsOf(work, row, moreOf(reaction)), form)
  const [rule] = await firedRules(rules, facts, form, lookupFrom(work, row.app))
  const about = { app: row.app, reaction, version, facts, form }
  for (const other of rule ? rules.slice(0, rules.indexOf(rule)) : rules) noteRun(work, other, about, 'notMet')
  if (!rule) return undefined
  const rest = rules.slice(rules.indexOf(rule) + 1)
  const held = await heldBack(work, rule, facts, row)
  const run = noteRun(work, rule, about, held ?? 'fired')
  if (held) return runInOrder(work, reaction, rest, version, form)
  const origin = { source: 'rule' as const, cause: `rule:${rule.id}@${version}`, depth: reaction.origin.depth + 1 }
  await work.event(row, 'rule.fired', { rule: rule.id, event: reaction.event, run }, origin)
  const more = { ...moreOf(reaction), ...(facts.metric ? { metric: facts.metric } : {}) }
  const rejection = await carryOut(work, rule.then, { ref: reaction.ref, origin, more, rule: { rule, version, run } })
  if (rejection || rule.stop) return rejection
  return runInOrder(work, reaction, rest, version, form)
}

type Look = {
  readonly app: string
  readonly reaction: { readonly ref: RecordRef | null; readonly event: ReactionName }
  readonly version: number
  readonly facts: Facts
  readonly form: FormModel
}

/** Keeps why a rule acted or did not: each condition with its value at that moment. Gives the run's id. */
function noteRun(work: Work, rule: RuleDefinition, look: Look, outcome: RuleOutcome): Id {
  const { app, reaction, version, facts, form } = look
  const run = work.context.newId()
  work.ran({
    run,
    app,
    rule: rule.id,
    version,
    event: reaction.event,
    record: reaction.ref,
    outcome,
    why: rule.if ? explainCondition(rule.if, facts, form, lookupFrom(work, app)) : null,
  })
  return run
}

/** Runs a rule that is about no record: by its schedule, or because figures have moved. */
export async function runAlone(
  work: Work,
  app: AppModel,
  rule: RuleDefinition,
  event: ReactionName,
  origin: Origin,
): Promise<Rejection | undefined> {
  const form = app.forms.get(rule.form)
  if (!form || origin.depth >= deepest) return undefined
  const bare: Facts = {
    now: work.now,
    zone: app.definition.zone ?? 'Asia/Shanghai',
    event: { type: event },
    linked: () => undefined,
  }
  const facts = await withFigures(work, app.id, [rule], bare, form)
  const look = { app: app.id, reaction: { ref: null, event }, version: app.version, facts, form }
  const [fired] = await firedRules([rule], facts, form, lookupFrom(work, app.id))
  const held = fired ? await heldBack(work, rule, facts, { app: app.id, form: rule.form }) : 'notMet'
  const run = noteRun(work, rule, look, held ?? 'fired')
  if (held) return undefined
  const cause = { source: 'rule' as const, cause: `rule:${rule.id}@${app.version}`, depth: origin.depth + 1 }
  return carryOutAlone(work, rule.then, {
    ref: { app: app.id, form: rule.form },
    facts,
    origin: cause,
    more: {},
    rule: { rule, version: app.version, run },
  })
}

const moreOf = (reaction: Reaction): Partial<Facts> => ({
  event: { type: reaction.event, source: reaction.origin.source, ...reaction.detail },
  ...(reaction.previous ? { previous: recordFacts(reaction.previous) } : {}),
})
