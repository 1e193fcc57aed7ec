import { useTranslation } from 'react-i18next'
import { useUi } from '../../../../ui/environment.tsx'
import styles from '../views.module.css'
import type { OnDay } from './by-day.ts'
import { type CalendarActs, Chip } from './Chip.tsx'

type Props = {
  readonly days: readonly string[]
  readonly on: ReadonlyMap<string, readonly OnDay[]>
  readonly today: string
  readonly acts: CalendarActs
}

/** The days that have something, one below the other: for a narrow screen. */
export function Agenda({ days, on, today, acts }: Props) {
  const { t } = useTranslation('views')
  const { locale } = useUi()
  const named = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    timeZone: 'UTC',
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  })
  return (
    <div className={styles.agenda}>
      {days
        .filter((day) => day === today || on.has(day))
        .map((day) => (
          <section key={day}>
            <h3 className={styles.agendaDay} data-today={day === today}>
              {named.format(Date.parse(`${day}T00:00:00Z`))}
            </h3>
            {on.has(day) ? (
              <ul className={styles.chips}>
                {(on.get(day) ?? []).map((one) => (
                  <Chip key={one.item.id} on={one} day={day} acts={{ ...acts, movable: false }} />
                ))}
              </ul>
            ) : (
              <p className={styles.hint}>{t('calendar.free')}</p>
            )}
          </section>
        ))}
    </div>
  )
}
