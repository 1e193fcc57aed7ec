/// <reference path="./feel-editor.d.ts" />
import type { Variable } from '@bpmn-io/feel-editor'
import { type FormModel, fieldLabel, formulaFunctions, type Locale, linkedFormName } from '@tenon/engine'
import type { DraftApp } from '../draft-app.ts'

/** Names that complete in a formula of a form: ids with the labels beside them, links and sub-tables opened once. */
export function variablesOf(form: FormModel | undefined, { lookup }: DraftApp, locale: Locale): readonly Variable[] {
  if (!form) return []
  return [...form.fields.values()].map((field) => {
    const linked = field.target?.kind === 'record' ? lookup(linkedFormName(form, field.target)) : undefined
    const opened = field.rows ?? linked
    const entries = opened
      ? [...opened.fields.values()].map((inner) => ({ name: inner.id, detail: fieldLabel(inner, locale) }))
      : undefined
    return { name: field.id, detail: fieldLabel(field, locale), ...(entries ? { entries } : {}) }
  })
}

/** The functions of our profile and no others: what completes also works. */
export const functionNames: readonly Variable[] = formulaFunctions.map((name) => ({
  name,
  type: 'function',
  params: [],
}))
