import { UploadOutlined } from '@ant-design/icons'
import { chineseHolidays, type HolidayDay } from '@tenon/engine'
import { Button, Input } from 'antd'
import { type ChangeEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withEntries } from '../../edits/calendar-days.ts'
import { arrangementOf, knownYears } from './arrangements.ts'
import type { CalendarProps } from './CalendarBench.tsx'
import styles from './calendar.module.css'
import { holidaysOf } from './holidays-of.ts'

/** Takes over the legal holidays and make-up days of a year, from what is known or from a file. */
export function HolidayImport({ edit }: CalendarProps) {
  const { t } = useTranslation('calendar')
  const picker = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [said, setSaid] = useState('')
  const take = (days: readonly HolidayDay[]) => {
    if (days.length === 0) return setSaid(t('import.nothing'))
    const last =
      days
        .map(({ date }) => date)
        .sort()
        .at(-1) ?? ''
    edit(t('edits.imported', { count: days.length }), (before) => {
      const taken = withEntries(before, chineseHolidays(days))
      const until = `${last.slice(0, 4)}-12-31`
      return taken.validUntil !== undefined && taken.validUntil < until ? { ...taken, validUntil: until } : taken
    })
    const off = days.filter(({ isOffDay }) => isOffDay).length
    setSaid(t('import.taken', { off, worked: days.length - off }))
    setText('')
    setOpen(false)
  }
  const load = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? []
    target.value = ''
    if (file) take(holidaysOf(await file.text()))
  }
  return (
    <section className={styles.card}>
      <h2 className={styles.heading}>{t('import.title')}</h2>
      <p className={styles.quiet}>{t('import.hint')}</p>
      <div className={styles.buttons}>
        {knownYears.map((year) => (
          <Button key={year} size="small" onClick={() => take(arrangementOf(year))}>
            {t('import.year', { year })}
          </Button>
        ))}
        <Button size="small" icon={<UploadOutlined />} onClick={() => picker.current?.click()}>
          {t('import.file')}
        </Button>
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('import.paste')}
        </Button>
      </div>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".ics,.csv,.json,text/calendar,text/csv,application/json"
        aria-label={t('import.file')}
        onChange={(event) => void load(event)}
      />
      {open && (
        <div className={styles.field}>
          <Input.TextArea
            rows={5}
            aria-label={t('import.text')}
            placeholder={t('import.example')}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <Button type="primary" size="small" disabled={text.trim() === ''} onClick={() => take(holidaysOf(text))}>
            {t('import.take')}
          </Button>
        </div>
      )}
      <p role="status" className={styles.quiet}>
        {said}
      </p>
    </section>
  )
}
