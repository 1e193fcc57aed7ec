import { isObject } from '@tenon/engine'
import { type Documents, documentAt, withDocument } from '../draft/documents.ts'

const keptIn = (documents: Documents): readonly string[] => {
  const app = documents['app.json']
  return isObject(app) && Array.isArray(app.retired) ? (app.retired as readonly string[]) : []
}

/** `forms/ticket.json/fields/cost` as the app keeps it: without `.json`. */
const kept = (address: string) => address.replace('.json', '')

/**
 * Keeps the addresses of deleted elements, or of whole definitions, so that their ids are never given again: data,
 * rights, members and history of the old would fall to the new.
 */
export function retire(documents: Documents, addresses: readonly string[]): Documents {
  const app = documentAt(documents, 'app.json')
  if (!app) return documents
  const known = keptIn(documents)
  const fresh = addresses.map(kept).filter((address) => !known.includes(address))
  return fresh.length === 0 ? documents : withDocument(documents, 'app.json', { ...app, retired: [...known, ...fresh] })
}

/** Whether an id of a list was given once: `isRetiredIn(documents, 'forms/ticket.json', 'fields')`. */
export function isRetiredIn(documents: Documents, path: string, list: string): (id: string) => boolean {
  const retired = new Set(keptIn(documents))
  const home = `${kept(path)}/${list}/`
  return (id) => retired.has(home + id)
}

/** Whether a definition stood at a path once, `forms/ticket.json`. */
export const isRetired = (documents: Documents, path: string): boolean => keptIn(documents).includes(kept(path))
