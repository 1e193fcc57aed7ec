import { linkedFormName } from '../conditions/read-fact.ts'
import type { FormDefinition } from '../definitions/form.ts'
import { behaviourOf } from '../fields/field.ts'
import type { FieldModel, FormLookup, FormModel } from '../model.ts'
import { formModel } from './form-model.ts'

/** The forms of an app, indexed; their lookups know what they show. */
export function formModels(
  definitions: Iterable<FormDefinition>,
  app: { readonly id: string; readonly currency: string },
): ReadonlyMap<string, FormModel> {
  const plain = new Map([...definitions].map((definition) => [definition.id, formModel(definition, app)]))
  return new Map([...plain].map(([id, form]) => [id, withLookups(form, (name) => plain.get(name))]))
}

/**
 * The form with its lookups as the fields they show. One whose link or field is not there, or is of another app, stays
 * blank: lint says so. A lookup shows no lookup, so the forms behind the links need not know theirs.
 */
export function withLookups(form: FormModel, formOf: FormLookup): FormModel {
  const shown = [...form.fields.values()].flatMap((field) => shownField(field, form, formOf) ?? [])
  if (shown.length === 0) return form
  const known = new Map(shown.map((field) => [field.id, field]))
  return { ...form, fields: new Map([...form.fields].map(([id, field]) => [id, known.get(id) ?? field])) }
}

function shownField(field: FieldModel, form: FormModel, formOf: FormLookup): FieldModel | undefined {
  const asked = field.definition && behaviourOf(field.definition).shows?.(field.definition)
  if (!asked) return undefined
  const link = form.fields.get(asked.link)
  if (!link?.stored || link.target?.kind !== 'record' || link.target.app !== form.app) return undefined
  const target = formOf(linkedFormName(form, link.target))
  const source = target?.fields.get(asked.field)
  if (!target || !source?.stored || source.rows) return undefined
  return { ...field, value: source.value, target: source.target, shows: { link: link.id, field: source, form: target } }
}
