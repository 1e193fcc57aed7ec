import type { FormLookup, FormModel } from '../model.ts'

type Entry<T> = { readonly value: T; readonly asked: Map<string, FormModel | undefined> }

/**
 * Computes something once per form. Callers make a new lookup for every command, so an entry is not kept by the
 * function but by its answers: it is good as long as every form it asked for is still the same.
 */
export function oncePerForm<T>(
  build: (form: FormModel, lookup: FormLookup) => T,
): (form: FormModel, lookup: FormLookup | undefined) => T {
  const entries = new WeakMap<FormModel, Entry<T>>()
  return (form, lookup = () => undefined) => {
    const known = entries.get(form)
    if (known && [...known.asked].every(([name, model]) => lookup(name) === model)) return known.value
    const asked = new Map<string, FormModel | undefined>()
    const value = build(form, (name) => {
      const model = lookup(name)
      asked.set(name, model)
      return model
    })
    entries.set(form, { value, asked })
    return value
  }
}
