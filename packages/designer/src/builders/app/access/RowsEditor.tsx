import type { AccessEntry } from '@tenon/engine'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { withRows } from '../../../edits/access.ts'
import styles from './access.module.css'
import type { FormAccess } from './use-form-access.ts'

/** Which records an entry speaks about. */
export function RowsEditor({ access, entry }: { readonly access: FormAccess; readonly entry: AccessEntry }) {
  const { t } = useTranslation('app')
  const { entryName, edit, label } = access
  return (
    <div className={styles.rowsEditor}>
      <p className={styles.hint}>{t('access.rowsHint')}</p>
      {entry.rows !== undefined && (
        <Button
          size="small"
          onClick={() =>
            edit(t('access.edits.rows', { role: entryName(entry), form: label }), (form) =>
              withRows(form, entry.id, undefined),
            )
          }
        >
          {t('access.toAllRows')}
        </Button>
      )}
    </div>
  )
}
