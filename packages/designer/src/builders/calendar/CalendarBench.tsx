import { type CalendarDefinition, compileCalendar, isZone } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useDocument } from '../../draft/draft-context.tsx'
import { labelOf } from '../../draft/labels.ts'
import { problemsOf, useProblems } from '../../draft/use-problems.ts'
import type { BenchProps } from '../contract.ts'
import { ProblemList } from '../frame/ProblemList.tsx'
import { SplitBench } from '../frame/SplitBench.tsx'
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
    <SplitBench
      wide
      title={labelOf(calendar, locale)}
      sideLabel={t('settings')}
      side={
        <>
          <WeekHours {...props} />
          <HolidayImport {...props} />
          <Validity {...props} />
          <WorkingTime calendar={calendar} compiled={compiled} />
        </>
      }
    >
      <ProblemList problems={problems} />
      <MonthView {...props} compiled={compiled} />
    </SplitBench>
  )
}
