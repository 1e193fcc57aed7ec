import { behaviourOf, type Field, isObject } from '@tenon/engine'
import type { Form } from './form-edit.ts'

/** What a new lookup shows: over the first link of the form what its card shows first, or the first field there is. */
export function firstShown(
  { fields }: Form,
  documentOf: (form: string) => unknown,
): { readonly link: string; readonly field: string } | undefined {
  for (const link of fields) {
    const document = 'form' in link && typeof link.form === 'string' ? documentOf(link.form) : undefined
    if (!isObject(document) || !Array.isArray(document.fields)) continue
    const shown = (document.fields as readonly Field[]).filter(
      (field) => behaviourOf(field)?.shows === undefined && !('fields' in field),
    )
    const card = 'card' in link && Array.isArray(link.card) ? link.card : []
    const field = shown.find(({ id }) => id === card[0]) ?? shown[0]
    if (field) return { link: link.id, field: field.id }
  }
  return undefined
}
