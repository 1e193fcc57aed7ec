import type { AccessEntry, AppDefinition, FieldModel, FormModel } from '@tenon/engine'
import { fieldLabel } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useDocument } from '../../../draft/draft-context.tsx'
import { labelOf } from '../../../draft/labels.ts'
import { useAppModel } from '../../../draft/use-app-model.ts'
import type { Form } from '../../../edits/access.ts'
import { type PanelScope, tellCondition, useTelling } from '../../../panels/index.ts'
import { isWritable, roleName } from './access-names.ts'

export type MatrixField = { readonly id: string; readonly label: string; readonly isWritable: boolean }
export type FormAccess = {
  readonly app: AppDefinition
  readonly form: FormModel
  readonly label: string
  readonly entries: readonly AccessEntry[]
  /** Fields that rights can be given on, in the order of the form. */
  readonly fields: readonly MatrixField[]
  readonly nameOf: (role: string) => string
  /** An entry as people speak of it: its role and, where it does not speak of every record, which. */
  readonly entryName: (entry: AccessEntry) => string
  readonly rowsText: (entry: AccessEntry) => string
  /** What the conditions on rows may speak of. */
  readonly scope: PanelScope
  readonly edit: (label: string, change: (form: Form) => Form, key?: string) => void
}

const rowFacts = ['record', 'user', 'now'] as const

/** The access entries of a form of the draft, and the way to change them; undefined: there is no such form. */
export function useFormAccess(id: string): FormAccess | undefined {
  const { t } = useTranslation('app')
  const { locale } = usePreferences()
  const app = useAppModel()
  const { document, edit } = useDocument(`forms/${id}.json`)
  const scope = useMemo<PanelScope>(() => ({ path: `forms/${id}.json`, form: id, facts: rowFacts }), [id])
  const telling = useTelling(scope)
  const form = app?.forms.get(id)
  if (!app || !form || !document) return undefined
  const nameOf = (role: string) => roleName(app.definition, role, locale, t('access.everybody'))
  const rowsText = ({ rows }: AccessEntry) => (rows === undefined ? t('access.allRows') : tellCondition(rows, telling))
  return {
    app: app.definition,
    form,
    label: labelOf(document, locale, id),
    entries: form.definition.access ?? [],
    fields: [...form.fields.values()]
      .filter(({ system }) => !system)
      .map((field: FieldModel) => ({ id: field.id, label: fieldLabel(field, locale), isWritable: isWritable(field) })),
    nameOf,
    rowsText,
    entryName: (entry) =>
      entry.rows === undefined ? nameOf(entry.role) : t('access.someRowsOf', { role: nameOf(entry.role) }),
    scope,
    edit: (label, change, key) => edit(label, (before) => change(before as unknown as Form) as never, key),
  }
}
