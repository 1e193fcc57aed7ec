import { readFact } from '../conditions/read-fact.ts'
import type { Who } from '../definitions/value-expression.ts'
import type { Facts } from '../facts.ts'
import { compileFormula } from '../formulas/compile.ts'
import type { Id } from '../kernel/ids.ts'
import type { AppModel, FormLookup, FormModel } from '../model.ts'
import type { Candidate, TaskRow } from './rows.ts'
import type { Directory } from './world.ts'

/** What is needed to say who somebody is. */
export type PeopleScope = {
  readonly directory: Directory
  readonly app: string
  readonly form: FormModel | undefined
  readonly lookup: FormLookup
  readonly facts: Facts
  /** The person the matter is with now, for `self: assignee` and superiors. */
  readonly assignee: Id | null
  readonly creator: Id | null
}

/** Ids of the active people meant, each once, in the order named. Strategies are not resolved here: they choose one. */
export function resolvePeople(who: readonly Who[], scope: PeopleScope): readonly Id[] {
  const ids = who.flatMap((one) => resolveOne(one, scope))
  return [...new Set(ids)].filter((id) => scope.directory.person(id)?.active === true)
}

/** Who may claim a task: roles and departments stay symbolic, so that people who join later see it too. */
export function candidatesOf(who: readonly Who[], scope: PeopleScope): readonly Candidate[] {
  const symbolic = who.flatMap((one): Candidate[] =>
    'role' in one
      ? [{ kind: 'role', ref: one.role }]
      : 'department' in one
        ? [{ kind: 'department', ref: one.department }]
        : [],
  )
  const direct = resolvePeople(
    who.filter((one) => !('role' in one) && !('department' in one)),
    scope,
  )
  return [...direct.map((ref): Candidate => ({ kind: 'user', ref })), ...symbolic]
}

/** Ids of the active people who manage an app, each once: the last to be told where nobody else is there. */
export function managersOf(app: AppModel | undefined, directory: Directory): readonly Id[] {
  if (!app) return []
  const roles = app.definition.roles.filter((role) => role.can?.includes('manage'))
  return [...new Set(roles.flatMap((role) => directory.withRole(app.id, role.id)))]
}

/** The active people a task is offered to, each once. */
export function peopleOffered(
  directory: Directory,
  { app, candidates }: Pick<TaskRow, 'app' | 'candidates'>,
): readonly Id[] {
  const ids = candidates.flatMap(({ kind, ref }) =>
    kind === 'user' ? [ref] : kind === 'role' ? directory.withRole(app, ref) : directory.inDepartment(ref),
  )
  return [...new Set(ids)]
}

function resolveOne(who: Who, scope: PeopleScope): readonly Id[] {
  const { directory } = scope
  if ('user' in who) return present(directory.byUsername(who.user)?.id)
  if ('role' in who) return directory.withRole(scope.app, who.role)
  if ('department' in who) return directory.inDepartment(who.department)
  if ('field' in who) return peopleAt(who.field, scope)
  if ('superiorOf' in who)
    return personOrField(who.superiorOf, scope).flatMap((id) => present(directory.superiorOf(id, scope.facts.now)))
  if ('formula' in who) return peopleOfFormula(who.formula, scope)
  if ('self' in who) return selfOf(who.self, scope)
  return []
}

const selfOf = (self: 'assignee' | 'creator' | 'superior', scope: PeopleScope): readonly Id[] =>
  self === 'assignee'
    ? present(scope.assignee)
    : self === 'creator'
      ? present(scope.creator)
      : present(scope.assignee === null ? null : scope.directory.superiorOf(scope.assignee, scope.facts.now))

const personOrField = (name: string, scope: PeopleScope): readonly Id[] =>
  name === 'assignee' || name === 'creator' ? selfOf(name, scope) : peopleAt(name, scope)

function peopleAt(path: string, scope: PeopleScope): readonly Id[] {
  const value = readFact(scope.facts, 'record', path.split('.'), scope.form, scope.lookup)
  return typeof value === 'string'
    ? [value]
    : Array.isArray(value)
      ? value.filter((one) => typeof one === 'string')
      : []
}

function peopleOfFormula(text: string, scope: PeopleScope): readonly Id[] {
  const formula = compileFormula(text, { ...(scope.form ? { form: scope.form } : {}), lookup: scope.lookup })
  if (!formula.ok) return []
  const { value } = formula.value.evaluate(scope.facts)
  return typeof value === 'string'
    ? [value]
    : Array.isArray(value)
      ? value.filter((one) => typeof one === 'string')
      : []
}

const present = (id: Id | null | undefined): readonly Id[] => (id === null || id === undefined ? [] : [id])
