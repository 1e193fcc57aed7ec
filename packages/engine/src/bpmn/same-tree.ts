import { isObject } from '../kernel/json.ts'
import type { Element } from './element.ts'
import { same } from './json.ts'

/** Whether two documents say the same, element by element, whatever their prefixes and white space. */
export const sameTree = (one: Element, other: Element): boolean => same(treeOf(one), treeOf(other))

/** An element as plain JSON: its type, attributes and contents; references by id. */
export function treeOf(element: Element): object {
  const tree: Record<string, unknown> = { $type: element.$type }
  for (const [name, value] of Object.entries(element.$attrs ?? {}))
    if (!/^xmlns(:|$)|^xsi:type$/.test(name)) tree[ownName(element, name)] = value
  const known = new Map((element.$descriptor?.properties ?? []).map((property) => [localName(property.name), property]))
  for (const [name, value] of Object.entries(element)) {
    const property = known.get(localName(name))
    // What is the default is not written, so it says nothing.
    if (machinery.has(name) || value === undefined || (property && property.default === value)) continue
    const shown = property?.isReference ? idsOf(value) : plain(value)
    if (!Array.isArray(shown) || shown.length > 0) tree[ownName(element, name)] = shown
  }
  return tree
}

/** With the prefix of its element or without, it is the same attribute to the writer. */
const ownName = ({ $type }: Element, name: string): string =>
  name.startsWith($type.slice(0, $type.indexOf(':') + 1)) ? localName(name) : name

/** What is no content. */
const machinery = new Set(['$type', '$attrs', '$parent', '$descriptor', '$model', '$instanceOf'])

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

const idsOf = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(idsOf) : isObject(value) ? (value as { id?: unknown }).id : value

const plain = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(plain) : isObject(value) ? treeOf(value as unknown as Element) : value
