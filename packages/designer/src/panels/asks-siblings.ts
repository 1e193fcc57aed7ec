import { isObject, resolveSchema, type SchemaNode } from '@tenon/engine'

const known = new WeakMap<SchemaNode, boolean>()

/**
 * Whether what a property may hold depends on other properties of the object it is in. What is inside an object of its
 * own asks that one.
 */
export function asksSiblings(schema: SchemaNode, root: SchemaNode): boolean {
  const answer = known.get(schema) ?? asks(schema, root, new Set())
  known.set(schema, answer)
  return answer
}

const inside: readonly string[] = ['properties', '$defs']

function asks(node: unknown, root: SchemaNode, seen: Set<unknown>): boolean {
  if (Array.isArray(node)) return node.some((one) => asks(one, root, seen))
  if (!isObject(node) || seen.has(node)) return false
  seen.add(node)
  const rules = [node['x-refers'], node['x-keys']]
  if ('x-of' in node || 'x-value' in node || rules.some((rule) => isObject(rule) && 'of' in rule)) return true
  if (typeof node.$ref === 'string' && asks(resolveSchema(node, root), root, seen)) return true
  return Object.entries(node).some(([key, part]) => !inside.includes(key) && asks(part, root, seen))
}
