import type { Rejection } from '../kernel/problem.ts'
import { holdingRules } from '../rules/fired-rules.ts'
import { rulesFor } from '../rules/rules-for.ts'
import { carryOut } from './deeds.ts'
import { factsOf, lookupFrom } from './facts-of.ts'
import { endFlows, startFlow, startFlowsOn } from './flows.ts'
import { type FlowRequest, type Reaction, type Work, recordFacts } from './work.ts'

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

const fulfil = (work: Work, { kind, ref, flow, origin }: FlowRequest): Promise<Rejection | undefined> =>
  kind === 'start' && flow !== null ? startFlow(work, ref, flow, origin) : endFlows(work, ref, flow, origin)

async function reactTo(work: Work, reaction: Reaction | undefined): Promise<Rejection | undefined> {
  if (!reaction) return undefined
  return (await startFlowsOn(work, reaction)) ?? (await reactWithRules(work, reaction))
}

async function reactWithRules(work: Work, reaction: Reaction): Promise<Rejection | undefined> {
  const app = work.world.app(reaction.ref.app)
  const form = app?.forms.get(reaction.ref.form)
  if (!app || !form) return undefined
  const rules = rulesFor(app, reaction.ref.form, reaction.event, reaction.changed)
  if (rules.length === 0) return undefined
  if (reaction.origin.depth >= deepest) {
    await work.event(reaction.ref, 'rule.stopped', { event: reaction.event, depth: reaction.origin.depth }, reaction.origin)
    return undefined
  }
  for (const rule of rules) {
    const row = await work.record(reaction.ref)
    if (!row) return undefined
    const more = {
      event: { type: reaction.event, ...reaction.detail },
      ...(reaction.previous ? { previous: recordFacts(reaction.previous) } : {}),
    }
    const facts = await factsOf(work, row, more)
    if (holdingRules([rule], facts, form, lookupFrom(work, row.app)).length === 0) continue
    const origin = { source: 'rule' as const, cause: `rule:${rule.id}@${app.version}`, depth: reaction.origin.depth + 1 }
    await work.event(row, 'rule.fired', { rule: rule.id, event: reaction.event }, { ...origin })
    const rejection = await carryOut(work, rule.then, { ref: reaction.ref, origin, more })
    if (rejection) return rejection
    if (rule.stop) return undefined
  }
  return undefined
}
