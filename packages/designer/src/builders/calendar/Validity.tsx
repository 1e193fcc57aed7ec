import { useTranslation } from 'react-i18next'
import type { CalendarProps } from './CalendarBench.tsx'
import styles from './calendar.module.css'

/** Until when the holidays are known. */
export function Validity({ calendar, edit }: CalendarProps) {
  const { t } = useTranslation('calendar')
  const set = (day: string) =>
    edit(
      t('edits.validity'),
      ({ validUntil: _before, ...rest }) => (day === '' ? rest : { ...rest, validUntil: day }),
      'validity',
    )
  return (
    <section className={styles.card}>
      <label className={styles.field}>
        <span className={styles.heading}>{t('validUntil')}</span>
        <input
          type="date"
          className={styles.time}
          value={calendar.validUntil ?? ''}
          onChange={({ target }) => set(target.value)}
        />
      </label>
      <p className={styles.quiet}>{t('validHint')}</p>
    </section>
  )
}
