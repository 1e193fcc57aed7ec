import { type CalendarDefinition, compileCalendar, isZone } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useDocument } from '../../draft/draft-context.tsx'
import { labelOf } from '../../draft/labels.ts'
import { problemsOf, useProblems } from '../../draft/use-problems.ts'
import type { BenchProps } from '../contract.ts'
import styles from './calendar.module.css'
import { HolidayImport } from './HolidayImport.tsx'
import { MonthView } from './MonthView.tsx'
import { Validity } from './Validity.tsx'
import { WeekHours } from './WeekHours.tsx'
import { WorkingTime } from './WorkingTime.tsx'

type EditCalendar = (label: string, change: (calendar: CalendarDefinition) => CalendarDefinition, key?: string) => void
export type CalendarProps = {
  readonly calendar: CalendarDefinition
  readonly edit: EditCalendar
}

/** A working calendar: the week, the days that differ, and what both make of a stretch of time. */
export default function CalendarBench({ path }: BenchProps) {
  const { t } = useTranslation('calendar')
  const { locale } = usePreferences()
  const { document, edit } = useDocument(path)
  const problems = problemsOf(useProblems(), path)
  const calendar = document as unknown as CalendarDefinition | undefined
  const compiled = useMemo(() => {
    try {
      return calendar && isZone(calendar.zone) ? compileCalendar(calendar) : undefined
    } catch {
      // Periods that are wrong yet: the problems say so.
      return undefined
    }
  }, [calendar])
  if (!calendar) return null
  const props: CalendarProps = {
    calendar,
    edit: (label, change, key) => edit(label, (before) => change(before as never) as never, key),
  }
  return (
    <div className={styles.bench}>
      <div className={styles.main}>
        <h1 className={styles.title}>{labelOf(calendar, locale)}</h1>
        {problems.length > 0 && (
          <div role="alert">
            <ul className={styles.problems}>
              {problems.map(({ path: at, message }) => (
                <li key={`${at} ${message}`}>{message}</li>
              ))}
            </ul>
          </div>
        )}
        <MonthView {...props} compiled={compiled} />
      </div>
      <aside className={styles.side} aria-label={t('settings')}>
        <WeekHours {...props} />
        <HolidayImport {...props} />
        <Validity {...props} />
        <WorkingTime calendar={calendar} compiled={compiled} />
      </aside>
    </div>
  )
}
