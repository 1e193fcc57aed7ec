import { checkCondition } from '../conditions/check.ts'
import type { FactName } from '../definitions/condition.ts'
import { formAt } from '../definitions/sites.ts'
import type { Check } from './context.ts'

/** Facts there are in the conditions of a kind of document. */
const factsOf: { readonly [kind: string]: readonly FactName[] } = {
  form: ['record', 'previous', 'user', 'now'],
  flow: ['record', 'previous', 'user', 'now', 'task', 'flow', 'event', 'env'],
  rule: ['record', 'previous', 'user', 'now', 'task', 'flow', 'event', 'metric', 'env'],
  policy: ['record', 'now'],
  assignment: ['record', 'now', 'task', 'candidate', 'flow'],
}
const otherFacts: readonly FactName[] = ['record', 'user', 'now', 'params']

/** Every condition reads what is there, with operators and values that fit. */
export const conditions: Check = ({ sites, lookup }) =>
  sites.flatMap((site) => {
    if (site.type !== 'condition') return []
    const form = formAt(site, lookup)
    const facts = site.facts ?? factsOf[site.document.kind] ?? otherFacts
    return checkCondition(site.condition, { ...(form ? { form } : {}), lookup, facts }, site.path)
  })
