import { fieldTypes } from '../catalogue.ts'
import type { JsonObject } from '../kernel/json.ts'
import type { Locale } from '../kernel/locale.ts'
import type { Problem } from '../kernel/problem.ts'
import { ok, type Result } from '../kernel/result.ts'
import { resolveText, type TextValue } from '../kernel/text.ts'
import type { FieldValue, ValueType } from '../kernel/value-kind.ts'
import type { FieldModel, FormModel } from '../model.ts'
import type { AnyFieldBehaviour, Choice, FieldProblem, NormaliseContext, TextContext } from './contract.ts'
import type { Field } from './schemas.ts'
import { systemFieldDefinitions } from './system.ts'

/** What the field's type says about itself. */
// The compiler cannot know that the behaviour found by a field's type is the one for that field.
export const behaviourOf = (field: Field): AnyFieldBehaviour => fieldTypes[field.type] as unknown as AnyFieldBehaviour

/** The authored definition, or for a system field what it would be. */
export function definitionOf(field: FieldModel): Field {
  const definition = field.definition ?? systemFieldDefinitions.get(field.id)
  if (definition === undefined) throw new Error(`field without definition: ${field.id}`)
  return definition
}

/** The field whose values a field's values are: of a lookup the one it shows, of any other itself. */
export const sourceField = (field: FieldModel): FieldModel => field.shows?.field ?? field

/** What the field's values are; undefined: it holds none. */
export const valueTypeOf = (field: Field, context: { readonly currency: string }): ValueType | undefined =>
  behaviourOf(field).valueType(field, context)

/** Canonical value of what was written or sent for the field; see `FieldBehaviour.normalise`. Details carry the label. */
export function normaliseField(
  raw: unknown,
  field: FieldModel,
  context: NormaliseContext,
): Result<FieldValue, FieldProblem> {
  const { shows } = field
  const source = definitionOf(sourceField(field))
  const value = behaviourOf(source).normalise(raw, source, shows ? { ...context, form: shows.form } : context)
  return value.ok ? value : { ok: false, error: labelled(value.error, definitionOf(field)) }
}

/** The problem with the field's label for its message, in every language it has. */
const labelled = (problem: FieldProblem, field: Field): FieldProblem => ({
  ...problem,
  details: { label: field.label, ...problem.details },
  ...(problem.further ? { further: problem.further.map((other) => labelled(other, field)) } : {}),
})

/** The value in words; '' for blank. */
export function fieldToText(value: FieldValue | undefined, field: FieldModel, context: TextContext): string {
  const { shows } = field
  if (shows) return fieldToText(value, shows.field, { ...context, form: shows.form })
  const definition = definitionOf(field)
  return behaviourOf(definition).toText(value ?? null, definition, context)
}

export const fieldLabelText = (field: FieldModel): TextValue => definitionOf(field).label
export const fieldLabel = (field: FieldModel, locale: Locale): string => resolveText(fieldLabelText(field), locale)

/** The values to choose from, in order; none for fields that are not chosen from a list. */
export const fieldOptions = (field: FieldModel, form: FormModel): readonly Choice[] =>
  field.shows
    ? fieldOptions(field.shows.field, field.shows.form)
    : (behaviourOf(definitionOf(field)).options?.(definitionOf(field), form) ?? [])

/** Order of two values as both databases sort them, blanks first. */
export function compareField(a: FieldValue | undefined, b: FieldValue | undefined, field: FieldModel): number {
  const definition = definitionOf(sourceField(field))
  return behaviourOf(definition).compare(a ?? null, b ?? null, definition)
}

/** JSON Schema (draft-07) of a value that is not blank. */
export const fieldValueSchema = (field: FieldModel, form: FormModel): JsonObject =>
  field.shows
    ? fieldValueSchema(field.shows.field, field.shows.form)
    : behaviourOf(definitionOf(field)).valueSchema(definitionOf(field), form)

const isLiteral = (value: unknown): boolean => typeof value !== 'object' || value === null || Array.isArray(value)

/** What is wrong with a field's definition beyond its schema: pattern, bounds, duplicate options, a default that is no value. */
export function checkField(field: Field, form: FormModel, path: string): readonly Problem[] {
  const own = (behaviourOf(field).check?.(field) ?? []).map((problem) => ({ ...problem, path: path + problem.path }))
  if (!('default' in field) || field.default === undefined || !isLiteral(field.default)) return own
  const value: Result<FieldValue, FieldProblem> =
    field.default === null ? ok(null) : behaviourOf(field).normalise(field.default, field, { form })
  if (value.ok) return own
  const { code, details } = labelled(value.error, field)
  return [...own, { code, path: `${path}/default`, ...(details ? { details } : {}) }]
}
