import type { FormDefinition } from '../definitions/form.ts'
import { formModel } from '../forms/form-model.ts'
import type { Locale } from '../kernel/locale.ts'
import type { FieldValue } from '../kernel/value-kind.ts'
import type { FormModel } from '../model.ts'
import { fieldToText, normaliseField } from './field.ts'
import type { Field } from './schemas.ts'

const zone = 'Asia/Shanghai'

/** For tests: a form with one field. */
export function formOf(field: Field, currency = 'CNY'): FormModel {
  const definition: FormDefinition = {
    id: 'sample',
    kind: 'form',
    schemaVersion: 1,
    label: '样例',
    title: { formula: 'id' },
    fields: [field],
    stages: [
      { id: 'new', label: { 'zh-CN': '新建', en: 'New' }, category: 'new' },
      { id: 'in_progress', label: { 'zh-CN': '处理中', en: 'In progress' }, category: 'open' },
      { id: 'closed', label: { 'zh-CN': '已关闭', en: 'Closed' }, category: 'closed' },
    ],
  }
  return formModel(definition, { id: 'demo', currency })
}

const modelOf = (field: Field, form: FormModel) => {
  const model = form.fields.get(field.id)
  if (!model) throw new Error(`no field ${field.id}`)
  return model
}

/** The normalised value, or the code of what is wrong with it. */
export function normalised(
  field: Field,
  raw: unknown,
  options: { readonly zone?: string | null; readonly currency?: string } = {},
): FieldValue | { readonly code: string; readonly details?: object } {
  const form = formOf(field, options.currency)
  const result = normaliseField(raw, modelOf(field, form), {
    form,
    ...(options.zone === null ? {} : { zone: options.zone ?? zone }),
  })
  if (result.ok) return result.value
  const { label: _, ...details } = result.error.details ?? {}
  return Object.keys(details).length > 0 ? { code: result.error.code, details } : { code: result.error.code }
}

export function told(
  field: Field,
  value: FieldValue,
  locale: Locale = 'zh-CN',
  options: { readonly zone?: string; readonly currency?: string } = {},
): string {
  const form = formOf(field, options.currency)
  return fieldToText(value, modelOf(field, form), { locale, zone: options.zone ?? zone, form })
}
