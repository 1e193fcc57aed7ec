import { isFormula, isLeaf } from '../conditions/compile.ts'
import { isRef } from '../conditions/operand.ts'
import { pathParts, refParts } from '../conditions/read-fact.ts'
import type { Condition } from '../definitions/condition.ts'
import { compileFormula } from '../formulas/compile.ts'
import type { FormLookup, FormModel } from '../model.ts'

type Read = { readonly fact: string; readonly path: readonly string[] }

/** Stands for every field: the record was read as a whole. */
const everything = '*'

/** Fields of the record itself that are read, now or as they were; a path through a link counts as its link field. */
export const ownReads = (reads: readonly Read[]): readonly string[] =>
  [...new Set(reads.flatMap(({ fact, path }) => (fact === 'record' || fact === 'previous' ? (path[0] ?? everything) : [])))]

export const readsAll = (reads: readonly string[]): boolean => reads.includes(everything)
export const readsOneOf = (reads: readonly string[], changed: ReadonlySet<string>): boolean => readsAll(reads) || reads.some((id) => changed.has(id))

/** All that a condition looks at, references in its values and formulas included. */
export function readsOf(condition: Condition, form: FormModel, lookup: FormLookup): readonly Read[] {
  if (isLeaf(condition)) {
    const values = Array.isArray(condition.value) ? condition.value : [condition.value]
    return [{ fact: condition.fact, path: pathParts(condition.path) }, ...values.flatMap((value) => (isRef(value) ? [refParts(value.ref)] : []))]
  }
  if (isFormula(condition)) {
    const compiled = compileFormula(condition.formula, { form, lookup })
    return compiled.ok ? compiled.value.reads : []
  }
  if ('not' in condition) return readsOf(condition.not, form, lookup)
  return ('all' in condition ? condition.all : condition.any).flatMap((part) => readsOf(part, form, lookup))
}
