import { useTranslation } from 'react-i18next'
import { useKnownRef } from '../environment.tsx'
import styles from './show.module.css'

/** The letter a person is known by: the last of a Chinese name, the first of any other. */
export const initialOf = (name: string): string =>
  /[\u4e00-\u9fff]/.test(name) ? name.slice(-1) : name.slice(0, 1).toUpperCase()

export const Initial = ({ name, size = 's' }: { name: string; size?: 's' | 'l' }) => (
  <span className={styles.initial} data-size={size} aria-hidden>
    {initialOf(name)}
  </span>
)

/** A person by id, as far as the page knows the name. */
export function Person({ id }: { id: string }) {
  const { t } = useTranslation('ui')
  const ref = useKnownRef(id)
  if (ref?.kind !== 'user') return <span className={styles.blank}>{t('notVisible')}</span>
  return (
    <span className={styles.person} title={ref.username}>
      <Initial name={ref.name} />
      <span className={styles.personName}>{ref.name}</span>
    </span>
  )
}

export const Blank = () => {
  const { t } = useTranslation('ui')
  return <span className={styles.blank}>{t('blank')}</span>
}
