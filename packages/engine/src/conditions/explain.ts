import type { Condition, LeafCondition } from '../definitions/condition.ts'
import type { Facts } from '../facts.ts'
import { compileFormula, type FormulaWarning } from '../formulas/compile.ts'
import type { FormLookup, FormModel } from '../model.ts'
import { isFormula, isLeaf, leafReader, scopeOf } from './compile.ts'
import { operandReader } from './operand.ts'
import { perForm } from './per-form.ts'
import { predicateOf } from './predicate-of.ts'
import { factReader, isBlank, pathParts } from './read-fact.ts'

/** Why a condition came out as it did: the same tree with every leaf's actual value, what it was held against, and its result. */
export type ExplainedCondition =
  | { readonly kind: 'all' | 'any' | 'not'; readonly result: boolean; readonly parts: readonly ExplainedCondition[] }
  | {
      readonly kind: 'leaf'
      readonly result: boolean
      readonly condition: LeafCondition
      readonly actual: unknown
      readonly expected: unknown
      readonly before?: unknown
    }
  | {
      readonly kind: 'formula'
      readonly result: boolean
      readonly formula: string
      readonly actual: unknown
      readonly warnings: readonly FormulaWarning[]
    }

/** Evaluates every part, without stopping early, so that "why not" is answered too. Blank values are null. */
export function explainCondition(
  condition: Condition,
  facts: Facts,
  form?: FormModel,
  lookup?: FormLookup,
): ExplainedCondition {
  if (isLeaf(condition)) return explainLeaf(condition, facts, form, lookup)
  if (isFormula(condition)) {
    const formula = compileFormula(condition.formula, scopeOf(form, lookup))
    const { value, warnings } = formula.ok ? formula.value.evaluate(facts) : { value: null, warnings: [] }
    return { kind: 'formula', result: value === true, formula: condition.formula, actual: value, warnings }
  }
  const kind = 'not' in condition ? 'not' : 'all' in condition ? 'all' : 'any'
  const below = 'not' in condition ? [condition.not] : 'all' in condition ? condition.all : condition.any
  const parts = below.map((part) => explainCondition(part, facts, form, lookup))
  const result =
    kind === 'all'
      ? parts.every((part) => part.result)
      : kind === 'any'
        ? parts.some((part) => part.result)
        : !parts[0]?.result
  return { kind, result, parts }
}

function explainLeaf(leaf: LeafCondition, facts: Facts, form?: FormModel, lookup?: FormLookup): ExplainedCondition {
  const { holds, actual, expected, before } = leafParts(leaf, form, lookup)
  const explained = {
    kind: 'leaf' as const,
    result: holds(facts),
    condition: leaf,
    actual: shown(actual(facts)),
    expected: shown(expected(facts)),
  }
  return before ? { ...explained, before: shown(before(facts)) } : explained
}

const shown = (value: unknown) => (isBlank(value) ? null : value)

/** What is read of a leaf to explain it: every command of a record explains every rule that it asked. */
const leafParts = perForm((leaf: LeafCondition, form, lookup) => {
  const path = pathParts(leaf.path)
  return {
    holds: predicateOf(leaf, form, lookup),
    actual: leafReader(leaf, path, form, lookup),
    expected: operandReader(leaf.value, form, lookup),
    before: leaf.operator === 'changed' ? factReader('previous', path, form, lookup) : undefined,
  }
})
