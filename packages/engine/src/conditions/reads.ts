import type { Condition, ConditionValue, FactName, LeafCondition } from '../definitions/condition.ts'
import { compileFormula } from '../formulas/compile.ts'
import type { FormLookup, FormModel } from '../model.ts'
import { isFormula, isLeaf } from './compile.ts'
import { isRef } from './operand.ts'
import { linkPath, pathParts, refParts } from './read-fact.ts'

export type ConditionRead = { readonly fact: FactName; readonly path: readonly string[] }

/**
 * Every fact and path a condition looks at, references and formula leaves included, each once. Without the form a
 * formula's bare names count as fields of the record. A lookup counts as itself and as what it shows over its link.
 */
export function conditionReads(condition: Condition, form?: FormModel, lookup?: FormLookup): readonly ConditionRead[] {
  const reads = new Map<string, ConditionRead>()
  const note = (read: ConditionRead) => reads.set([read.fact, ...read.path].join('.'), read)
  for (const read of readsOf(condition, form, lookup)) {
    note(read)
    if (isOfRecord(read)) note({ ...read, path: linkPath(read.path, form, lookup) })
  }
  return [...reads.values()]
}

const isOfRecord = ({ fact }: ConditionRead): boolean => fact === 'record' || fact === 'previous'

function readsOf(condition: Condition, form?: FormModel, lookup?: FormLookup): readonly ConditionRead[] {
  if (isLeaf(condition)) return leafReads(condition)
  if (isFormula(condition)) {
    const formula = compileFormula(condition.formula, { ...(form ? { form } : {}), ...(lookup ? { lookup } : {}) })
    return formula.ok ? formula.value.reads : []
  }
  if ('not' in condition) return readsOf(condition.not, form, lookup)
  return ('all' in condition ? condition.all : condition.any).flatMap((part) => readsOf(part, form, lookup))
}

/** The formulas among the leaves of a condition. */
export function conditionFormulas(condition: Condition): readonly string[] {
  if (isLeaf(condition)) return []
  if (isFormula(condition)) return [condition.formula]
  if ('not' in condition) return conditionFormulas(condition.not)
  return ('all' in condition ? condition.all : condition.any).flatMap(conditionFormulas)
}

function leafReads(leaf: LeafCondition): readonly ConditionRead[] {
  const path = pathParts(leaf.path)
  const own: ConditionRead[] = [{ fact: leaf.fact, path }]
  if (leaf.operator === 'changed') own.push({ fact: 'previous', path })
  if (leaf.operator === 'olderThan' || leaf.operator === 'within') own.push({ fact: 'now', path: [] })
  const groups = Object.values(leaf.params?.by ?? {}).flatMap((value) => valueReads(value))
  return [...own, ...groups, ...valueReads(leaf.value)]
}

function valueReads(value: ConditionValue | undefined): readonly ConditionRead[] {
  if (isRef(value)) return [refParts(value.ref)]
  return Array.isArray(value) ? value.flatMap((item: ConditionValue) => valueReads(item)) : []
}
