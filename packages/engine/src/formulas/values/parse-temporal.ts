import { isZone } from '../../kernel/zone.ts'
import { daysOf, isCivil } from './calendar.ts'
import { DayDuration, FeelDate, FeelDateTime, FeelTime, MonthDuration, type Zone } from './temporal.ts'

const datePattern = /^(-?)(\d{4,9})-(\d{2})-(\d{2})$/
const timePattern = /^(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9})\d*)?(.*)$/s
const offsetPattern = /^([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/
const dayDurationPattern =
  /^(-)?P(?:(\d{1,15})D)?(?:T(?:(\d{1,15})H)?(?:(\d{1,15})M)?(?:(\d{1,15})(?:\.(\d{0,9})\d*)?S)?)?$/
const monthDurationPattern = /^(-)?P(?:(\d{1,12})Y)?(?:(\d{1,12})M)?$/

/** `2026-03-02`; years of 4 to 9 digits (xs:date without offset). */
export function parseDate(text: string): FeelDate | undefined {
  const match = datePattern.exec(text)
  if (!match) return undefined
  const [, sign, yearText = '', month, day] = match
  if (yearText.length > 4 && yearText.startsWith('0')) return undefined
  const year = Number(yearText) * (sign ? -1 : 1)
  return isCivil(year, Number(month), Number(day)) ? new FeelDate(daysOf(year, Number(month), Number(day))) : undefined
}

/** `09:30:00`, with fraction, offset (`Z`, `+08:00`) or zone (`@Asia/Shanghai`). */
export function parseTime(text: string): FeelTime | undefined {
  const match = timePattern.exec(text)
  if (!match) return undefined
  const [, hour, minute, second, fraction = '', rest = ''] = match
  const zone = parseZone(rest)
  if (zone === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  return new FeelTime(Number(hour) * 3600 + Number(minute) * 60 + Number(second), nanosOf(fraction), zone)
}

/** Undefined: no zone at all can be read there. */
export function parseZone(text: string): Zone | undefined {
  if (text === '') return null
  if (text === 'Z' || text === 'z') return 0
  if (text.startsWith('@'))
    return text.length > 1 && !/^@[+-]/.test(text) && isZone(text.slice(1)) ? text.slice(1) : undefined
  const match = offsetPattern.exec(text)
  if (!match) return undefined
  const [, sign, hours, minutes, seconds = '0'] = match
  if (Number(hours) > 14 || Number(minutes) > 59 || Number(seconds) > 59) return undefined
  const offset = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return sign === '-' ? 0 - offset : offset
}

/** A date and a time joined by `T`. */
export function parseDateTime(text: string): FeelDateTime | undefined {
  const at = text.indexOf('T')
  if (at < 0) return undefined
  const date = parseDate(text.slice(0, at))
  const time = parseTime(text.slice(at + 1))
  return date && time && new FeelDateTime(date.days, time.seconds, time.nanos, time.zone)
}

const nanosOf = (fraction: string): number => Number(fraction.padEnd(9, '0'))

/** ISO 8601 duration of days and time, or of years and months; never both. */
export function parseDuration(text: string): DayDuration | MonthDuration | undefined {
  return parseDayDuration(text) ?? parseMonthDuration(text)
}

function parseDayDuration(text: string): DayDuration | undefined {
  const match = dayDurationPattern.exec(text)
  if (!match || text.endsWith('P') || text.endsWith('T')) return undefined
  const [, sign, days = 0, hours = 0, minutes = 0, seconds = 0, fraction = ''] = match
  const total = Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  const nanos = nanosOf(fraction)
  if (!Number.isSafeInteger(total)) return undefined
  if (!sign) return new DayDuration(total, nanos)
  return nanos === 0 ? new DayDuration(0 - total, 0) : new DayDuration(-total - 1, 1_000_000_000 - nanos)
}

function parseMonthDuration(text: string): MonthDuration | undefined {
  const match = monthDurationPattern.exec(text)
  if (!match || text.endsWith('P')) return undefined
  const months = Number(match[2] ?? 0) * 12 + Number(match[3] ?? 0)
  return Number.isSafeInteger(months) ? new MonthDuration(match[1] ? 0 - months : months) : undefined
}

/** What `@"…"` means, by its spelling. */
export const parseTemporal = (
  text: string,
): FeelDate | FeelTime | FeelDateTime | DayDuration | MonthDuration | undefined =>
  parseDate(text) ?? parseDateTime(text) ?? parseTime(text) ?? parseDuration(text)
