/** An XML element, as far as the kit's files need it: local names, attributes, children and text. */
export type Element = {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly Element[]
  readonly text: string
}
type Open = {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: Element[]
  text: string
}

const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])
const unescaped = (text: string): string =>
  text.replace(/&(#x[0-9a-fA-F]+|#\d+|\w+);/g, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16))
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)))
    return entities.get(name) ?? whole
  })
const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

const token =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([^\s>]+)\s*>|<([^\s/>]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g

/** Reads a well-formed document. */
export function readXml(source: string): Element {
  const root: Open = { name: '', attributes: new Map(), children: [], text: '' }
  const open: Open[] = [root]
  for (const [, cdata, closing, opening, attributes = '', selfClosing, text] of source.matchAll(token)) {
    const current = open.at(-1) ?? root
    if (cdata !== undefined) current.text += cdata
    else if (text !== undefined) current.text += unescaped(text)
    else if (closing !== undefined) open.pop()
    else if (opening !== undefined) {
      const element: Open = { name: localName(opening), attributes: attributesOf(attributes), children: [], text: '' }
      current.children.push(element)
      if (selfClosing === '') open.push(element)
    }
  }
  const [first] = root.children
  if (!first) throw new Error('empty XML document')
  return first
}

const attributesOf = (source: string): ReadonlyMap<string, string> =>
  new Map(
    Array.from(source.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g), ([, name = '', a, b]) => [
      localName(name),
      unescaped(a ?? b ?? ''),
    ]),
  )

export const childrenNamed = (element: Element | undefined, name: string): readonly Element[] =>
  element?.children.filter((child) => child.name === name) ?? []
export const childNamed = (element: Element | undefined, name: string): Element | undefined =>
  childrenNamed(element, name)[0]
export const textOf = (element: Element | undefined): string => element?.text ?? ''
export const attribute = (element: Element | undefined, name: string): string => element?.attributes.get(name) ?? ''
