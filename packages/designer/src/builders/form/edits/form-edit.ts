import type { FormDefinition } from '@tenon/engine'

export type Form = FormDefinition
export type FieldDefinition = Form['fields'][number]
export type LayoutSection = NonNullable<Form['layout']>[number]
export type LayoutItem = LayoutSection['items'][number]

/** Whether the same fields stand in the same places: what they are called and do may differ. */
export function isDrawnAlike(one: Form, other: Form): boolean {
  const [a, b] = [one.layout ?? [], other.layout ?? []]
  return (
    one.fields.length === other.fields.length &&
    one.fields.every(({ id }, at) => id === other.fields[at]?.id) &&
    one.tabs?.length === other.tabs?.length &&
    a.length === b.length &&
    a.every(({ section, items, tab }, at) => {
      const now = b[at]
      return now !== undefined && section === now.section && items === now.items && tab === now.tab
    })
  )
}

/** The form with some properties changed; a property that becomes undefined is left out. */
export function withProperties(form: Form, change: { readonly [K in keyof Form]?: Form[K] | undefined }): Form {
  const all = { ...form, ...change }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Form
}

/** The form with one field changed; the very same form where nothing changes. */
export function withField(form: Form, id: string, change: (field: FieldDefinition) => FieldDefinition): Form {
  const at = form.fields.findIndex((field) => field.id === id)
  const before = form.fields[at]
  if (!before) return form
  const after = change(before)
  return after === before ? form : { ...form, fields: form.fields.with(at, after) }
}

/** The form with one section changed. */
export function withSection(form: Form, id: string, change: (section: LayoutSection) => LayoutSection): Form {
  const at = (form.layout ?? []).findIndex(({ section }) => section === id)
  const before = form.layout?.[at]
  if (!form.layout || !before) return form
  const after = change(before)
  return after === before ? form : { ...form, layout: form.layout.with(at, after) }
}
