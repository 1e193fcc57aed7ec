import { type Locale, valueAt } from '@tenon/engine'
import type { Documents } from './documents.ts'
import { labelOf } from './labels.ts'

type Place = { readonly file: string; readonly at?: string | undefined }

/** What people call a place: the definition, and the innermost element on the way that has a name. */
export function placeName(documents: Documents, { file, at = '' }: Place, locale: Locale): string {
  const document = documents[file]
  const parts = at === '' ? [] : at.split('/')
  const names = parts.map((_, index) => labelOf(valueAt(document, parts.slice(0, index + 1)), locale))
  const inner = names.filter((name) => name !== '').at(-1)
  const outer = labelOf(document, locale, file)
  return inner === undefined ? outer : `${outer} › ${inner}`
}
