import type { Who } from '../definitions/value-expression.ts'
import { warning } from '../kernel/problem.ts'
import { resolvePeople } from '../pipeline/people.ts'
import type { Check, LintContext, Organisation } from './context.ts'
import { eachFlow, nodeName } from './flow-walk.ts'

/**
 * Every task has somebody to do it in the organisation as it is. Who it is may depend on the record: of that nothing is
 * said. Before anybody has a role in the app nothing is said at all.
 */
export const taskOwnersThere = eachFlow(({ nodes, nodePath }, context) => {
  const { people } = context
  if (!people || !isStaffed(context, people)) return []
  return nodes.flatMap((node) => {
    if (!('assign' in node) || !node.assign) return []
    const here = nodePath(node)
    const isNobody = node.assign.every((who) => isNobodyEver(context, people, who))
    if (!isNobody || node.empty === 'autoPass') return []
    const instead = typeof node.empty === 'object' ? node.empty.who : undefined
    if (instead && !instead.every((who) => isNobodyEver(context, people, who))) return []
    return [warning('flow.ownerNobody', `${here}/assign`, { node: nodeName(node) })]
  })
})

/** Nobody fits, and nobody is there to take it then either. */
export const fallbackThere: Check = (context) => {
  const { app, people } = context
  if (!people || !isStaffed(context, people)) return []
  return [...app.assignments.values()].flatMap(({ id, label, fallback }) =>
    fallback.every((who) => isNobodyEver(context, people, who))
      ? [warning('assignment.fallbackNobody', `/assignments/${id}.json/fallback`, { assignment: label })]
      : [],
  )
}

const isStaffed = ({ app }: LintContext, { directory }: Organisation): boolean =>
  directory.everybody().some((person) => person.active && person.grants.some((grant) => grant.app === app.id))

/** Whether this is nobody, whatever the record. */
function isNobodyEver({ app, lookup }: LintContext, { directory, now }: Organisation, who: Who): boolean {
  const pool = 'strategy' in who ? (app.assignments.get(who.strategy)?.pool ?? []) : [who]
  if (!pool.every((one) => 'user' in one || 'role' in one || 'department' in one)) return false
  const facts = { now, zone: app.definition.zone ?? 'Asia/Shanghai' }
  const scope = { directory, app: app.id, form: undefined, lookup, facts, assignee: null, creator: null }
  return resolvePeople(pool, scope).length === 0
}
