import type { FormModel } from '../model.ts'
import type { FormulaScope } from './form-names.ts'

type Entry = { readonly value: unknown; readonly asked: ReadonlyMap<string, FormModel | undefined> }
const shelves = new WeakMap<FormModel, Map<string, Entry>>()
const shelfSize = 500

/**
 * Compiles a formula of a form once. Callers make a new lookup for every command, so an entry is good as long as every
 * form it asked for is still the same one. Formulas without a form, or with names of their own, are not kept.
 */
export function remembered<T>(text: string, scope: FormulaScope, compile: (text: string, scope: FormulaScope) => T): T {
  const { form, lookup, names, context, resultType } = scope
  if (!form || names || context) return compile(text, scope)
  const shelf = shelves.get(form) ?? new Map<string, Entry>()
  shelves.set(form, shelf)
  const key = `${resultType?.kind ?? ''} ${resultType?.scale ?? ''} ${text}`
  const known = shelf.get(key)
  if (known && [...known.asked].every(([name, model]) => lookup?.(name) === model)) return known.value as T
  const asked = new Map<string, FormModel | undefined>()
  const value = compile(text, {
    ...scope,
    lookup: (name) => {
      const model = lookup?.(name)
      asked.set(name, model)
      return model
    },
  })
  if (shelf.size >= shelfSize) shelf.clear()
  shelf.set(key, { value, asked })
  return value
}
