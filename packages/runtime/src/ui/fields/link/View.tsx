import { useTranslation } from 'react-i18next'
import { useKnownRef, useUi } from '../../environment.tsx'
import styles from '../../show/show.module.css'
import type { ShowProps } from '../contract.ts'

export function LinkView({ value }: ShowProps<'link'>) {
  const { t } = useTranslation('ui')
  const { recordAddress } = useUi()
  const ref = useKnownRef(String(value))
  if (ref?.kind !== 'record') return <span className={styles.blank}>{t('notVisible')}</span>
  return <a href={recordAddress(ref.app, ref.form, String(value))}>{ref.title}</a>
}
