import { isObject } from '@tenon/engine'
import { freshId } from './fresh-id.ts'

type Document = { readonly [property: string]: unknown }
export type ListElement = { readonly id: string; readonly [property: string]: unknown }

/** The entries of a list of a definition that have ids. */
export const elementsIn = (document: Document, list: string): readonly ListElement[] => {
  const found = document[list]
  return Array.isArray(found) ? found.filter((entry) => isObject(entry) && typeof entry.id === 'string') : []
}

/** Puts a new entry at the end, with an id that is not taken and never was; gives it too. */
export function withElement(
  document: Document,
  list: string,
  stem: string,
  rest: object,
  isRetired: (id: string) => boolean = () => false,
) {
  const elements = elementsIn(document, list)
  const id = freshId('', stem, (taken) => elements.some((one) => one.id === taken) || isRetired(taken))
  return { document: { ...document, [list]: [...elements, { id, ...rest }] }, id }
}

export function changedElement(document: Document, list: string, id: string, next: object): Document {
  return { ...document, [list]: elementsIn(document, list).map((one) => (one.id === id ? { ...next, id } : one)) }
}

export const withoutElement = (document: Document, list: string, id: string): Document => ({
  ...document,
  [list]: elementsIn(document, list).filter((one) => one.id !== id),
})
