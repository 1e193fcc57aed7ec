import type { Condition, ConditionValue, FactName, LeafCondition } from '../definitions/condition.ts'
import { operatorNames } from '../definitions/condition.ts'
import { fieldOptions } from '../fields/field.ts'
import { compileFormula } from '../formulas/compile.ts'
import { nearestName } from '../kernel/nearest-name.ts'
import { pointer } from '../kernel/pointer.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import type { FormLookup, FormModel } from '../model.ts'
import { converters, familyOf } from './comparable.ts'
import { isFormula, isLeaf, scopeOf } from './compile.ts'
import { isRef } from './operand.ts'
import { operators } from './operators.ts'
import { linkedFormName, type PathTarget, pathParts, refParts, resolvePath, userFactNames } from './read-fact.ts'
import { windowOf } from './window.ts'

export type ConditionScope = {
  readonly form?: FormModel
  readonly lookup: FormLookup
  /** Facts that exist at this place. */
  readonly facts: readonly FactName[]
}

/** Everything wrong with a condition at this place; `path` is where it stands in the document. */
export function checkCondition(condition: Condition, scope: ConditionScope, path: string): Problem[] {
  if (isLeaf(condition)) return checkLeaf(condition, scope, path)
  if (isFormula(condition)) {
    const formula = compileFormula(condition.formula, scopeOf(scope.form, scope.lookup))
    return formula.ok ? [] : formula.error.map((one) => ({ ...one, path: `${path}/formula` }))
  }
  if ('not' in condition) return checkCondition(condition.not, scope, `${path}/not`)
  const key = 'all' in condition ? 'all' : 'any'
  const parts = 'all' in condition ? condition.all : condition.any
  return parts.flatMap((part, at) => checkCondition(part, scope, `${path}${pointer(key, at)}`))
}

/** What figures can be compared by: they are numbers or durations. */
const metricOperators: ReadonlySet<string> = new Set([
  'equal',
  'notEqual',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
  'between',
  'isEmpty',
  'isNotEmpty',
])

function checkMetric(leaf: LeafCondition, scope: ConditionScope, path: string): Problem[] {
  if (!scope.facts.includes('metric')) return [problem('condition.unknownFact', `${path}/fact`, { fact: 'metric' })]
  const { params } = leaf
  if (params === undefined) return [problem('condition.metricMissing', `${path}/params`)]
  if (!metricOperators.has(leaf.operator))
    return [
      problem('condition.operatorNotForField', `${path}/operator`, { operator: leaf.operator, field: params.metric }),
    ]
  const groups = Object.entries(params.by ?? {}).flatMap(([key, value]) =>
    isRef(value) ? checkRef(value.ref, scope, `${path}/params/by${pointer(key)}`) : [],
  )
  const comparative = params.value === 'change' || params.value === 'ratio'
  const windowless =
    comparative && params.window === undefined ? [problem('condition.windowMissing', `${path}/params/value`)] : []
  return [...groups, ...windowless, ...checkValue(leaf, 'open', scope, `${path}/value`)]
}

function checkLeaf(leaf: LeafCondition, scope: ConditionScope, path: string): Problem[] {
  if (leaf.fact === 'metric') return checkMetric(leaf, scope, path)
  const parts = pathParts(leaf.path)
  const target = checkPath(leaf.fact, parts, scope, `${path}${leaf.path === undefined ? '/fact' : '/path'}`)
  if (Array.isArray(target)) return target
  if (!operatorNames.includes(leaf.operator)) return []
  if (target !== 'open' && !operators[leaf.operator].kinds.includes(target.value.kind)) {
    return [
      problem('condition.operatorNotForField', `${path}/operator`, {
        operator: leaf.operator,
        field: parts.at(-1) ?? leaf.fact,
      }),
    ]
  }
  return checkValue(leaf, target, scope, `${path}/value`)
}

function checkPath(
  fact: FactName,
  parts: readonly string[],
  scope: ConditionScope,
  path: string,
): PathTarget | 'open' | Problem[] {
  if (!scope.facts.includes(fact)) return [problem('condition.unknownFact', path, { fact })]
  const target = resolvePath(fact, parts, scope.form, scope.lookup)
  if (target !== undefined) return target
  const wrong =
    parts.find((_, at) => resolvePath(fact, parts.slice(0, at + 1), scope.form, scope.lookup) === undefined) ??
    parts.at(-1) ??
    ''
  const before = parts.slice(0, Math.max(parts.indexOf(wrong), 0))
  const suggestion = nearestName(wrong, namesAfter(fact, before, scope))
  return [problem('condition.unknownField', path, { field: wrong, ...(suggestion ? { suggestion } : {}) })]
}

/** Names that could stand after a path. */
function namesAfter(fact: FactName, before: readonly string[], { form, lookup }: ConditionScope): Iterable<string> {
  if (fact === 'user') return userFactNames
  if (!form || before.length === 0) return form?.fields.keys() ?? []
  const target = resolvePath(fact, before, form, lookup)
  const link = typeof target === 'object' ? target.field?.target : undefined
  return (link?.kind === 'record' ? lookup(linkedFormName(form, link))?.fields.keys() : undefined) ?? []
}

function checkValue(
  { operator, value }: LeafCondition,
  target: PathTarget | 'open',
  scope: ConditionScope,
  path: string,
): Problem[] {
  const { operand } = operators[operator]
  if (operand === 'none') return []
  if (value === undefined || value === null || value === '') return [problem('condition.valueMissing', path)]
  if (isRef(value)) return checkRef(value.ref, scope, path)
  if (operand === 'duration') return isDuration(value) ? [] : [invalid(path, value, 'duration')]
  if ((operand === 'one') === Array.isArray(value)) return [invalid(path, value, operand === 'one' ? 'value' : 'list')]
  if (operand === 'pair' && Array.isArray(value) && value.length !== 2) return [invalid(path, value, 'pair')]
  const items = Array.isArray(value) ? value : [value]
  return items.flatMap((item: ConditionValue, at: number) =>
    checkItem(item, target, scope, Array.isArray(value) ? `${path}/${at}` : path),
  )
}

const isDuration = (value: unknown): boolean =>
  typeof value === 'string' && windowOf(value, 'instant', 0, 'UTC') !== undefined

function checkRef(ref: string, scope: ConditionScope, path: string): Problem[] {
  const { fact, path: parts } = refParts(ref)
  const target = checkPath(fact, parts, scope, path)
  return Array.isArray(target) ? target : []
}

function checkItem(item: ConditionValue, target: PathTarget | 'open', scope: ConditionScope, path: string): Problem[] {
  if (isRef(item)) return checkRef(item.ref, scope, path)
  if (target === 'open') return []
  const converted = converters[familyOf[target.value.kind]](item, { now: 0, zone: 'UTC' })
  if (converted === undefined) return [invalid(path, item, target.value.kind)]
  return checkOption(item, target, path)
}

function checkOption(item: ConditionValue, { field, form }: PathTarget, path: string): Problem[] {
  const ids = field && form ? fieldOptions(field, form).map((option) => option.id) : []
  if (!field || ids.length === 0 || typeof item !== 'string' || ids.includes(item)) return []
  const suggestion = nearestName(item, ids)
  return [
    problem('condition.unknownOption', path, { value: item, field: field.id, ...(suggestion ? { suggestion } : {}) }),
  ]
}

const invalid = (path: string, value: unknown, expected: string): Problem =>
  problem('condition.valueInvalid', path, {
    value: typeof value === 'object' ? JSON.stringify(value) : String(value),
    expected,
  })
