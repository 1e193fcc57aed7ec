import { fieldTypes } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { Dialog } from '@tenon/runtime/ui'
import { useTranslation } from 'react-i18next'
import { isColumnType } from '../edits/columns.ts'
import type { Form } from '../edits/form-edit.ts'
import styles from '../form-bench.module.css'
import { useNames } from '../use-names.ts'

/** Fields that somebody dragged between the columns of a sub-table. */
export type IntoTable = { readonly ids: readonly string[]; readonly table: string; readonly index: number }

type Props = {
  readonly form: Form
  readonly asked: IntoTable
  readonly onCopy: (ids: readonly string[]) => void
  readonly onClose: () => void
}

/** Why a field is not moved into a sub-table, and what can be done instead: columns like it. */
export function IntoTableNotice({ form, asked, onCopy, onClose }: Props) {
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const names = useNames()
  const fields = asked.ids.flatMap((id) => form.fields.find((one) => one.id === id) ?? [])
  const possible = fields.filter(({ type }) => isColumnType(type)).map(({ id }) => id)
  const types = new Set(
    fields.filter(({ type }) => !isColumnType(type)).map(({ type }) => fieldTypes[type].title[locale]),
  )
  const copy = () => {
    onCopy(possible)
    onClose()
  }
  return (
    <Dialog
      title={t('intoTable.title', { what: names(form, asked.ids), table: names(form, [asked.table]) })}
      okText={t('intoTable.copy')}
      cancelText={t('intoTable.leave')}
      okButtonProps={{ disabled: possible.length === 0 }}
      onOk={copy}
      onCancel={onClose}
    >
      <p>{t('intoTable.why')}</p>
      {types.size > 0 && (
        <p className={styles.hint}>
          {t('intoTable.noColumn', { types: new Intl.ListFormat(locale).format([...types]) })}
        </p>
      )}
    </Dialog>
  )
}
