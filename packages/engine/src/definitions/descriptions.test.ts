import { expect, test } from 'vitest'
import { documentKinds } from './kinds.ts'

type Node = { readonly [keyword: string]: unknown }

/** Every declared property of a schema with the path to it; shared schemas once. */
function properties(
  node: unknown,
  path: string,
  seen = new Set<object>(),
): readonly (readonly [path: string, schema: Node])[] {
  if (typeof node !== 'object' || node === null || seen.has(node)) return []
  seen.add(node)
  const declared = Object.entries(((node as Node).properties ?? {}) as { readonly [name: string]: Node })
  const own = Array.isArray(node) ? [] : declared.map(([name, schema]) => [`${path}.${name}`, schema] as const)
  const inner = Object.entries(node).flatMap(([key, value]) =>
    key === 'x-ui' ? [] : properties(value, key === 'properties' ? path : `${path}/${key}`, seen),
  )
  return [...own, ...inner]
}

test.each(Object.entries(documentKinds))(
  'every property of a %s says in both languages what it is',
  (kind, { schema }) => {
    const silent = properties(schema, kind).filter(([, property]) => {
      // `kind` and `type` say what they are by their only value.
      if ('const' in property) return false
      const titles = (property['x-ui'] as { readonly titles?: Node } | undefined)?.titles
      return !property.title || !property.description || !titles?.['zh-CN'] || !titles.en
    })
    expect(silent.map(([path]) => path)).toEqual([])
  },
)

test('a property that may be absent says what absence means', () => {
  const optional = Object.entries(documentKinds).flatMap(([kind, { schema }]) => optionalOf(schema, kind))
  const silent = optional.filter(
    ([, property]) => !/absent|Address of the JSON Schema/i.test(String(property.description)),
  )
  expect(silent.map(([path]) => path)).toEqual([])
})

/** Optional properties, except in objects of which one of several properties must be given. */
function optionalOf(
  node: unknown,
  path: string,
  seen = new Set<object>(),
): readonly (readonly [path: string, schema: Node])[] {
  if (typeof node !== 'object' || node === null || seen.has(node)) return []
  seen.add(node)
  const required = ((node as Node).required ?? []) as readonly string[]
  const oneOf = ((node as Node)['x-exactlyOne'] ?? []) as readonly string[]
  const declared = Object.entries(((node as Node).properties ?? {}) as { readonly [name: string]: Node })
  const own = declared
    .filter(([name]) => !required.includes(name) && !oneOf.includes(name))
    .map(([name, schema]) => [`${path}.${name}`, schema] as const)
  const inner = Object.entries(node).flatMap(([key, value]) =>
    key === 'x-ui' ? [] : optionalOf(value, key === 'properties' ? path : `${path}/${key}`, seen),
  )
  return [...(Array.isArray(node) ? [] : own), ...inner]
}

/** Every closed list of values with the path to it. */
function closedLists(node: unknown, path: string, seen = new Set<object>()): readonly (readonly [string, Node])[] {
  if (typeof node !== 'object' || node === null || seen.has(node)) return []
  seen.add(node)
  const own = Array.isArray((node as Node).enum) ? [[path, node as Node] as const] : []
  return [...own, ...Object.entries(node).flatMap(([key, inner]) => closedLists(inner, `${path}/${key}`, seen))]
}

test.each(Object.entries(documentKinds))(
  'every value to choose from in a %s has words in both languages',
  (kind, { schema }) => {
    // Facts and operators have words of their own: `operators`, and the editor of conditions.
    const lists = closedLists(schema, kind).filter(([path]) => !/\$defs\/Condition.*\/(fact|operator)$/.test(path))
    const silent = lists.flatMap(([path, list]) => {
      const names = ((list['x-ui'] as Node | undefined)?.names ?? {}) as { readonly [value: string]: Node | undefined }
      return (list.enum as readonly string[])
        .filter((value) => !names[value]?.['zh-CN'] || !names[value]?.en)
        .map((value) => `${path} ${value}`)
    })
    expect(silent).toEqual([])
  },
)
