import { isObject } from '../kernel/json.ts'
import { pointer } from '../kernel/pointer.ts'

/** A part of a document that has an id of its own: a field, an option, a node, an action … */
export type Element = {
  readonly id: string
  /** JSON Pointer of the element inside its document: `/fields/2`. */
  readonly path: string
  /** Permanent address made of list names and ids, whatever the order: `fields/priority/options/urgent`. */
  readonly address: string
}

/** The id of an element: `id`, or what a layout section is named by. */
const idOf = (value: unknown): string | undefined => {
  if (!isObject(value)) return undefined
  const id = value.id ?? value.section
  return typeof id === 'string' ? id : undefined
}

/**
 * Every element of a document, in document order. An element is an entry of a list that has an id; its address names
 * the lists and ids on the way, so equal addresses are equal ids in one scope.
 */
export function elementsOf(document: unknown): readonly Element[] {
  const found: Element[] = []
  look(document, '', [])
  return found

  function look(value: unknown, path: string, address: readonly string[]): void {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) lookAtEntry(item, `${path}${pointer(index)}`, address)
    } else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) look(item, `${path}${pointer(key)}`, [...address, key])
    }
  }

  function lookAtEntry(item: unknown, path: string, address: readonly string[]): void {
    const id = idOf(item)
    const own = id === undefined ? address : [...address, id]
    if (id !== undefined) found.push({ id, path, address: own.join('/') })
    look(item, path, own)
  }
}
