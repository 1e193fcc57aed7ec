import { useTranslation } from 'react-i18next'
import { RemovalDialog } from '../../shell/RemovalDialog.tsx'
import styles from './form-bench.module.css'
import type { Remover } from './use-removal.ts'

/** What breaks when something is removed, each with the way there; then remove it all the same, or not. */
export function RemovalNotice({ removal: { path, asked, confirm, cancel } }: { removal: Remover }) {
  const { t } = useTranslation('formBench')
  if (!asked) return null
  return (
    <RemovalDialog
      title={t('removal.title', { what: asked.what })}
      gone={asked.ids.map((id) => `${path}/${asked.list}/${id}`)}
      breaks={asked.breakages}
      onRemove={confirm}
      onClose={cancel}
    >
      {asked.forgotten > 0 && <p className={styles.hint}>{t('removal.forgotten', { count: asked.forgotten })}</p>}
    </RemovalDialog>
  )
}
