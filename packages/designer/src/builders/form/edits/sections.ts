import type { TextValue } from '@tenon/engine'
import { freshId } from '../../../edits/fresh-id.ts'
import type { Form, LayoutSection } from './form-edit.ts'
import { withProperties, withSection } from './form-edit.ts'
import { placeFields, unplacedFields } from './place-fields.ts'

type Added = { readonly form: Form; readonly id: string }

/**
 * A new section, behind another one or at the end. A form that had none gets one with all its fields first, so that
 * nothing moves.
 */
export function addSection(
  form: Form,
  label: TextValue,
  behind: string | undefined,
  isRetired: (id: string) => boolean = () => false,
): Added {
  const isTaken = (all: readonly LayoutSection[]) => (id: string) =>
    all.some(({ section }) => section === id) || isRetired(id)
  const fields = unplacedFields(form)
  const sections =
    form.layout ?? (fields.length > 0 ? [{ section: freshId('', 'section', isRetired), items: [...fields] }] : [])
  const id = freshId('', 'section', isTaken(sections))
  const at = behind === undefined ? -1 : sections.findIndex(({ section }) => section === behind)
  const layout = sections.toSpliced(at < 0 ? sections.length : at + 1, 0, { section: id, label, columns: 2, items: [] })
  return { form: withProperties(form, { layout }), id }
}

/** Changes what a section says of itself; undefined takes a property away. */
export const changeSection = (
  form: Form,
  id: string,
  change: { readonly [K in keyof LayoutSection]?: LayoutSection[K] | undefined },
): Form =>
  withSection(
    form,
    id,
    (section) =>
      Object.fromEntries(
        Object.entries({ ...section, ...change }).filter(([, value]) => value !== undefined),
      ) as LayoutSection,
  )

/** Takes a section away. Its fields go to the end of the one before it, else to the beginning of the next; none is lost. */
export function removeSection(form: Form, id: string): Form {
  const at = (form.layout ?? []).findIndex(({ section }) => section === id)
  const gone = form.layout?.[at]
  if (!form.layout || !gone) return form
  const before = form.layout[at - 1]
  const heir = before ?? form.layout[at + 1]
  const fields = gone.items.map((item) => (typeof item === 'string' ? item : item.field))
  const moved =
    heir && fields.length > 0
      ? placeFields(form, fields, { section: heir.section, index: before ? heir.items.length : 0 })
      : form
  const layout = (moved.layout ?? []).filter(({ section }) => section !== id)
  return withProperties(moved, { layout: layout.length === 0 ? undefined : layout })
}

/** Moves a section by a number of places, as far as there are any. */
export function moveSection(form: Form, id: string, by: number): Form {
  const layout = form.layout ?? []
  const at = layout.findIndex(({ section }) => section === id)
  const section = layout[at]
  const to = Math.max(0, Math.min(layout.length - 1, at + by))
  if (!section || to === at) return form
  return { ...form, layout: layout.toSpliced(at, 1).toSpliced(to, 0, section) }
}
