import { useTranslation } from 'react-i18next'
import { useKnownRef } from '../../environment.tsx'
import styles from '../../show/show.module.css'
import type { ShowProps } from '../contract.ts'

export function LinkCell({ value }: ShowProps<'link'>) {
  const { t } = useTranslation('ui')
  const ref = useKnownRef(String(value))
  return ref?.kind === 'record' ? <span>{ref.title}</span> : <span className={styles.blank}>{t('notVisible')}</span>
}
