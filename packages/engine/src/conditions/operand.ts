import type { ConditionValue, Ref } from '../definitions/condition.ts'
import type { Facts } from '../facts.ts'
import type { FormLookup, FormModel } from '../model.ts'
import { factReader, refParts } from './read-fact.ts'

export const isRef = (value: unknown): value is Ref =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'ref')

/** Compiles the right-hand side: literals as they are, `{ref}` read from the facts, lists from refs laid flat. */
export function operandReader(
  value: ConditionValue | undefined,
  form?: FormModel,
  lookup?: FormLookup,
): (facts: Facts) => unknown {
  if (isRef(value)) return refReader(value, form, lookup)
  if (!Array.isArray(value) || !value.some(isRef)) return () => value
  const readers = value.map((item: ConditionValue) => operandReader(item, form, lookup))
  return (facts) => readers.flatMap((read: (facts: Facts) => unknown) => read(facts))
}

export function refReader({ ref }: Ref, form?: FormModel, lookup?: FormLookup): (facts: Facts) => unknown {
  const { fact, path } = refParts(ref)
  return factReader(fact, path, form, lookup)
}
