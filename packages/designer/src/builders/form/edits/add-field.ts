import { type FieldTypeName, fieldSchemas, fieldTypes, systemFieldIds, type TextValue } from '@tenon/engine'
import { freshId } from '../../../edits/fresh-id.ts'
import type { FieldDefinition, Form } from './form-edit.ts'
import { type Place, placeFields } from './place-fields.ts'

/** What a new field may need to know of the app around it. */
type Surroundings = {
  /** Forms that a link may lead to, the likeliest first. */
  readonly forms: readonly string[]
  /** Ids that were given once and never again. */
  readonly isRetired: (id: string) => boolean
}

export const isTakenIn =
  (form: Form, isRetired: (id: string) => boolean) =>
  (id: string): boolean =>
    form.fields.some((field) => field.id === id) || systemFieldIds.some((system) => system === id) || isRetired(id)

const firstOptions = [1, 2, 3].map((number) => ({
  id: `option_${number}`,
  label: { 'zh-CN': `选项${number}`, en: `Option ${number}` },
}))

/** A field of a type that says no more than it must, so that it is right from the start. */
function freshField(type: FieldTypeName, id: string, label: TextValue, forms: readonly string[]): FieldDefinition {
  const schema = fieldSchemas[type] as unknown as { readonly required: readonly string[] }
  const example = fieldTypes[type].examples[0].field as { readonly [property: string]: unknown }
  const begin: { readonly [property: string]: unknown } = {
    options: firstOptions,
    form: forms[0] ?? '',
    formula: 'null',
    result: 'text',
  }
  const needed = schema.required
    .filter((property) => !['id', 'type', 'label'].includes(property))
    .map((property) => [property, begin[property] ?? example[property]])
  return { id, type, label, ...Object.fromEntries(needed) } as FieldDefinition
}

/** A new field of a type, named after it, in a gap of the layout. */
export function addField(
  form: Form,
  type: FieldTypeName,
  place: Place,
  { forms, isRetired }: Surroundings,
): { readonly form: Form; readonly id: string } {
  const { title } = fieldTypes[type]
  const id = freshId('', type, isTakenIn(form, isRetired))
  const added = { ...form, fields: [...form.fields, freshField(type, id, title, forms)] }
  return { form: placeFields(added, [id], place), id }
}
