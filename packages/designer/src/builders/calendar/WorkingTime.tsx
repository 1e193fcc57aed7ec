import { type Calendar, type CalendarDefinition, endOfTime } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { formatDuration, formatMomentFull, serverNow } from '@tenon/runtime/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { momentOfWall, wallText } from '../../panels/index.ts'
import styles from './calendar.module.css'

type Props = { readonly calendar: CalendarDefinition; readonly compiled: Calendar | undefined }

const hourMs = 3_600_000

/** What the calendar makes of a stretch of time: how much of it is worked, and when so much work is done. */
export function WorkingTime({ calendar, compiled }: Props) {
  const { t } = useTranslation('calendar')
  const { locale } = usePreferences()
  const [from, setFrom] = useState(() => wallText(calendar.zone, serverNow()))
  const [to, setTo] = useState(() => wallText(calendar.zone, serverNow() + 72 * hourMs))
  const [hours, setHours] = useState('4')
  const [start, end] = [momentOfWall(calendar.zone, from), momentOfWall(calendar.zone, to)]
  const worked = compiled && start !== undefined && end !== undefined ? compiled.between(start, end) : undefined
  const due =
    compiled && start !== undefined && Number(hours) > 0 ? compiled.add(start, Number(hours) * hourMs) : undefined
  return (
    <section className={styles.card}>
      <h2 className={styles.heading}>{t('check.title')}</h2>
      <label className={styles.field}>
        {t('check.from')}
        <input
          type="datetime-local"
          className={styles.time}
          value={from}
          onChange={({ target }) => setFrom(target.value)}
        />
      </label>
      <label className={styles.field}>
        {t('check.to')}
        <input
          type="datetime-local"
          className={styles.time}
          value={to}
          onChange={({ target }) => setTo(target.value)}
        />
      </label>
      <p className={styles.answer} role="status">
        {worked === undefined ? t('check.unknown') : t('check.worked', { time: formatDuration(worked, locale) })}
      </p>
      <label className={styles.field}>
        {t('check.hours')}
        <input
          type="number"
          min={0.5}
          step={0.5}
          className={styles.time}
          value={hours}
          onChange={({ target }) => setHours(target.value)}
        />
      </label>
      <p className={styles.answer} role="status">
        {due === undefined || due === endOfTime
          ? t('check.unknown')
          : t('check.due', { moment: formatMomentFull(due, { locale, zone: calendar.zone }) })}
      </p>
    </section>
  )
}
