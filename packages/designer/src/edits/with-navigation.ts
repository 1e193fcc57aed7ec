import { isObject, type TextValue } from '@tenon/engine'
import { type Documents, documentAt, withDocument } from '../draft/documents.ts'

/** The documents with an entry of the left bar that opens a form or a board; one that is there already stays. */
export function withNavigation(
  documents: Documents,
  target: { readonly kind: 'form' | 'board'; readonly id: string; readonly label: TextValue },
): Documents {
  const app = documentAt(documents, 'app.json')
  if (!app) return documents
  const entries = (Array.isArray(app.navigation) ? app.navigation : []).filter(isObject)
  if (entries.some((entry) => entry[target.kind] === target.id)) return documents
  const taken = new Set(entries.map(({ id }) => id))
  const id = taken.has(target.id) ? `${target.kind}_${target.id}`.slice(0, 40) : target.id
  const entry = { id, label: target.label, [target.kind]: target.id }
  return withDocument(documents, 'app.json', { ...app, navigation: [...entries, entry] })
}
