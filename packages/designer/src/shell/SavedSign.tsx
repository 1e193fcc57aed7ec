import { CheckOutlined, CloudSyncOutlined, WarningOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useDraftPart } from '../draft/draft-context.tsx'
import styles from './workshop.module.css'

const icons = {
  saved: <CheckOutlined />,
  waiting: <CloudSyncOutlined />,
  saving: <CloudSyncOutlined />,
  failed: <WarningOutlined />,
} as const

/** Whether the server has what is on the screen. */
export function SavedSign() {
  const { t } = useTranslation('designer')
  const saving = useDraftPart((state) => state.saving)
  return (
    <span className={styles.saved} data-state={saving} role="status">
      <span aria-hidden>{icons[saving]}</span>
      <span className={styles.savedText}>{t(`saving.${saving}`)}</span>
    </span>
  )
}
