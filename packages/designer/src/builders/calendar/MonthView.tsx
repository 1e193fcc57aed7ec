import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { addDays, type Calendar, endOfDay, localDay, resolveText, startOfDay } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { serverNow, usePhone } from '@tenon/runtime/ui'
import { Button } from 'antd'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { datesBetween, specialDay, weekdayNames, weekdayOf } from '../../edits/calendar-days.ts'
import type { CalendarProps } from './CalendarBench.tsx'
import styles from './calendar.module.css'
import { DayEditor } from './DayEditor.tsx'

type Props = CalendarProps & { readonly compiled: Calendar | undefined }
type Chosen = { readonly first: string; readonly last: string }

const hourMs = 3_600_000

/**
 * A month with its weeks beginning on Monday. Days are chosen by a click, by dragging over them, or by the arrow keys
 * (with Shift: several); what they are to be is set below.
 */
export function MonthView({ calendar, edit, compiled }: Props) {
  const { t } = useTranslation('calendar')
  const { locale } = usePreferences()
  // There a day has room for its figure; the unit is what the screen reader says.
  const phone = usePhone()
  const today = localDay(calendar.zone, serverNow())
  const [chosen, setChosen] = useState<Chosen>({ first: today, last: today })
  const [month, setMonth] = useState(today.slice(0, 7))
  const dragging = useRef(false)
  const grid = useRef<HTMLTableElement>(null)
  const focusNext = useRef(false)
  const days = daysOfMonth(month)
  const dates = datesBetween(chosen.first, chosen.last)
  useEffect(() => {
    if (!focusNext.current) return
    focusNext.current = false
    grid.current?.querySelector<HTMLElement>(`[data-date="${chosen.last}"]`)?.focus()
  }, [chosen])
  useEffect(() => {
    const end = () => {
      dragging.current = false
    }
    window.addEventListener('pointerup', end)
    return () => window.removeEventListener('pointerup', end)
  }, [])
  const show = (next: Chosen) => {
    setChosen(next)
    if (next.last.slice(0, 7) !== month) setMonth(next.last.slice(0, 7))
  }
  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const last = addDays(chosen.last, step)
    focusNext.current = true
    show(event.shiftKey ? { first: chosen.first, last } : { first: last, last })
  }
  const down = (event: PointerEvent, date: string) => {
    if (event.button !== 0) return
    dragging.current = true
    setChosen(event.shiftKey ? { first: chosen.first, last: date } : { first: date, last: date })
  }
  const turn = (by: number) => {
    const next = monthAfter(month, by)
    setMonth(next)
    setChosen({ first: `${next}-01`, last: `${next}-01` })
  }
  const title = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  )
  const hoursOf = (date: string) =>
    compiled ? compiled.between(startOfDay(calendar.zone, date), endOfDay(calendar.zone, date)) / hourMs : undefined
  return (
    <>
      <div className={styles.monthBar}>
        <Button type="text" icon={<LeftOutlined />} aria-label={t('earlier')} onClick={() => turn(-1)} />
        <h2 className={styles.month} aria-live="polite">
          {title}
        </h2>
        <Button type="text" icon={<RightOutlined />} aria-label={t('later')} onClick={() => turn(1)} />
        <Button size="small" onClick={() => show({ first: today, last: today })}>
          {t('today')}
        </Button>
      </div>
      <table ref={grid} className={styles.grid} aria-label={title}>
        <thead>
          <tr>
            {weekdayNames.map((day) => (
              <th key={day} scope="col">
                {t(`weekdayShort.${day}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(days).map((week) => (
            <tr key={week[0]}>
              {week.map((date) => {
                const special = specialDay(calendar, date)
                const hours = hoursOf(date)
                const name = resolveText(special?.label, locale)
                const state = stateOf(special, hours)
                const isChosen = dates.includes(date)
                const words = [
                  new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' }).format(
                    new Date(`${date}T00:00:00Z`),
                  ),
                  name,
                  hours === undefined || hours === 0 ? t('free') : t('hours', { hours: hoursText(hours) }),
                ]
                return (
                  <td key={date}>
                    <button
                      type="button"
                      className={styles.day}
                      data-date={date}
                      data-state={state}
                      data-today={date === today}
                      data-other={date.slice(0, 7) !== month}
                      aria-pressed={isChosen}
                      aria-label={words.filter((part) => part !== '').join(t('comma'))}
                      tabIndex={date === chosen.last ? 0 : -1}
                      onPointerDown={(event) => down(event, date)}
                      onPointerEnter={() => dragging.current && setChosen({ first: chosen.first, last: date })}
                      onClick={(event) => event.detail === 0 && show({ first: date, last: date })}
                      onKeyDown={press}
                    >
                      <span className={styles.dayNumber}>{Number(date.slice(8))}</span>
                      <span className={styles.dayName}>{name || (state === 'off' ? t('off') : '')}</span>
                      <span className={styles.dayHours}>
                        {hours ? (phone ? hoursText(hours) : t('hours', { hours: hoursText(hours) })) : ''}
                      </span>
                    </button>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <DayEditor key={`${chosen.first} ${chosen.last}`} calendar={calendar} edit={edit} dates={dates} />
    </>
  )
}

const hoursText = (hours: number): string => String(Math.round(hours * 100) / 100)

function stateOf(
  special: ReturnType<typeof specialDay>,
  hours: number | undefined,
): 'off' | 'made' | 'own' | 'work' | 'free' {
  if (special?.off) return 'off'
  if (special?.like !== undefined) return 'made'
  if (special) return 'own'
  return hours ? 'work' : 'free'
}

/** The days of a month filled up to whole weeks from Monday to Sunday. */
function daysOfMonth(month: string): readonly string[] {
  const first = `${month}-01`
  const start = addDays(first, -weekdayNames.indexOf(weekdayOf(first)))
  const last = addDays(`${monthAfter(month, 1)}-01`, -1)
  return datesBetween(start, addDays(last, 6 - weekdayNames.indexOf(weekdayOf(last))))
}

const weeksOf = (days: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7))

function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}
