import { add, type Element, is, many, text } from './element.ts'
import { Slugs, slugOf } from './slugs.ts'
import { create } from './xml.ts'

type Named = 'Message' | 'Signal' | 'Error' | 'Escalation'
const kinds: readonly Named[] = ['Message', 'Signal', 'Error', 'Escalation']

/** The messages, signals, errors and escalations of a document by the names they have in flows. */
export class Names {
  readonly #definitions: Element
  readonly #slugs = new Map<Element, string>()
  readonly #freeId: (wished: string) => string

  constructor(definitions: Element, freeId: (wished: string) => string) {
    this.#definitions = definitions
    this.#freeId = freeId
    for (const kind of kinds) {
      const slugs = new Slugs()
      for (const element of many(definitions, 'rootElements').filter((root) => is(root, kind))) {
        const code = text(element, 'errorCode') ?? text(element, 'escalationCode')
        this.#slugs.set(element, slugs.take(code, text(element, 'name'), text(element, 'id')))
      }
    }
  }

  /** The name of what is referred to; undefined when there is nothing. */
  of(element: Element | undefined): string | undefined {
    return element && (this.#slugs.get(element) ?? (slugOf(text(element, 'id') ?? '') || undefined))
  }

  /** The element with this name; made when there is none. */
  element(kind: Named, slug: string): Element {
    const known = [...this.#slugs].find(([element, name]) => name === slug && is(element, kind))
    if (known) return known[0]
    const code = kind === 'Error' ? { errorCode: slug } : kind === 'Escalation' ? { escalationCode: slug } : {}
    const made = create(`bpmn:${kind}`, { id: this.#freeId(`${kind.toLowerCase()}_${slug}`), name: slug, ...code })
    add(this.#definitions, 'rootElements', made)
    this.#slugs.set(made, slug)
    return made
  }
}
