import { isObject, requiredOf, resolveSchema, type SchemaNode, schemaBranches, schemaProperties } from '@tenon/engine'
import { freshId } from '../edits/fresh-id.ts'

/**
 * The least that can be said of a schema: what must be there and can be known. Ids come from `taken` places; what only
 * a person can say is left out, and the problems of the draft ask for it.
 */
export function freshValue(
  schema: SchemaNode,
  root: SchemaNode,
  name: string,
  isTaken: (id: string) => boolean,
): unknown {
  const settled = resolveSchema(schema, root)
  if ('const' in settled) return settled.const
  if (Array.isArray(settled.enum)) return settled.enum[0]
  const [first] = schemaBranches(settled) ?? []
  if (first) return freshValue(first, root, name, isTaken)
  if (settled.type === 'array') return []
  if (settled.type === 'object' || isObject(settled.properties)) return freshObject(settled, root, name, isTaken)
  return undefined
}

function freshObject(schema: SchemaNode, root: SchemaNode, name: string, isTaken: (id: string) => boolean): object {
  const properties = schemaProperties(schema)
  const given = requiredOf(schema).flatMap((property) => {
    if (property === 'id') return [[property, freshId('', name, isTaken)]]
    const value = freshValue(properties[property] ?? {}, root, property, () => false)
    return value === undefined ? [] : [[property, value]]
  })
  return Object.fromEntries(given)
}
