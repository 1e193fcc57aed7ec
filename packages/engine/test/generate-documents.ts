import fc from 'fast-check'

type Node = { readonly [keyword: string]: unknown }

/**
 * Generates documents that fit one of our own schemas (as `documentKinds` lists them), for property tests. Lengths and
 * number ranges are only roughly met, patterns are.
 */
export function documentOf(schema: object): fc.Arbitrary<Record<string, unknown>> {
  return valueFor(schema as Node, schema as Node, 0) as fc.Arbitrary<Record<string, unknown>>
}

const slug = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/)
const anyText = fc.oneof(
  slug,
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom('中文标签', 'a "quoted" \\ text\n', ''),
)

function valueFor(schema: Node, root: Node, depth: number): fc.Arbitrary<unknown> {
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.replace('#/$defs/', '')
    return valueFor((root.$defs as Record<string, Node>)[name] ?? {}, root, depth)
  }
  const branches = (schema.oneOf ?? schema.anyOf) as readonly Node[] | undefined
  if (branches) {
    // Deep down only branches that end.
    const ending = branches.filter((branch) => !JSON.stringify(branch).includes('$ref'))
    const usable = depth > 6 && ending.length > 0 ? ending : branches
    return fc.oneof(...usable.map((branch) => valueFor(branch, root, depth + 1)))
  }
  if ('const' in schema) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]))
  const types = [schema.type ?? []].flat() as string[]
  if (types.length === 0) return fc.constantFrom<unknown>('x', 1, true, null)
  return fc.oneof(...types.map((type) => ofType(type, schema, root, depth)))
}

function ofType(type: string, schema: Node, root: Node, depth: number): fc.Arbitrary<unknown> {
  if (type === 'string') return typeof schema.pattern === 'string' ? matching(schema.pattern, schema) : anyText
  if (type === 'integer')
    return fc.integer({ min: (schema.minimum as number) ?? 0, max: (schema.maximum as number) ?? 100 })
  if (type === 'number')
    return fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((value) => value + 0)
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  return type === 'array' ? arrayOf(schema, root, depth) : objectOf(schema, root, depth)
}

// fast-check knows no look-ahead; such schemas give examples.
const matching = (pattern: string, schema: Node): fc.Arbitrary<string> =>
  pattern.includes('(?') ? fc.constantFrom(...(schema.examples as string[])) : fc.stringMatching(new RegExp(pattern))

function arrayOf(schema: Node, root: Node, depth: number): fc.Arbitrary<unknown> {
  const minLength = (schema.minItems as number | undefined) ?? 0
  const maxLength = Math.max(minLength, Math.min((schema.maxItems as number | undefined) ?? 3, depth > 5 ? 1 : 3))
  const item = valueFor((schema.items as Node) ?? {}, root, depth + 1)
  return schema.uniqueItems === true
    ? fc.uniqueArray(item, { minLength, maxLength, selector: (one) => JSON.stringify(one) })
    : fc.array(item, { minLength, maxLength })
}

function objectOf(schema: Node, root: Node, depth: number): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Node>)
  if (properties.length === 0) return recordOf(schema, root, depth)
  const required = (schema.required ?? []) as string[]
  const used = properties.filter(([name]) => required.includes(name) || depth <= 4)
  return fc.record(Object.fromEntries(used.map(([name, property]) => [name, valueFor(property, root, depth + 1)])), {
    requiredKeys: required as never,
    noNullPrototype: true,
  })
}

function recordOf(schema: Node, root: Node, depth: number): fc.Arbitrary<unknown> {
  const values = (schema.additionalProperties || Object.values(schema.patternProperties ?? {})[0] || {}) as Node
  const isLanguages = schema.propertyNames !== undefined
  const key = isLanguages ? fc.constantFrom('zh-CN', 'en') : slug
  return fc.dictionary(key, valueFor(values, root, depth + 1), {
    minKeys: isLanguages ? 1 : 0,
    maxKeys: 3,
    noNullPrototype: true,
  })
}
