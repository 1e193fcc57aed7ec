import type { AccessEntry } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import { withRows } from '../../../edits/access.ts'
import { ConditionControl } from '../../../panels/index.ts'
import styles from './access.module.css'
import type { FormAccess } from './use-form-access.ts'

/** Which records an entry speaks about. */
export function RowsEditor({ access, entry }: { readonly access: FormAccess; readonly entry: AccessEntry }) {
  const { t } = useTranslation('app')
  const { entryName, edit, label, scope } = access
  return (
    <div className={styles.rowsEditor}>
      <p className={styles.hint}>{t('access.rowsHint')}</p>
      <ConditionControl
        open
        label={t('access.rows')}
        value={entry.rows}
        onChange={(rows) =>
          edit(
            t('access.edits.rows', { role: entryName(entry), form: label }),
            (form) => withRows(form, entry.id, rows),
            `${entry.id} rows`,
          )
        }
        scope={scope}
      />
    </div>
  )
}
