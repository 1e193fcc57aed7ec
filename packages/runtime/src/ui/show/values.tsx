import { printTimeOfDay } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import { useUi } from '../environment.tsx'
import { formatDayText, formatDecimal, formatIsoDuration, formatMoney } from './format.ts'
import styles from './show.module.css'

/** Values by kind, drawn the same wherever they stand. */
export const DecimalText = ({ value, unit }: { value: string | number; unit?: string | undefined }) => {
  const { locale } = useUi()
  return (
    <span className={styles.number}>
      {formatDecimal(value, locale)}
      {unit ? ` ${unit}` : ''}
    </span>
  )
}

export const MoneyText = ({ value, currency }: { value: string; currency?: string | undefined }) => {
  const ui = useUi()
  return <span className={styles.number}>{formatMoney(value, currency ?? ui.currency, ui.locale)}</span>
}

/** The value is the number before the sign: `12.5` is 12.5 %. */
export const PercentText = ({ value }: { value: string | number }) => {
  const { locale } = useUi()
  return <span className={styles.number}>{formatDecimal(value, locale)}%</span>
}

export const DayText = ({ value }: { value: string }) => {
  const { locale } = useUi()
  return <time dateTime={value}>{formatDayText(value, locale)}</time>
}

export const TimeText = ({ value }: { value: string }) => <time dateTime={value}>{printTimeOfDay(value)}</time>

export const DurationText = ({ value }: { value: string }) => {
  const { locale } = useUi()
  return <span className={styles.number}>{formatIsoDuration(value, locale)}</span>
}

export const BooleanText = ({ value }: { value: boolean }) => {
  const { t } = useTranslation('ui')
  return <span>{value ? t('yes') : t('no')}</span>
}
