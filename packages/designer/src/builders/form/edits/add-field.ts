import { type FieldTypeName, fieldSchemas, fieldTypes, systemFieldIds, type TextValue } from '@tenon/engine'
import { freshId } from '../../../edits/fresh-id.ts'
import type { FieldDefinition, Form } from './form-edit.ts'
import { type Place, placeFields } from './place-fields.ts'

/** What a new field may need to know of the app around it. */
type Surroundings = {
  /** Forms that a link may lead to, the likeliest first. */
  readonly forms: readonly string[]
  /** What a lookup may show, the likeliest first. */
  readonly shows?: { readonly link: string; readonly field: string } | undefined
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

const firstColumns = [
  { id: 'name', type: 'text', label: { 'zh-CN': '名称', en: 'Name' } },
  { id: 'quantity', type: 'number', label: { 'zh-CN': '数量', en: 'Quantity' } },
]

type Head = {
  readonly id: string
  readonly type: string
  readonly label: TextValue
  readonly forms: readonly string[]
  readonly shows?: Surroundings['shows']
}

/** A field or column of a type that says no more than it must, so that it is right from the start. */
export function freshElement(schema: object, example: object, { id, type, label, forms, shows }: Head): object {
  const { required } = schema as { readonly required: readonly string[] }
  const given = example as { readonly [property: string]: unknown }
  const begin: { readonly [property: string]: unknown } = {
    options: firstOptions,
    form: forms[0] ?? '',
    link: shows?.link ?? '',
    field: shows?.field ?? '',
    formula: 'null',
    result: 'text',
    fields: firstColumns,
  }
  const needed = required
    .filter((property) => !['id', 'type', 'label'].includes(property))
    .map((property) => [property, begin[property] ?? given[property]])
  return { id, type, label, ...Object.fromEntries(needed) }
}

/** A new field of a type, named after it, in a gap of the layout. */
export function addField(
  form: Form,
  type: FieldTypeName,
  place: Place,
  { forms, shows, isRetired }: Surroundings,
): { readonly form: Form; readonly id: string } {
  const { title } = fieldTypes[type]
  const id = freshId('', type, isTakenIn(form, isRetired))
  const head = { id, type, label: title, forms, shows }
  const fresh = freshElement(fieldSchemas[type], fieldTypes[type].examples[0].field, head)
  const added = { ...form, fields: [...form.fields, fresh as FieldDefinition] }
  return { form: placeFields(added, [id], place), id }
}
