import {
  type Condition,
  type ConditionValue,
  compileFormula,
  type FieldModel,
  type FormModel,
  isFormula,
  isLeaf,
  isRef,
  type LeafCondition,
  linkedFormName,
  type Problem,
  pathParts,
  pointer,
  problem,
  type RowScope,
  refParts,
} from '@tenon/engine'
import { isPushable } from '../sql/formula.ts'
import type { ReadEnvironment } from './environment.ts'

/** A field that the reader may see, found through links from the form that is read. */
export type FieldRef = {
  readonly path: readonly string[]
  readonly field: FieldModel
  /** The form the field belongs to. */
  readonly form: FormModel
}

/** What a path addresses for this reader; a hidden field is not there, exactly like one that does not exist. */
export function resolveField(path: readonly string[], form: FormModel, env: ReadEnvironment): FieldRef | undefined {
  const walk = (rest: readonly string[], at: FormModel): FieldRef | undefined => {
    const [name = 'id', ...others] = rest
    const field = at.fields.get(name)
    const scope = env.scopes(at)
    if (field === undefined || scope.rows === 'none' || scope.field(name) === 'none') return undefined
    // A lookup is the way over its link, and hidden with anything on it.
    if (field.shows) {
      const shown = walk([field.shows.link, field.shows.field.id, ...others], at)
      return shown && { ...shown, path }
    }
    if (others.length === 0) return { path, field, form: at }
    // A column of a sub-table is read with the whole of it.
    if (field.rows)
      return others.length === 1 && field.rows.fields.has(others[0] ?? '') ? { path, field, form: at } : undefined
    if (field.target?.kind !== 'record' || !field.stored) return undefined
    const target = env.lookup(linkedFormName(form, field.target))
    return target && walk(others, target)
  }
  return walk(path, form)
}

/** The reference, or the problem with it: unknown, or calculated only when shown. */
export function requireField(path: string, form: FormModel, env: ReadEnvironment, at: string): FieldRef | Problem {
  const found = resolveField(path.split('.'), form, env)
  if (found === undefined) return problem('field.unknown', at, { field: path })
  if (!found.field.stored) return problem('query.fieldNotStored', at, { field: path })
  return policyProblem(found, form, env, at) ?? found
}

export const isProblem = (value: object): value is Problem => 'code' in value

/** What is wrong with a condition somebody asks with: it may look at no more than he may see, and must be sayable in SQL. */
export function conditionProblems(
  condition: Condition | undefined,
  form: FormModel,
  env: ReadEnvironment,
  at: string,
): readonly Problem[] {
  if (condition === undefined) return []
  if (isLeaf(condition)) return leafProblems(condition, form, env, at)
  if (isFormula(condition)) return formulaProblems(condition.formula, form, env, at)
  if ('not' in condition) return conditionProblems(condition.not, form, env, `${at}/not`)
  const [word, parts] = 'all' in condition ? (['all', condition.all] as const) : (['any', condition.any] as const)
  return parts.flatMap((part, index) => conditionProblems(part, form, env, at + pointer(word, index)))
}

function leafProblems(leaf: LeafCondition, form: FormModel, env: ReadEnvironment, at: string): readonly Problem[] {
  const values: readonly ConditionValue[] = Array.isArray(leaf.value) ? leaf.value : [leaf.value ?? null]
  const refs = values.filter(isRef).map((value) => refParts(value.ref))
  const reads = [{ fact: leaf.fact, path: pathParts(leaf.path) }, ...refs].filter(
    (read) => read.fact === 'record' || read.fact === 'previous',
  )
  return reads.flatMap(({ path }) => {
    const found = requireField(path.length === 0 ? 'id' : path.join('.'), form, env, at)
    return isProblem(found) ? [found] : []
  })
}

function formulaProblems(formula: string, form: FormModel, env: ReadEnvironment, at: string): readonly Problem[] {
  const lookup = (name: string) => {
    const linked = env.lookup(name)
    return linked && asSeen(linked, env)
  }
  const compiled = compileFormula(formula, { form: asSeen(form, env), lookup })
  if (!compiled.ok) return compiled.error.map((one) => ({ ...one, path: at + one.path }))
  const unknown = compiled.value.reads
    .filter((read) => read.fact === 'record' || read.fact === 'previous')
    .flatMap(({ path }) => {
      const found = requireField(path.length === 0 ? 'id' : path.join('.'), form, env, at)
      return isProblem(found) ? [found] : []
    })
  if (unknown.length > 0) return unknown
  return isPushable(formula, { form, lookup: env.lookup, facts: env.facts })
    ? []
    : [problem('condition.notInDatabase', at)]
}

/** The form without what its reader may not see: a formula must not tell hidden names from unknown ones, nor suggest them. */
function asSeen(form: FormModel, env: ReadEnvironment): FormModel {
  const isSeen = (id: string) => resolveField([id], form, env) !== undefined
  return { ...form, fields: new Map([...form.fields].filter(([id]) => isSeen(id))) }
}

/** An access rule with a formula that SQL cannot say lets nothing be read: refusing is the safe side. */
export function scopeProblem(form: FormModel, env: ReadEnvironment, at: string): Problem | undefined {
  return isSayable(env.scopes(form).rows, form, env) ? undefined : problem('condition.notInDatabase', at)
}

function policyProblem({ path }: FieldRef, form: FormModel, env: ReadEnvironment, at: string): Problem | undefined {
  let current: FormModel | undefined = form
  const open = [...path]
  for (let name = open.shift(); name !== undefined; name = open.shift()) {
    if (current === undefined) return undefined
    const scope = env.scopes(current)
    if (!isSayable(scope.rows, current, env) || !isSayable(scope.field(name), current, env))
      return problem('condition.notInDatabase', at)
    const { shows, target }: Partial<FieldModel> = current.fields.get(name) ?? {}
    if (shows) {
      open.unshift(shows.link, shows.field.id)
      continue
    }
    current = target?.kind === 'record' ? env.lookup(linkedFormName(form, target)) : undefined
  }
  return undefined
}

function isSayable(scope: RowScope, form: FormModel, env: ReadEnvironment): boolean {
  if (scope === 'all' || scope === 'none') return true
  if (isLeaf(scope)) return true
  if (isFormula(scope)) return isPushable(scope.formula, { form, lookup: env.lookup, facts: env.facts })
  if ('not' in scope) return isSayable(scope.not, form, env)
  return ('all' in scope ? scope.all : scope.any).every((part) => isSayable(part, form, env))
}
