import { type FieldModel, type FieldValue, type FormModel, fieldToText, normaliseField } from '@tenon/engine'

export type Conversion = {
  readonly from: FieldModel
  readonly to: FieldModel
  readonly before: FormModel
  readonly after: FormModel
  readonly zone: string
}

/** A value of the old type read as one of the new: as it is, else by what it says; undefined: it cannot be. */
export function convertValue(value: FieldValue, { from, to, before, after, zone }: Conversion): FieldValue | undefined {
  if (value === null) return null
  // An id means nothing in another table, nor does a text become a record by itself.
  if (from.target?.kind === 'record' || to.target?.kind === 'record')
    return JSON.stringify(from.target) === JSON.stringify(to.target) ? value : undefined
  const context = { form: after, zone, locale: 'zh-CN' as const }
  const direct = normaliseField(value, to, context)
  if (direct.ok) return direct.value
  const [only, ...more] = Array.isArray(value) ? value : []
  if (only !== undefined && more.length === 0) {
    const single = normaliseField(only, to, context)
    if (single.ok) return single.value
  }
  if (!Array.isArray(value) && to.value.kind === 'list') {
    const wrapped = normaliseField([value], to, context)
    if (wrapped.ok) return wrapped.value
  }
  const text = normaliseField(fieldToText(value, from, { locale: 'zh-CN', zone, form: before }), to, context)
  return text.ok ? text.value : undefined
}
