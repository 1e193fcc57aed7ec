import { type FieldValue, type Locale, parseDurationMs, printTimeOfDay } from '@tenon/engine'
import { type Bucket, buckets } from '../definitions/query.ts'
import type { AnswerColumn } from '../query/plan.ts'
import { monthWords, weekdayWords, wordIn } from './words.ts'

type Unit = Pick<AnswerColumn, 'kind' | 'unit'>

export const isBucketUnit = (unit: string | null): unit is Bucket =>
  unit !== null && (buckets as readonly string[]).includes(unit)

/** The number that stands for a figure on an axis: durations in milliseconds, shares of 1; null where there is none. */
export function numberOf(value: FieldValue, { kind }: Pick<Unit, 'kind'>): number | null {
  if (value === null || Array.isArray(value)) return null
  if (kind === 'duration') return parseDurationMs(String(value)) ?? null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

const numberFormats = new Map<string, Intl.NumberFormat>()
function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options)
  const format = numberFormats.get(key) ?? new Intl.NumberFormat(locale, options)
  numberFormats.set(key, format)
  return format
}

/** A number of a unit in words: 1,234 · 63.6% · ¥12.50 · 1 天 3 小时. */
export function numberText(number: number | null, { kind, unit }: Unit, locale: Locale): string {
  if (number === null) return wordIn('none', locale)
  if (unit === 'ratio') return numberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(number)
  if (kind === 'duration' || unit === 'duration') return durationText(number, locale)
  if (unit !== null && /^[A-Z]{3}$/.test(unit))
    return numberFormat(locale, { style: 'currency', currency: unit, currencyDisplay: 'narrowSymbol' }).format(number)
  return numberFormat(locale, { maximumFractionDigits: 2 }).format(number)
}

const parts = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** The two largest units that are not zero, the rest rounded: 1 天 3 小时, 45 分钟, 0 秒. */
export function durationText(ms: number, locale: Locale): string {
  const first = parts.findIndex(([, size]) => Math.abs(ms) >= size)
  const at = first < 0 ? parts.length - 1 : first
  const smallest = parts[Math.min(at + 1, parts.length - 1)]?.[1] ?? 1000
  let rest = Math.round(Math.abs(ms) / smallest) * smallest
  const written = parts.slice(Math.max(at - 1, 0)).flatMap(([name, size]) => {
    const count = Math.floor(rest / size)
    rest -= count * size
    return count === 0 ? [] : [`${count} ${wordIn(name, locale)}`]
  })
  const text = written.length === 0 ? `0 ${wordIn('second', locale)}` : written.join(' ')
  return ms < 0 && written.length > 0 ? `−${text}` : text
}

/** A cell of an answer in words. */
export function cellText(value: FieldValue, column: Unit, locale: Locale): string {
  if (value === null) return wordIn(isMeasureKind(column) ? 'none' : 'blank', locale)
  if (isBucketUnit(column.unit)) return bucketText(value, column.unit, locale)
  if (typeof value === 'boolean') return wordIn(value ? 'yes' : 'no', locale)
  if (column.kind === 'time') return printTimeOfDay(String(value))
  const isNumber = ['integer', 'decimal', 'money', 'duration'].includes(column.kind)
  return isNumber
    ? numberText(numberOf(value, column), column, locale)
    : Array.isArray(value)
      ? value.join(', ')
      : String(value)
}

const isMeasureKind = ({ kind, unit }: Unit): boolean =>
  !isBucketUnit(unit) && ['integer', 'decimal', 'money', 'duration'].includes(kind)

/** A stretch of time as people say it. */
export function bucketText(key: FieldValue, bucket: Bucket, locale: Locale): string {
  const zh = locale === 'zh-CN'
  const [year = '', month = '', rest = ''] = String(key).split('-')
  const monthName = monthWords[Number(month) - 1] ?? month
  const [day = '', hour = ''] = rest.split('T')
  switch (bucket) {
    case 'weekday':
      return weekdayWords[locale][Number(key) - 1] ?? String(key)
    case 'hourOfDay':
      return zh ? `${key} 时` : `${String(key).padStart(2, '0')}:00`
    case 'year':
      return zh ? `${year}年` : year
    case 'quarter':
      return zh ? `${year}年第${month.slice(1)}季度` : `${month} ${year}`
    case 'month':
      return zh ? `${year}年${Number(month)}月` : `${monthName} ${year}`
    case 'week':
      return zh ? `${year}年第${Number(month.slice(1))}周` : `Week ${Number(month.slice(1))}, ${year}`
    case 'day':
      return zh ? `${year}年${Number(month)}月${Number(day)}日` : `${monthName} ${Number(day)}, ${year}`
    case 'hour':
      return zh
        ? `${year}年${Number(month)}月${Number(day)}日 ${Number(hour)}时`
        : `${monthName} ${Number(day)}, ${year}, ${hour}:00`
  }
}

const minute = 60_000
const durationSteps = [
  1000,
  5000,
  15_000,
  minute,
  5 * minute,
  15 * minute,
  30 * minute,
  60 * minute,
  120 * minute,
  240 * minute,
  480 * minute,
  1440 * minute,
  2 * 1440 * minute,
  5 * 1440 * minute,
  10 * 1440 * minute,
  30 * 1440 * minute,
  100 * 1440 * minute,
] as const

/** Where an axis of shares up to `most` ends: at the whole, when they come near it; null: wherever is round. */
export const endOf = (most: number, { unit }: Unit): number | null =>
  unit === 'ratio' && most > 0.5 && most <= 1 ? 1 : null

/** Distance of marks on an axis of durations up to `most`: whole minutes, hours or days, five marks at the most. */
export function stepOf(most: number, { kind, unit }: Unit): number | null {
  if ((kind !== 'duration' && unit !== 'duration') || most <= 0) return null
  return durationSteps.find((step) => most / step <= 5) ?? Math.ceil(most / (5 * 1440 * minute)) * 1440 * minute
}
