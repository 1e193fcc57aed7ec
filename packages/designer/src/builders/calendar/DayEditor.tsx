import { resolveText, type TextValue } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { formatDayText } from '@tenon/runtime/ui'
import { Button, Input, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type DayKind,
  type Period,
  specialDay,
  type Weekday,
  weekdayNames,
  withDays,
  withoutDays,
} from '../../edits/calendar-days.ts'
import { withText } from '../../edits/texts.ts'
import type { CalendarProps } from './CalendarBench.tsx'
import styles from './calendar.module.css'
import { PeriodList } from './PeriodList.tsx'

type Props = CalendarProps & { readonly dates: readonly string[] }

/** What the chosen days are: holiday, make-up working day, hours of their own, or as every week. */
export function DayEditor({ calendar, edit, dates }: Props) {
  const { t } = useTranslation('calendar')
  const { locale } = usePreferences()
  const [first = '', last = first] = [dates[0], dates.at(-1)]
  const special = specialDay(calendar, first)
  const id = useId()
  const called = resolveText(special?.label, locale)
  const [typed, setTyped] = useState<string>()
  const name = typed ?? called
  const span =
    first === last ? formatDayText(first, locale) : `${formatDayText(first, locale)} – ${formatDayText(last, locale)}`
  const label = (usual: string): TextValue | undefined => {
    const words = name.trim() === '' ? usual : name.trim()
    if (special?.label !== undefined && resolveText(special.label, locale) === words) return special.label
    return words === '' ? undefined : withText({}, locale, words)
  }
  const set = (what: string, kind: DayKind, usual: string) =>
    edit(t('edits.days', { span, what }), (before) => withDays(before, dates, kind, label(usual)), 'days')
  const rename = () => {
    if (special && name.trim() !== called) set(t('name'), kindOf(special), '')
    setTyped(undefined)
  }
  const kind = special === undefined ? 'week' : special.off ? 'off' : special.like !== undefined ? 'like' : 'periods'
  return (
    <section className={styles.editor} aria-label={t('editor', { span })}>
      <h2 className={styles.heading}>
        {span}
        {dates.length > 1 && <span className={styles.quiet}>{t('count', { count: dates.length })}</span>}
      </h2>
      <div className={styles.buttons}>
        <Button
          aria-pressed={kind === 'week'}
          type={kind === 'week' ? 'primary' : 'default'}
          onClick={() => edit(t('edits.days', { span, what: t('asWeek') }), (before) => withoutDays(before, dates))}
        >
          {t('asWeek')}
        </Button>
        <Button
          aria-pressed={kind === 'off'}
          type={kind === 'off' ? 'primary' : 'default'}
          onClick={() => set(t('off'), { off: true }, t('holiday'))}
        >
          {t('off')}
        </Button>
        <Button
          aria-pressed={kind === 'like'}
          type={kind === 'like' ? 'primary' : 'default'}
          onClick={() => set(t('made'), { like: 'mon' }, t('made'))}
        >
          {t('made')}
        </Button>
        <Button
          aria-pressed={kind === 'periods'}
          type={kind === 'periods' ? 'primary' : 'default'}
          onClick={() => set(t('own'), { periods: [['09:00', '12:00']] }, '')}
        >
          {t('own')}
        </Button>
      </div>
      {special && (
        <div className={styles.more}>
          <div className={styles.field}>
            <label htmlFor={id}>{t('name')}</label>
            <Input
              id={id}
              value={name}
              maxLength={60}
              onChange={({ target }) => setTyped(target.value)}
              onBlur={rename}
              onPressEnter={rename}
            />
          </div>
          {special.like !== undefined && (
            <div className={styles.field}>
              <span>{t('like')}</span>
              <Select<Weekday>
                aria-label={t('like')}
                value={special.like as Weekday}
                options={weekdayNames.map((day) => ({ value: day, label: t(`weekday.${day}`) }))}
                onChange={(day) => set(t('made'), { like: day }, '')}
              />
            </div>
          )}
          {special.periods !== undefined && (
            <PeriodList
              name={span}
              periods={special.periods as unknown as readonly Period[]}
              onChange={(periods) => set(t('own'), periods.length > 0 ? { periods } : { off: true }, '')}
            />
          )}
        </div>
      )}
    </section>
  )
}

const kindOf = ({ off, like, periods }: NonNullable<ReturnType<typeof specialDay>>): DayKind => {
  if (off) return { off: true }
  return like !== undefined ? { like: like as Weekday } : { periods: (periods ?? []) as unknown as readonly Period[] }
}
