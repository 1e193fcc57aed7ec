import { type FormModel, type Locale, resolveText, sourceField, type TextValue } from '@tenon/engine'
import { faceOf } from '../fields/index.ts'

type Placed = { readonly field: string; readonly span: number }
export type PlacedSection = {
  readonly id: string
  readonly label: TextValue | undefined
  readonly columns: number
  readonly collapsed: boolean
  /** Tab it stands in; undefined: none. */
  readonly tab: string | undefined
  readonly visibleWhen: object | undefined
  readonly items: readonly Placed[]
}

/** The layout of a form with every field in a place: what the author placed nowhere follows in a section of its own. */
export function sectionsOf(form: FormModel): readonly PlacedSection[] {
  const wide = (field: string) => {
    const model = form.fields.get(field)
    const type = model && sourceField(model).definition?.type
    return type !== undefined && faceOf(type).wide === true
  }
  const place = (field: string, columns: number, span?: number): Placed => ({
    field,
    span: Math.min(span ?? (wide(field) ? columns : 1), columns),
  })
  const sections = (form.definition.layout ?? []).map((section): PlacedSection => {
    const columns = section.columns ?? 2
    return {
      id: section.section,
      label: section.label,
      columns,
      collapsed: section.collapsed ?? false,
      tab: form.definition.tabs?.find(({ id }) => id === section.tab)?.id,
      visibleWhen: section.visibleWhen,
      items: section.items.map((item) =>
        typeof item === 'string' ? place(item, columns) : place(item.field, columns, item.span),
      ),
    }
  })
  const placed = new Set(sections.flatMap(({ items }) => items.map(({ field }) => field)))
  const rest = form.definition.fields.filter(
    ({ id, type }) => !placed.has(id) && (sections.length === 0 || faceOf(type).Edit),
  )
  if (rest.length === 0) return sections
  const items = rest.map(({ id }) => place(id, 2))
  const others = { id: '_rest', label: undefined, columns: 2, collapsed: false, tab: undefined, visibleWhen: undefined }
  return [...sections, { ...others, items }]
}

/** Heading of a section: its own; for the fields the author placed nowhere the one for all others, unless they stand alone. */
export function sectionTitle({ label }: PlacedSection, count: number, locale: Locale, others: string): string {
  if (label !== undefined) return resolveText(label, locale)
  return count > 1 ? others : ''
}
