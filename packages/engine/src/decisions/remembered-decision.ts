import type { DecisionDefinition } from '../definitions/decision.ts'
import type { FormLookup, FormModel } from '../model.ts'
import { compileDecision, type DecisionTable } from './compile-decision.ts'

type Entry = {
  readonly form: FormModel | undefined
  readonly asked: ReadonlyMap<string, FormModel | undefined>
  readonly table: DecisionTable | undefined
}
const shelf = new WeakMap<DecisionDefinition, Entry>()

/**
 * The compiled table of a published definition, compiled once; undefined where it does not compile (lint says why). An
 * entry is good as long as every form it asked for is still the same one.
 */
export function rememberedDecision(
  definition: DecisionDefinition,
  form: FormModel | undefined,
  lookup: FormLookup,
): DecisionTable | undefined {
  const known = shelf.get(definition)
  if (known && known.form === form && [...known.asked].every(([name, model]) => lookup(name) === model))
    return known.table
  const asked = new Map<string, FormModel | undefined>()
  const compiled = compileDecision(definition, {
    ...(form ? { form } : {}),
    lookup: (name) => {
      const model = lookup(name)
      asked.set(name, model)
      return model
    },
  })
  const table = compiled.ok ? compiled.value : undefined
  shelf.set(definition, { form, asked, table })
  return table
}
