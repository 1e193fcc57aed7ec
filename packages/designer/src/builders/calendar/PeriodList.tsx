import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Period } from '../../edits/calendar-days.ts'
import styles from './calendar.module.css'

type Props = {
  readonly name: string
  readonly periods: readonly Period[]
  readonly onChange: (periods: readonly Period[]) => void
}

/** Working periods of a day, each from and to. An end of 00:00 is the end of the day. */
export function PeriodList({ name, periods, onChange }: Props) {
  const { t } = useTranslation('calendar')
  const set = (at: number, side: 0 | 1, time: string) => {
    const written = side === 1 && time === '00:00' ? '24:00' : time
    if (time === '') return
    onChange(
      periods.map((period, index) =>
        index === at ? (side === 0 ? [written, period[1]] : [period[0], written]) : period,
      ),
    )
  }
  return (
    <div className={styles.periods}>
      {periods.map((period, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a period has no name but its place
        <span key={at} className={styles.period}>
          {([0, 1] as const).map((side) => (
            <input
              key={side}
              type="time"
              className={styles.time}
              aria-label={t(side === 0 ? 'periodFrom' : 'periodTo', { name, number: at + 1 })}
              value={period[side] === '24:00' ? '00:00' : period[side]}
              onChange={({ target }) => set(at, side, target.value)}
            />
          ))}
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t('removePeriod', { name, number: at + 1 })}
            onClick={() => onChange(periods.toSpliced(at, 1))}
          />
        </span>
      ))}
      {periods.length === 0 && <span className={styles.quiet}>{t('free')}</span>}
      <Button
        type="text"
        size="small"
        icon={<PlusOutlined />}
        aria-label={t('addPeriod', { name })}
        onClick={() => onChange([...periods, next(periods.at(-1))])}
      />
    </div>
  )
}

/** A period after the last one: an hour later, for as long as the day allows. */
function next(last: Period | undefined): Period {
  if (!last) return ['09:00', '18:00']
  const hour = Math.min(22, Number(last[1].slice(0, 2)) + 1)
  const two = (number: number) => String(number).padStart(2, '0')
  return [`${two(hour)}:00`, `${two(Math.min(24, hour + 2))}:00`]
}
