import type { Condition } from '../definitions/condition.ts'
import type { FormLookup, FormModel } from '../model.ts'
import { compileCondition, type Predicate } from './compile.ts'

const noForm = {} as FormModel
const compiled = new WeakMap<Condition, WeakMap<FormModel, Predicate>>()

/**
 * A condition of a definition, compiled once per form version. The form's identity stands for the published version,
 * so a new version compiles anew.
 */
export function predicateOf(
  condition: Condition,
  form: FormModel | undefined,
  lookup: FormLookup | undefined,
): Predicate {
  const key = form ?? noForm
  const byForm = compiled.get(condition) ?? new WeakMap<FormModel, Predicate>()
  compiled.set(condition, byForm)
  const known = byForm.get(key)
  if (known) return known
  const predicate = compileCondition(condition, form, lookup)
  byForm.set(key, predicate)
  return predicate
}
