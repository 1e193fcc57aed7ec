import {
  type FieldModel,
  type FieldUse,
  type FormModel,
  isFieldFor,
  type View,
  type ViewTypeName,
  viewFields,
  viewSchemas,
} from '@tenon/engine'

type Draft = { readonly [property: string]: unknown }

/** What a form lacks for a type of view; undefined: nothing. */
export const lacksFor = (type: ViewTypeName, form: FormModel): FieldUse | undefined =>
  viewFields(type).find(({ rule, required }) => required && rule.fits && fieldsFor(rule.fits, form).length === 0)?.rule
    .fits

/** Fields that are good for something: authored ones first, in their order. */
function fieldsFor(use: FieldUse, form: FormModel): readonly FieldModel[] {
  const all = [...form.fields.values()].filter((field) => isFieldFor(use, field, form))
  return [...all.filter(({ system }) => !system), ...all.filter(({ system }) => system)]
}

/**
 * The view as another type: what both types say is kept (name, filter, order, roles, and their fields where they fit),
 * what the new one needs is filled with the first fields that do, each another one where there are enough.
 */
export function become(view: View, type: ViewTypeName, form: FormModel): View {
  const known = new Set(Object.keys(viewSchemas[type].properties))
  const next: { [property: string]: unknown } = Object.fromEntries(
    Object.entries(view as Draft).filter(([property]) => known.has(property)),
  )
  next.type = type
  for (const { property, rule, required } of viewFields(type)) {
    if (!required || typeof next[property] === 'string' || !rule.fits) continue
    const used = Object.values(next)
    const fitting = fieldsFor(rule.fits, form)
    next[property] = (fitting.find(({ id }) => !used.includes(id)) ?? fitting[0])?.id
  }
  const needsColumns = 'minItems' in viewSchemas[type].properties.columns
  if (needsColumns && !Array.isArray(next.columns))
    next.columns = form.definition.fields.slice(0, 5).map(({ id }) => id)
  return next as View
}
