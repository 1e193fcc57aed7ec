import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Period, weekdayNames, withWeekday } from '../../edits/calendar-days.ts'
import type { CalendarProps } from './CalendarBench.tsx'
import styles from './calendar.module.css'
import { PeriodList } from './PeriodList.tsx'

const workdays = weekdayNames.slice(1, 5)

/** Working periods of each weekday. */
export function WeekHours({ calendar, edit }: CalendarProps) {
  const { t } = useTranslation('calendar')
  const monday = (calendar.weekly.mon ?? []) as unknown as readonly Period[]
  return (
    <section className={styles.card}>
      <h2 className={styles.heading}>{t('weekly')}</h2>
      {weekdayNames.map((day) => (
        <div key={day} className={styles.weekday}>
          <span className={styles.weekdayName}>{t(`weekday.${day}`)}</span>
          <PeriodList
            name={t(`weekday.${day}`)}
            periods={(calendar.weekly[day] ?? []) as unknown as readonly Period[]}
            onChange={(periods) =>
              edit(t('edits.weekly', { day: t(`weekday.${day}`) }), (before) => withWeekday(before, day, periods), day)
            }
          />
        </div>
      ))}
      <Button
        size="small"
        onClick={() =>
          edit(t('edits.copied'), (before) => workdays.reduce((now, day) => withWeekday(now, day, monday), before))
        }
      >
        {t('copyMonday')}
      </Button>
    </section>
  )
}
