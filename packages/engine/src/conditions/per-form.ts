import type { FormLookup, FormModel } from '../model.ts'

type Compile<Part extends object, Compiled> = (part: Part, form?: FormModel, lookup?: FormLookup) => Compiled

const noForm = {} as FormModel

/**
 * Compiles a part of a definition once per form version: the identities of the part and of the form stand for what they
 * say, so a new version compiles anew, and what nobody holds any more is forgotten.
 */
export function perForm<Part extends object, Compiled>(compile: Compile<Part, Compiled>): Compile<Part, Compiled> {
  const known = new WeakMap<Part, WeakMap<FormModel, { readonly compiled: Compiled }>>()
  return (part, form, lookup) => {
    const key = form ?? noForm
    const byForm = known.get(part) ?? new WeakMap<FormModel, { readonly compiled: Compiled }>()
    known.set(part, byForm)
    const made = byForm.get(key) ?? { compiled: compile(part, form, lookup) }
    byForm.set(key, made)
    return made.compiled
  }
}
