import { isObject, type Locale } from '@tenon/engine'
import type { Documents } from '../draft/documents.ts'
import { labelOf } from '../draft/labels.ts'

const listOf = (document: unknown, part: string): readonly unknown[] => {
  const list = isObject(document) ? document[part] : undefined
  return Array.isArray(list) ? list : []
}
const hasId =
  (id: string) =>
  (element: unknown): boolean =>
    isObject(element) && element.id === id

/** What people call things that an answer of the server names by id; what has no name any more keeps its id. */
export function elementNames(documents: Documents, form: string, locale: Locale) {
  const inFile = (path: string, part: string, id: string) =>
    labelOf(listOf(documents[path], part).find(hasId(id)), locale, id)
  const inFolder = (folder: string, part: string, id: string): string => {
    const paths = Object.keys(documents).filter((path) => path.startsWith(folder))
    const found = paths.find((path) => listOf(documents[path], part).some(hasId(id)))
    return found === undefined ? id : inFile(found, part, id)
  }
  return {
    field: (id: string) => inFile(`forms/${form}.json`, 'fields', id),
    node: (flow: string, id: string) => inFile(`flows/${flow}.json`, 'nodes', id),
    rule: (id: string) => labelOf(documents[`rules/${id}.json`], locale, id),
    /** A clock of a policy, or the limit of a step. */
    clock(id: string) {
      const promised = inFolder('policies/', 'clocks', id)
      return promised === id ? inFolder('flows/', 'nodes', id) : promised
    },
  }
}
export type ElementNames = ReturnType<typeof elementNames>
