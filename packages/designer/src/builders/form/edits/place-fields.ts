import type { Form, LayoutItem, LayoutSection } from './form-edit.ts'
import { withProperties, withSection } from './form-edit.ts'

/** Stands for "in no section": the fields that the page shows behind all sections, in the order of the form. */
export const unplaced = '_rest'

/** A gap between fields: in front of the field that stands at `index` of the section now. */
export type Place = {
  readonly section: string
  readonly index: number
  /** Of a section that is dragged: the tab it falls into. */
  readonly tab?: string
  /** A gap between the columns of this sub-table instead. */
  readonly table?: string
}

export const fieldOfItem = (item: LayoutItem): string => (typeof item === 'string' ? item : item.field)

/** Fields that stand in no section, in order. */
export function unplacedFields(form: Form): readonly string[] {
  const placed = new Set((form.layout ?? []).flatMap(({ items }) => items.map(fieldOfItem)))
  return form.fields.map(({ id }) => id).filter((id) => !placed.has(id))
}

/** Fields of a section as the page shows them. */
export const fieldsIn = (form: Form, section: string): readonly string[] =>
  section === unplaced
    ? unplacedFields(form)
    : (form.layout?.find((one) => one.section === section)?.items ?? []).map(fieldOfItem)

/** Where a field stands; undefined: there is no such field. */
export function placeOf(form: Form, id: string): Place | undefined {
  for (const { section, items } of form.layout ?? []) {
    const index = items.findIndex((item) => fieldOfItem(item) === id)
    if (index >= 0) return { section, index }
  }
  const index = unplacedFields(form).indexOf(id)
  return index < 0 ? undefined : { section: unplaced, index }
}

/** The gap behind a field; without one, the end of the form's first section. */
export function placeAfter(form: Form, id: string | undefined): Place {
  const place = id === undefined ? undefined : placeOf(form, id)
  if (place) return { section: place.section, index: place.index + 1 }
  const first = form.layout?.[0]
  return first
    ? { section: first.section, index: first.items.length }
    : { section: unplaced, index: form.fields.length }
}

/** Puts fields of the form into a gap, in the order given; how wide they are stays. */
export function placeFields(form: Form, ids: readonly string[], place: Place): Form {
  const moving = new Set(ids)
  const standing = fieldsIn(form, place.section)
  const before = standing.slice(place.index).find((id) => !moving.has(id))
  const items = new Map((form.layout ?? []).flatMap((section) => section.items.map((one) => [fieldOfItem(one), one])))
  const cleared = withoutPlaces(form, moving)
  if (place.section === unplaced) return inOrder(cleared, ids, before)
  return withSection(cleared, place.section, (section) => {
    const at = section.items.findIndex((item) => fieldOfItem(item) === before)
    const index = before === undefined || at < 0 ? section.items.length : at
    return { ...section, items: section.items.toSpliced(index, 0, ...ids.map((id) => items.get(id) ?? id)) }
  })
}

/** The form with these fields in no section. */
export function withoutPlaces(form: Form, ids: ReadonlySet<string>): Form {
  if (!form.layout) return form
  const clear = (section: LayoutSection): LayoutSection =>
    section.items.some((item) => ids.has(fieldOfItem(item)))
      ? { ...section, items: section.items.filter((item) => !ids.has(fieldOfItem(item))) }
      : section
  return withProperties(form, { layout: form.layout.map(clear) })
}

/** Fields in no section stand in the order of the form: so it is changed. */
function inOrder(form: Form, ids: readonly string[], before: string | undefined): Form {
  const moved = ids.flatMap((id) => form.fields.find((field) => field.id === id) ?? [])
  const others = form.fields.filter(({ id }) => !ids.includes(id))
  const at = before === undefined ? others.length : others.findIndex(({ id }) => id === before)
  return { ...form, fields: others.toSpliced(at < 0 ? others.length : at, 0, ...moved) }
}

/** How many columns a field takes; undefined: as its type likes it. A field in no section has no width of its own. */
export function resizeField(form: Form, id: string, span: number | undefined): Form {
  const place = placeOf(form, id)
  if (!place || place.section === unplaced) return form
  return withSection(form, place.section, (section) => {
    const item: LayoutItem = span === undefined ? id : { field: id, span }
    return { ...section, items: section.items.with(place.index, item) }
  })
}
