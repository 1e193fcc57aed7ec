/** An element of a BPMN document as bpmn-moddle holds it: typed by BPMN's own meta-model, not by ours. */
export type Element = {
  readonly $type: string
  readonly $attrs?: { readonly [name: string]: unknown }
  $parent?: Element
  readonly $descriptor?: {
    readonly properties: readonly {
      readonly name: string
      readonly isMany?: boolean
      readonly isReference?: boolean
      readonly isVirtual?: boolean
      readonly default?: unknown
    }[]
  }
  $instanceOf?(type: string): boolean
  get(name: string): unknown
  set(name: string, value: unknown): void
}

const isElement = (value: unknown): value is Element => typeof value === 'object' && value !== null && '$type' in value

/** A text property; undefined when it is absent or blank. */
export function text(element: Element | undefined, name: string): string | undefined {
  const value = element?.get(name)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The element a property holds or refers to. */
export function one(element: Element | undefined, name: string): Element | undefined {
  const value = element?.get(name)
  return isElement(value) ? value : undefined
}

/** The elements a property holds or refers to; changing the answer changes nothing. */
export function many(element: Element | undefined, name: string): readonly Element[] {
  const value = element?.get(name)
  return Array.isArray(value) ? value.filter(isElement) : []
}

export function add(element: Element, name: string, item: Element, isReference = false): void {
  element.set(name, [...many(element, name), item])
  if (!isReference) item.$parent = element
}

export function remove(element: Element, name: string, item: Element): void {
  const all = many(element, name)
  if (all.includes(item)) {
    element.set(
      name,
      all.filter((other) => other !== item),
    )
  }
}

export const is = (element: Element | undefined, type: string): boolean =>
  element?.$instanceOf?.(`bpmn:${type}`) === true

/** BPMN's name of what it is, as it stands in the XML: `userTask`. */
export const localType = (element: Element): string => {
  const name = element.$type.slice(element.$type.indexOf(':') + 1)
  return name.slice(0, 1).toLowerCase() + name.slice(1)
}

/** The elements that belong to this one: not those it only refers to. */
export function contained(element: Element): readonly { readonly property: string; readonly child: Element }[] {
  const properties = element.$descriptor?.properties ?? []
  return properties
    .filter((property) => property.isReference !== true && property.isVirtual !== true)
    .flatMap(({ name, isMany }) =>
      (isMany ? many(element, name) : [one(element, name)]).flatMap((child) =>
        child ? [{ property: name.slice(name.indexOf(':') + 1), child }] : [],
      ),
    )
}

/** The element and everything in it, outer ones first. */
export function everyElement(root: Element): readonly Element[] {
  const found: Element[] = [root]
  for (let at = 0; at < found.length; at++) {
    const next = found[at]
    if (next) found.push(...contained(next).map(({ child }) => child))
  }
  return found
}
