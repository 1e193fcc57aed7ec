import { behaviourOf, definitionOf, fieldOptions, fieldValueSchema, sourceField } from '../fields/field.ts'
import type { Field } from '../fields/schemas.ts'
import type { JsonObject } from '../kernel/json.ts'
import { isObject } from '../kernel/json.ts'
import type { Locale } from '../kernel/locale.ts'
import { resolveText } from '../kernel/text.ts'
import type { FormModel } from '../model.ts'
import { isDemanded, levelOf } from './levels.ts'
import type { FormInput, Mask, Rights } from './types.ts'

export type FormSchemaInput = {
  readonly mode: 'create' | 'edit' | 'view'
  readonly mask?: Mask | undefined
  readonly rights: Rights
  readonly locale: Locale
}
export type SchemaSection = {
  readonly id: string
  readonly label: string
  readonly columns: number
  readonly collapsed: boolean
  /** Tab it stands in; absent: above them. */
  readonly tab?: string
  readonly items: readonly { readonly field: string; readonly span: number }[]
}
export type FormSchema = {
  /** JSON Schema draft-07 of the values in their canonical form; a blank is null or absent. */
  readonly schema: JsonObject
  /** `ui:widget` is the field's type; `ui:options.sections` of the root places the fields. */
  readonly uiSchema: JsonObject
}

/**
 * The form in a context (creating, a flow step, a role) for a form renderer and its validator. It is static: what
 * depends on values (visible, required, read-only, checks) comes from `evaluateForm`, so no field is `required` here.
 * Fields the person may not know of are in neither part.
 */
export function formSchema(form: FormModel, input: FormSchemaInput): FormSchema {
  const context: Pick<FormInput, 'rights' | 'mask'> = input
  const shown = form.definition.fields.filter(
    ({ id }) => ['read', 'edit'].includes(levelIn(id, context)) && form.fields.has(id),
  )
  const sections = sectionsOf(form, new Set(shown.map(({ id }) => id)), input.locale)
  const placed = sections.flatMap(({ items }) => items.map(({ field }) => field))
  const order = [...placed, ...shown.map(({ id }) => id).filter((id) => !placed.includes(id))]
  return {
    schema: {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      title: resolveText(form.definition.label, input.locale),
      properties: Object.fromEntries(shown.map((field) => [field.id, propertyOf(form, field, input)])),
      additionalProperties: false,
    },
    uiSchema: {
      'ui:order': order,
      'ui:options': { sections, tabs: tabsOf(form, sections, input.locale) },
      ...Object.fromEntries(shown.map((field) => [field.id, uiOf(form, field, input)])),
    },
  }
}

/** The tabs in which there is something for this person. */
const tabsOf = (form: FormModel, sections: readonly SchemaSection[], locale: Locale) =>
  (form.definition.tabs ?? [])
    .filter(({ id }) => sections.some(({ tab }) => tab === id))
    .map(({ id, label }) => ({ id, label: resolveText(label, locale) }))

const levelIn = (id: string, context: Pick<FormInput, 'rights' | 'mask'>) =>
  levelOf(id, { ...context, authority: 'person' })

const isEditable = (field: Field, { mode, ...context }: FormSchemaInput): boolean =>
  mode !== 'view' && levelIn(field.id, context) === 'edit' && behaviourOf(field).traits.entered

function propertyOf(form: FormModel, field: Field, input: FormSchemaInput): JsonObject {
  const help = resolveText(field.help, input.locale)
  return {
    title: resolveText(field.label, input.locale),
    ...(help === '' ? {} : { description: help }),
    ...orBlank(valueSchemaOf(field, form)),
    ...(isEditable(field, input) ? {} : { readOnly: true }),
  }
}

/** Where two fields have one id, the form knows the first. */
function valueSchemaOf(field: Field, form: FormModel): JsonObject {
  const model = form.fields.get(field.id)
  return model ? fieldValueSchema(model, form) : behaviourOf(field).valueSchema(field, form)
}

/** A value's schema that also takes null: forms clear a value with it. */
function orBlank(schema: JsonObject): JsonObject {
  const values = schema.enum
  const type = schema.type
  return {
    ...schema,
    type: typeof type === 'string' ? [type, 'null'] : (type ?? null),
    ...(Array.isArray(values) ? { enum: [...values, null] } : {}),
  }
}

function uiOf(form: FormModel, field: Field, input: FormSchemaInput): JsonObject {
  const placeholder = resolveText(field.placeholder, input.locale)
  const model = form.fields.get(field.id)
  const hasChoices = model && behaviourOf(definitionOf(sourceField(model))).options !== undefined
  const choices = hasChoices
    ? fieldOptions(model, form).map(({ id, label, tone, retired }) => ({
        id,
        label: resolveText(label, input.locale),
        ...(tone === undefined ? {} : { tone }),
        ...(retired ? { retired } : {}),
      }))
    : undefined
  return {
    'ui:widget': field.type,
    ...(isEditable(field, input) ? {} : { 'ui:readonly': true }),
    ...(placeholder === '' ? {} : { 'ui:placeholder': placeholder }),
    'ui:options': {
      field: field.id,
      ...(choices ? { choices } : {}),
      ...(isDemanded(field.id, input) ? { demanded: true } : {}),
    },
  }
}

/** The author's sections with what may be shown; entered fields that were placed nowhere follow in one of their own. */
function sectionsOf(form: FormModel, shown: ReadonlySet<string>, locale: Locale): SchemaSection[] {
  const layout = form.definition.layout ?? []
  const tabs = new Set(form.definition.tabs?.map(({ id }) => id))
  const sections = layout.map(({ section, label, columns = 2, collapsed = false, tab, items }) => ({
    id: section,
    label: resolveText(label, locale),
    columns,
    collapsed,
    ...(tab !== undefined && tabs.has(tab) ? { tab } : {}),
    items: items
      .map((item) =>
        isObject(item) ? { field: item.field, span: Math.min(item.span ?? 1, columns) } : { field: item, span: 1 },
      )
      .filter(({ field }) => shown.has(field)),
  }))
  const placed = new Set(sections.flatMap(({ items }) => items.map(({ field }) => field)))
  const rest = form.definition.fields.filter(
    (field) =>
      shown.has(field.id) && !placed.has(field.id) && (layout.length === 0 || behaviourOf(field).traits.entered),
  )
  const others = {
    id: '_rest',
    label: '',
    columns: 2,
    collapsed: false,
    items: rest.map(({ id }) => ({ field: id, span: 1 })),
  }
  return [...sections, others].filter(({ items }) => items.length > 0)
}
