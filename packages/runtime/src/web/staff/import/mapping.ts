import { behaviourOf, type FormModel, isObject } from '@tenon/engine'

/** What the wizard changes of a mapping; everything else in it (values, picks, history) is kept as it came. */
export type FieldSource = {
  readonly field: string
  readonly column?: string
  readonly date?: string
  readonly create?: boolean
  readonly [more: string]: unknown
}
export type Mapping = {
  readonly fields: readonly FieldSource[]
  readonly zone?: string
  readonly key?: string
  readonly onMatch?: 'skip' | 'update' | 'problem'
  readonly history?: object
  readonly [more: string]: unknown
}

export function readMapping(value: unknown): Mapping | undefined {
  if (!isObject(value) || !Array.isArray(value.fields)) return undefined
  return value as Mapping
}

/** Fields that a column can go to: what people enter, and the stage and number that records of old times bring along. */
export const targetsOf = (form: FormModel): readonly string[] =>
  form.definition.fields
    .filter(
      (field) =>
        form.fields.get(field.id)?.stored &&
        !form.fields.get(field.id)?.rows &&
        behaviourOf(field).traits.holdsValue &&
        !('formula' in field),
    )
    .map(({ id }) => id)

export const sourceOf = (mapping: Mapping, column: string): FieldSource | undefined =>
  mapping.fields.find((source) => source.column === column)

/** The mapping with a column going to another field, or to none. */
export function assign(mapping: Mapping, column: string, field: string | null): Mapping {
  const old = sourceOf(mapping, column)
  const others = mapping.fields.filter((source) => source !== old)
  if (field === null) return { ...mapping, fields: others }
  return {
    ...mapping,
    fields: old
      ? mapping.fields.map((source) => (source === old ? { field, column } : source))
      : [...others, { field, column }],
  }
}

export const amend = (mapping: Mapping, column: string, change: Partial<FieldSource>): Mapping => ({
  ...mapping,
  fields: mapping.fields.map((source) => (source.column === column ? clean({ ...source, ...change }) : source)),
})

const clean = (source: FieldSource): FieldSource =>
  Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== '')) as FieldSource

/** Fields that two columns go to, and required fields that none goes to. */
export function mappingGaps(
  mapping: Mapping,
  form: FormModel,
): { readonly twice: readonly string[]; readonly missing: readonly string[] } {
  const fields = mapping.fields.map(({ field }) => field)
  const twice = [...new Set(fields.filter((field, index) => fields.indexOf(field) !== index))]
  const required = form.definition.fields
    .filter((field) => 'required' in field && field.required && !('default' in field && field.default !== undefined))
    .map(({ id }) => id)
  // History demands nothing: the old system's records are taken as they are.
  return { twice, missing: mapping.history ? [] : required.filter((field) => !fields.includes(field)) }
}
