import { useTranslation } from 'react-i18next'
import { Notifications } from '../../shell/Bell.tsx'
import styles from './me.module.css'

/** Everything that reached me, on a page of its own for phones. */
export default function MessagesPage() {
  const { t } = useTranslation('shell')
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t('bell.label')}</h1>
      <section className={styles.flush}>
        <Notifications />
      </section>
    </div>
  )
}
