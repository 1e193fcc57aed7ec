import { useTranslation } from 'react-i18next'
import logo from '../web/tenon.svg'
import styles from './workshop.module.css'

/** Way back to the staff pages. */
export function Brand() {
  const { t } = useTranslation('designer')
  return (
    <a href="/" className={styles.brand} aria-label={t('toStaff')} title={t('toStaff')}>
      <img src={logo} alt="" />
    </a>
  )
}
