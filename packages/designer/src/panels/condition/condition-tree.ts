import {
  type Condition,
  type FactName,
  isFormula,
  isLeaf,
  type LeafCondition,
  type OperandShape,
  operators,
} from '@tenon/engine'

export type GroupMode = 'all' | 'any' | 'none'
export type Group = { readonly mode: GroupMode; readonly parts: readonly Condition[] }

/** A condition as a group of conditions; undefined: it is a single one. */
export function groupOf(condition: Condition): Group | undefined {
  if (isLeaf(condition) || isFormula(condition)) return undefined
  if ('all' in condition) return { mode: 'all', parts: condition.all }
  if ('any' in condition) return { mode: 'any', parts: condition.any }
  const inner = condition.not
  return { mode: 'none', parts: 'any' in inner ? inner.any : [inner] }
}

export function conditionOf({ mode, parts }: Group): Condition {
  if (mode === 'all') return { all: [...parts] }
  if (mode === 'any') return { any: [...parts] }
  const [only] = parts
  // `not` of one condition needs no group, unless that one is a group that would be read as this one.
  return parts.length === 1 && only && !('any' in only) ? { not: only } : { not: { any: [...parts] } }
}

/** The same group with another part; parts that are not touched stay the very same. */
export const withPart = ({ mode, parts }: Group, at: number, part: Condition | undefined): Group => ({
  mode,
  parts: part === undefined ? parts.toSpliced(at, 1) : parts.with(at, part),
})

/** Beside a single condition another one: both in a group. */
export function extended(condition: Condition | undefined, part: Condition): Condition {
  if (condition === undefined) return part
  const group = groupOf(condition)
  return group ? conditionOf({ ...group, parts: [...group.parts, part] }) : { all: [condition, part] }
}

/** The leaf about another place: what no longer fits is dropped. */
export function withSubject(
  leaf: LeafCondition,
  fact: FactName,
  path: string | undefined,
  allowed: readonly string[],
): LeafCondition {
  const [first] = allowed
  const operator = allowed.includes(leaf.operator) ? leaf.operator : ((first ?? 'equal') as LeafCondition['operator'])
  return { fact, ...(path === undefined ? {} : { path }), operator }
}

const shapeOf = (operator: LeafCondition['operator']): OperandShape => operators[operator].operand

/** The leaf with another operator; its value stays where it has the same shape, one value becomes a list of one. */
export function withOperator(leaf: LeafCondition, operator: LeafCondition['operator']): LeafCondition {
  const { value, ...rest } = leaf
  const before = shapeOf(leaf.operator)
  const after = shapeOf(operator)
  const bare = { ...rest, operator }
  if (value === undefined || after === 'none') return bare
  if (before === after) return { ...bare, value }
  if (before === 'one' && after === 'many' && !Array.isArray(value) && typeof value !== 'object')
    return { ...bare, value: [value] }
  const [first] = Array.isArray(value) ? value : []
  if (before === 'many' && after === 'one' && first !== undefined && typeof first !== 'object')
    return { ...bare, value: first }
  return bare
}

export const withValue = (
  { value: _old, ...leaf }: LeafCondition,
  value: LeafCondition['value'] | undefined,
): LeafCondition => (value === undefined || (Array.isArray(value) && value.length === 0) ? leaf : { ...leaf, value })
