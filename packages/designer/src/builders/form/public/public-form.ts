import { behaviourOf, type FormModel, type NotForStrangers, notForStrangers, type PublicForm } from '@tenon/engine'
import { type Form, withProperties } from '../edits/form-edit.ts'

/** A field as the choice of public fields offers it. */
export type Offer = {
  readonly id: string
  readonly label: Form['fields'][number]['label']
  readonly isRequired: boolean
  /** Why strangers may not fill it in; absent: they may. */
  readonly refusal?: NotForStrangers
}

/** What can be offered to strangers, in the form's order; what the system gives by itself is not spoken of. */
export const offersOf = (model: FormModel): readonly Offer[] =>
  model.definition.fields.flatMap((field): Offer[] => {
    const known = model.fields.get(field.id)
    const refusal = known && notForStrangers(known)
    if (!known || refusal === 'notEntered' || !behaviourOf(field).traits.entered) return []
    const isRequired = 'required' in field && field.required === true
    return [{ id: field.id, label: field.label, isRequired, ...(refusal ? { refusal } : {}) }]
  })

/** The form open to strangers: as it was when it was closed; the first time what must be filled in, or else one field. */
export function opened(form: Form, offers: readonly Offer[]): Form {
  if (form.publicForm) {
    const { closed: _, ...before } = form.publicForm
    return withProperties(form, { publicForm: before })
  }
  const free = offers.filter(({ refusal }) => refusal === undefined)
  const needed = free.filter(({ isRequired }) => isRequired)
  const fields = (needed.length > 0 ? needed : free.slice(0, 1)).map(({ id }) => id)
  return fields.length === 0 ? form : withProperties(form, { publicForm: { fields } })
}

/** Closed to strangers; what was set stays for when it is opened again. */
export const closed = (form: Form): Form => changed(form, { closed: true })

/** A field taken onto the public form or off it; they stay in the form's order. */
export function withAsked(form: Form, id: string, isAsked: boolean): Form {
  const asked = form.publicForm?.fields ?? []
  const next = form.fields.flatMap((field) =>
    (field.id === id ? isAsked : asked.includes(field.id)) ? [field.id] : [],
  )
  return next.length === 0 ? form : changed(form, { fields: next })
}

const changed = (form: Form, change: Partial<PublicForm>): Form =>
  form.publicForm ? withProperties(form, { publicForm: { ...form.publicForm, ...change } }) : form
