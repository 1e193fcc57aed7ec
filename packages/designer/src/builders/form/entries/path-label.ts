import { type Locale, resolveText, systemFieldDefinitions } from '@tenon/engine'
import type { Form } from '../edits/form-edit.ts'

/** What people call the field at a path: through a link (`customer.level`) by the link's own name. */
export function pathLabel(form: Form, path: string, locale: Locale): string {
  const [first = ''] = path.replace(/^-/, '').split('.')
  const field = form.fields.find(({ id }) => id === first) ?? systemFieldDefinitions.get(first)
  return resolveText(field?.label, locale)
}
