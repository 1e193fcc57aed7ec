import { useDroppable } from '@dnd-kit/core'
import { Popover } from 'antd'
import { useTranslation } from 'react-i18next'
import { useUi } from '../../../../ui/environment.tsx'
import styles from '../views.module.css'
import type { OnDay } from './by-day.ts'
import { type CalendarActs, Chip } from './Chip.tsx'

type Props = {
  readonly days: readonly string[]
  readonly on: ReadonlyMap<string, readonly OnDay[]>
  readonly today: string
  /** The month that is shown, `2026-11`: its cells hold a few and tell of the rest; null: a week, whose days hold all. */
  readonly month: string | null
  readonly acts: CalendarActs
}
const mostInCell = 3

/** Days in weeks, from Monday. */
export function Days({ days, on, today, month, acts }: Props) {
  const { t } = useTranslation('views')
  const { locale } = useUi()
  const named = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short' })
  return (
    <div className={`${styles.month} ${month === null ? styles.week : ''}`}>
      {days.slice(0, 7).map((day) => (
        <div key={day} className={styles.weekday} aria-hidden>
          {named.format(Date.parse(`${day}T00:00:00Z`))}
        </div>
      ))}
      {days.map((day) => (
        <DayCell
          key={day}
          day={day}
          all={on.get(day) ?? []}
          isToday={day === today}
          isOther={month !== null && !day.startsWith(month)}
          most={month === null ? Number.POSITIVE_INFINITY : mostInCell}
          acts={acts}
          moreOf={(count) => t('calendar.moreOf', { count })}
        />
      ))}
    </div>
  )
}

type CellProps = {
  readonly day: string
  readonly all: readonly OnDay[]
  readonly isToday: boolean
  readonly isOther: boolean
  readonly most: number
  readonly acts: CalendarActs
  readonly moreOf: (count: number) => string
}

function DayCell({ day, all, isToday, isOther, most, acts, moreOf }: CellProps) {
  const { locale } = useUi()
  const { setNodeRef, isOver } = useDroppable({ id: day, disabled: !acts.movable })
  const shown = all.length > most ? all.slice(0, most - 1) : all
  const name = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    timeZone: 'UTC',
    month: 'long',
    day: 'numeric',
    weekday: 'long',
  }).format(Date.parse(`${day}T00:00:00Z`))
  const chips = (list: readonly OnDay[], again = false) => (
    <ul className={styles.chips}>
      {list.map((one) => (
        <Chip key={one.item.id} on={one} day={day} acts={acts} again={again} />
      ))}
    </ul>
  )
  return (
    <section
      ref={setNodeRef}
      className={styles.day}
      data-day={day}
      data-today={isToday}
      data-other={isOther}
      data-over={isOver}
      aria-label={name}
    >
      <span className={styles.dayNumber} aria-hidden>
        {Number(day.slice(8))}
      </span>
      {chips(shown)}
      {shown.length < all.length && (
        <Popover trigger="click" title={name} content={<div className={styles.allOfDay}>{chips(all, true)}</div>}>
          <button type="button" className={styles.moreOf}>
            {moreOf(all.length - shown.length)}
          </button>
        </Popover>
      )}
    </section>
  )
}
