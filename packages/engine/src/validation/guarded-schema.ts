import { requiredOf, resolveSchema, type SchemaNode, typesOf } from '../definitions/schema-walk.ts'
import { isObject } from '../kernel/json.ts'

/** What a union that is told apart by key or by JSON type would accept; the argument of the `x-choice` keyword, which always fails. */
export type Choice = { readonly types: readonly string[]; readonly keys: readonly string[] }

/**
 * The same schema, told branch by branch: every plain union (`anyOf`) becomes if / then / else over the key or the JSON
 * type that tells its branches apart, so that a wrong value gets the problems of the branch it meant and no others.
 * Accepts exactly what the union accepts, because branches are closed objects with different keys or have different
 * JSON types.
 */
export function guardedSchema(schema: SchemaNode): SchemaNode {
  return guard(schema, schema) as SchemaNode
}

function guard(node: unknown, root: SchemaNode): unknown {
  if (Array.isArray(node)) return node.map((item) => guard(item, root))
  if (!isObject(node)) return node
  const inner = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, guard(value, root)]))
  const branches = inner.anyOf
  if (!Array.isArray(branches) || !areTold(branches as readonly SchemaNode[], root)) return inner
  const { anyOf: _, 'x-keyed': __, ...rest } = inner
  return { ...rest, ...chain(branches as readonly SchemaNode[], root) }
}

/** Whether key or JSON type tell the branches apart: then at most one of them speaks about a value. */
function areTold(branches: readonly SchemaNode[], root: SchemaNode): boolean {
  const marks = branches.flatMap((branch) => {
    const types = typesOf(resolved(branch, root))
    const objectMark = `object ${requiredOf(resolved(branch, root))[0] ?? ''}`
    return types.length === 0 ? ['any', 'any'] : types.map((type) => (type === 'object' ? objectMark : type))
  })
  return new Set(marks).size === marks.length
}

function chain(branches: readonly SchemaNode[], root: SchemaNode): SchemaNode {
  const objects = branches.filter((branch) => typesOf(resolved(branch, root)).includes('object'))
  const keyOf = (branch: SchemaNode) => (objects.length > 1 ? requiredOf(resolved(branch, root))[0] : undefined)
  const choice: Choice = {
    types: branches.flatMap((branch) => typesOf(resolved(branch, root))),
    keys: objects.flatMap((branch) => keyOf(branch) ?? []),
  }
  // Objects without a key of their own come last: they take whatever no key claimed.
  const ordered = [...branches].sort((one, other) => Number(isCatchAll(one, keyOf)) - Number(isCatchAll(other, keyOf)))
  const told = ordered.reduceRight<SchemaNode>(
    (otherwise, branch) => decide(guardOf(resolved(branch, root), keyOf(branch)), branch, otherwise),
    { 'x-choice': choice },
  )
  return choice.keys.length > 1
    ? decide({ type: 'object', 'x-severalOf': choice.keys }, { 'x-choice': choice }, told)
    : told
}

const decide = (guard: SchemaNode, branch: SchemaNode, otherwise: SchemaNode): SchemaNode => ({
  if: guard,
  then: branch,
  else: otherwise,
})

const isCatchAll = (branch: SchemaNode, keyOf: (branch: SchemaNode) => string | undefined): boolean =>
  keyOf(branch) === undefined

const guardOf = (branch: SchemaNode, key: string | undefined): SchemaNode =>
  key === undefined ? { type: branch.type } : { type: 'object', required: [key] }

const resolved = (branch: SchemaNode, root: SchemaNode): SchemaNode => resolveSchema(branch, root)
