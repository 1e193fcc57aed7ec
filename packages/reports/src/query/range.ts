import { type Condition, isLeaf, type LeafCondition, pathParts } from '@tenon/engine'

const bounding: ReadonlySet<string> = new Set([
  'between',
  'within',
  'greaterThan',
  'greaterThanInclusive',
  'lessThan',
  'lessThanInclusive',
])

/** Whether a condition bounds a field of time from one side or both. */
const isBoundOn = (condition: Condition, path: string): condition is LeafCondition =>
  isLeaf(condition) &&
  condition.fact === 'record' &&
  bounding.has(condition.operator) &&
  pathParts(condition.path).join('.') === path

/** The bounds a condition sets to a field, and the condition without them. Only what must hold in any case is looked at. */
export function splitBounds(
  where: Condition,
  path: string,
): { readonly rest: Condition; readonly bounds: readonly LeafCondition[] } {
  const parts = 'all' in where ? where.all : [where]
  return {
    rest: { all: parts.filter((part) => !isBoundOn(part, path)) },
    bounds: parts.filter((part): part is LeafCondition => isBoundOn(part, path)),
  }
}
