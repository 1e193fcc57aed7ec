/**
 * Says which declared properties of the definitions a test shows: `covers('form.fields.text.maxLength')`. Does nothing
 * when it runs; `covers.test.ts` reads the words out of the test files and compares them with the schemas.
 */
export function covers(..._properties: readonly string[]): void {}

type Node = { readonly [keyword: string]: unknown }

/**
 * Names of every property a schema declares. Lists are passed through; a branch of a tagged union stands under its tag:
 * `form.fields.text.maxLength`, `flow.nodes.userTask.limit.within`. What the document's head says and what a shared
 * part (`Condition`) says is left out: it is covered once, in its own tests.
 */
export function declaredProperties(kind: string, schema: object): readonly string[] {
  const names = new Set<string>()
  visit(schema as Node, kind)
  return [...names].filter((name) => !/^\w+\.(\$schema|id|kind|schemaVersion)$/.test(name))

  function visit(node: Node, name: string): void {
    for (const [key, property] of Object.entries((node.properties ?? {}) as Record<string, Node>)) {
      // The tag has become part of the name.
      if (key === 'type' && 'const' in property) continue
      names.add(`${name}.${key}`)
      visit(property, `${name}.${key}`)
    }
    for (const branch of (node.anyOf ?? []) as readonly Node[]) visit(branch, name)
    for (const branch of (node.oneOf ?? []) as readonly Node[]) visit(branch, `${name}.${tagOf(branch)}`)
    for (const inner of [
      node.items,
      node.additionalProperties,
      ...Object.values((node.patternProperties ?? {}) as object),
    ])
      if (typeof inner === 'object' && inner !== null) visit(inner as Node, name)
  }
}

const tagOf = (branch: Node): string => {
  const tag = ((branch.properties ?? {}) as Record<string, Node>).type?.const
  return typeof tag === 'string' ? tag : 'other'
}

/** The words of every `covers(…)` in the text of a test. */
export const coveredIn = (text: string): readonly string[] =>
  [...text.matchAll(/\bcovers\(([^)]*)\)/g)].flatMap((call) =>
    [...(call[1] ?? '').matchAll(/'([^']+)'/g)].map((word) => word[1] ?? ''),
  )
