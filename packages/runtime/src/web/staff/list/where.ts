import { type Condition, isFormula, isLeaf, isObject, type LeafCondition } from '@tenon/engine'

/**
 * A filter as the chips show it: leaves joined by all or any. A condition of another shape (from an address or a
 * board) stays whole as `other`, so that it is neither lost nor changed by looking at it.
 */
export type ShownFilter = {
  readonly join: 'all' | 'any'
  readonly leaves: readonly LeafCondition[]
  readonly other: Condition | undefined
}

const none: ShownFilter = { join: 'all', leaves: [], other: undefined }
const simple = (condition: Condition): condition is LeafCondition =>
  !isFormula(condition) && isLeaf(condition) && condition.fact === 'record'

export function readWhere(text: string | undefined): ShownFilter {
  if (!text) return none
  let condition: Condition
  try {
    const parsed: unknown = JSON.parse(text)
    if (!isObject(parsed)) return none
    condition = parsed as Condition
  } catch {
    return none
  }
  if (simple(condition)) return { join: 'all', leaves: [condition], other: undefined }
  for (const join of ['all', 'any'] as const) {
    const parts = (condition as { [key: string]: unknown })[join]
    if (Array.isArray(parts) && parts.every(simple)) return { join, leaves: parts, other: undefined }
  }
  const parts = 'all' in condition ? condition.all : undefined
  if (Array.isArray(parts)) {
    const leaves = parts.filter(simple)
    const rest = parts.filter((part) => !simple(part))
    return { join: 'all', leaves, other: rest.length === 1 ? rest[0] : { all: rest } }
  }
  return { join: 'all', leaves: [], other: condition }
}

export function whereOf({ join, leaves, other }: ShownFilter): Condition | undefined {
  const parts: Condition[] = [...(other ? [other] : []), ...leaves]
  if (parts.length === 0) return undefined
  if (parts.length === 1) return parts[0]
  return other
    ? { all: [other, ...(join === 'any' && leaves.length > 1 ? [{ any: [...leaves] }] : leaves)] }
    : ({ [join]: parts } as Condition)
}

/** Both conditions, as far as there are any. */
export const both = (a: Condition | undefined, b: Condition | undefined): Condition | undefined =>
  a && b ? { all: [a, b] } : (a ?? b)
