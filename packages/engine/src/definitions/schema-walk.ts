import { isObject } from '../kernel/json.ts'

/** A JSON Schema as plain data, as far as our own definitions use the vocabulary. */
export type SchemaNode = { readonly [keyword: string]: unknown }

const isSchema = (value: unknown): value is SchemaNode => isObject(value)
const isSchemaList = (value: unknown): value is readonly SchemaNode[] => Array.isArray(value) && value.every(isSchema)

/** Follows `$ref: '#/$defs/…'` into the definitions at the root. */
export function resolveSchema(schema: SchemaNode, root: SchemaNode): SchemaNode {
  const { $ref } = schema
  if (typeof $ref !== 'string') return schema
  const name = $ref.replace('#/$defs/', '')
  const defs = root.$defs
  const target = isObject(defs) && Object.hasOwn(defs, name) ? defs[name] : undefined
  if (!isSchema(target)) throw new Error(`schema reference ${$ref} leads nowhere`)
  return resolveSchema(target, root)
}

/** Schemas of the declared properties, in order. */
export const schemaProperties = (schema: SchemaNode): { readonly [name: string]: SchemaNode } =>
  isObject(schema.properties) ? (schema.properties as { readonly [name: string]: SchemaNode }) : {}

/** Schema of the values of a record: what `additionalProperties` or the pattern properties say. */
function recordValueSchema(schema: SchemaNode): SchemaNode | undefined {
  if (isSchema(schema.additionalProperties)) return schema.additionalProperties
  const patterns = schema.patternProperties
  return isObject(patterns) ? Object.values(patterns).find(isSchema) : undefined
}

/** The branches of a union, tagged or not; undefined where the schema is no union. */
export function schemaBranches(schema: SchemaNode): readonly SchemaNode[] | undefined {
  for (const keyword of ['oneOf', 'anyOf']) if (isSchemaList(schema[keyword])) return schema[keyword]
  return undefined
}

/** The property whose value tells the branches of a tagged union apart. */
export function tagOf(schema: SchemaNode): string | undefined {
  const discriminator = schema.discriminator
  const name = isObject(discriminator) ? discriminator.propertyName : undefined
  return typeof name === 'string' ? name : undefined
}

export const requiredOf = (schema: SchemaNode): readonly string[] =>
  Array.isArray(schema.required) ? (schema.required as string[]) : []

/** JSON types a schema allows; empty where it does not say. */
export function typesOf(schema: SchemaNode): readonly string[] {
  const { type } = schema
  if (typeof type === 'string') return [type]
  return Array.isArray(type) ? (type as string[]) : []
}

export function jsonType(value: unknown): 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'array'
  const type = typeof value
  return type === 'boolean' || type === 'number' || type === 'string' ? type : 'object'
}

/**
 * The branch a value means, whether or not it fits: by tag in a tagged union, by its key in a keyed one, else by JSON
 * type. Undefined when it means none of them.
 */
export function branchMeant(value: unknown, schema: SchemaNode, root: SchemaNode): SchemaNode | undefined {
  const branches = schemaBranches(schema)?.map((branch) => resolveSchema(branch, root)) ?? []
  const tag = tagOf(schema)
  if (tag !== undefined) {
    const name = isObject(value) && Object.hasOwn(value, tag) ? value[tag] : undefined
    return branches.find((branch) => schemaProperties(branch)[tag]?.const === name)
  }
  const type = jsonType(value)
  const fitting = branches.filter((branch) => {
    const types = typesOf(branch)
    return types.length === 0 || types.includes(type) || (type === 'number' && types.includes('integer'))
  })
  if (!isObject(value)) return fitting[0]
  const keyed = fitting.filter((branch) => requiredOf(branch).length > 0)
  return (
    keyed.find((branch) => Object.hasOwn(value, requiredOf(branch)[0] ?? '')) ??
    fitting.find((branch) => !keyed.includes(branch))
  )
}

/** The branch of `if: {required: [key]}, then, else`: a union told apart by one key. */
function decidedBranch(value: unknown, schema: SchemaNode): SchemaNode | undefined {
  const guard = schema.if
  if (!isSchema(guard) || !isObject(value)) return undefined
  const branch = requiredOf(guard).every((key) => Object.hasOwn(value, key)) ? schema.then : schema.else
  return isSchema(branch) ? branch : undefined
}

/** The schema that speaks about this value: references followed, the meant branch of a union chosen. */
export function settledSchema(value: unknown, schema: SchemaNode, root: SchemaNode): SchemaNode | undefined {
  const resolved = resolveSchema(schema, root)
  const branch = decidedBranch(value, resolved) ?? (schemaBranches(resolved) && branchMeant(value, resolved, root))
  if (!branch) return schemaBranches(resolved) ? undefined : resolved
  return branch && settledSchema(value, branch, root)
}

/** Schema of a property of an object or record; undefined: the schema does not know it. */
export function propertySchema(key: string, schema: SchemaNode): SchemaNode | undefined {
  const properties = schemaProperties(schema)
  return Object.hasOwn(properties, key) ? properties[key] : recordValueSchema(schema)
}
