import { formatInstant, type Instant, parseDay, parseInstant } from '../kernel/instant.ts'
import type { Locale } from '../kernel/locale.ts'
import { instantOfWall, isZone, zoneOffsetMs } from '../kernel/zone.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const monthOf = (name: string): number =>
  months.findIndex((month) => month.toLowerCase() === name.slice(0, 3).toLowerCase()) + 1

// Year first or the month in letters: 03/02/2026 means two days, so it is not read.
const numbers =
  /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|(\d{2})(\d{2})|\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号])$/
const dayMonthYear = /^(\d{1,2})\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})$/
const monthDayYear = /^([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})$/
const clock = /^(?:(上午|下午|[AaPp][Mm])\s*)?(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(?:\s*([AaPp][Mm]))?$/

const canonicalDay = (year: string, month: number | string, day: number | string): string | undefined =>
  parseDay(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)

/** Canonical day of a day as people write it, in half-width spelling; undefined if it is none or could mean two days. */
export function readDay(text: string): string | undefined {
  const numeric = numbers.exec(text)
  if (numeric) {
    const [year = '', month = '', day = ''] = numeric.slice(1).filter((part) => part !== undefined)
    return canonicalDay(year, month, day)
  }
  const european = dayMonthYear.exec(text)
  if (european) return canonicalDay(european[3] ?? '', monthOf(european[2] ?? ''), european[1] ?? '')
  const american = monthDayYear.exec(text)
  return american ? canonicalDay(american[3] ?? '', monthOf(american[1] ?? ''), american[2] ?? '') : undefined
}

/** Milliseconds since midnight of a time of day as people write it. */
function readClock(text: string): number | undefined {
  const match = clock.exec(text)
  if (!match) return undefined
  const [, before, hourText = '', minute = '', second = '0', fraction = '0', after] = match
  const half = (before ?? after)?.toLowerCase()
  const hour = Number(hourText)
  if (
    hour > (half === undefined ? 23 : 12) ||
    (half !== undefined && hour === 0) ||
    Number(minute) > 59 ||
    Number(second) > 59
  )
    return undefined
  const afternoon = half === '下午' || half === 'pm'
  const hours = half === undefined ? hour : (hour % 12) + (afternoon ? 12 : 0)
  return (hours * 60 + Number(minute)) * 60_000 + Number(second) * 1000 + Math.floor(Number(`0${fraction}`) * 1000)
}

/** `下午3点20分`, `9点半`, `早上8时`, `3 p.m.` as `readClock` reads them; what could mean two times stays as it is. */
const withColon = (text: string): string =>
  text
    .replace(/([ap])\.\s?m\.?$/i, '$1m')
    .replace(/(\d)\s*[点时]\s*整?$/, '$1:00')
    .replace(/(\d)\s*[点时]\s*半$/, '$1:30')
    .replace(/(\d)\s*[点时]\s*(\d{1,2})\s*分?$/, (_, hour, minute) => `${hour}:${minute.padStart(2, '0')}`)
    .replace(/^(\d{1,2})\s*([ap]m)$/i, '$1:00 $2')
    .replace(/^凌晨\s*(?=0?[0-6]:)/, '')
    .replace(/^(?:凌晨\s*(?=12:)|早上\s*(?=0?[5-9]:|1[01]:)|中午\s*(?=11:))/, '上午')
    .replace(/^(?:中午\s*(?=12:|0?[12]:)|晚上\s*(?=0?[5-9]:|1[01]:))/, '下午')
    .replace(/^(?:下午\s*(?=1[3-9]:)|晚上\s*(?=1[7-9]:|2[0-3]:)|早上\s*(?=0\d:))/, '')

/** Canonical time of day, `15:20:00`, of one as people write it in half-width spelling; undefined if it is none. */
export function readTimeOfDay(text: string): string | undefined {
  const ms = readClock(withColon(text))
  return ms === undefined || ms % 1000 !== 0 ? undefined : formatInstant(ms).slice(11, 19)
}

/** `15:20`; seconds only where there are any. */
export const printTimeOfDay = (time: string): string => time.replace(/^(\d\d:\d\d):00$/, '$1')

/** Day and milliseconds since midnight of a wall-clock time; a day alone is its midnight, as spreadsheets print it. */
export function readWall(text: string): { readonly day: string; readonly ms: number } | undefined {
  const bare = readDay(text)
  if (bare !== undefined) return { day: bare, ms: 0 }
  const split = /^(.*?[\d日号])(?:[Tt]|,?\s+)((?:上午|下午|[AaPp][Mm])?\s*\d{1,2}:.*)$/.exec(text)
  const day = readDay(split?.[1]?.trim() ?? '')
  const ms = readClock(split?.[2]?.trim() ?? '')
  return day === undefined || ms === undefined ? undefined : { day, ms }
}

const dayMs = (day: string): number => parseInstant(`${day}T00:00:00Z`) ?? 0

/** The moment of an RFC 3339 text, or of a wall-clock time in `zone`. */
export function readInstant(text: string, zone: string | undefined): Instant | undefined {
  const absolute = parseInstant(text.replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T').replace(/ (?=[+-]\d{2}:\d{2}$)/, ''))
  if (absolute !== undefined) return absolute
  const wall = readWall(text)
  return wall && zone !== undefined && isZone(zone) ? instantOfWall(zone, dayMs(wall.day) + wall.ms) : undefined
}

/** Whether the text is a time of day on a day, only without a zone. */
export const isWall = (text: string): boolean => readWall(text) !== undefined

/** `2026年3月2日`, `2 Mar 2026`. */
export function printDay(day: string, locale: Locale): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return locale === 'zh-CN'
    ? `${year}年${Number(month)}月${Number(date)}日`
    : `${Number(date)} ${months[Number(month) - 1] ?? ''} ${year}`
}

/** `2026年3月2日 08:00`, `2 Mar 2026, 08:00`; seconds only where there are any. */
export function printInstant(value: string, locale: Locale, zone: string): string {
  const at = parseInstant(value)
  if (at === undefined) return value
  const wall = formatInstant(at + zoneOffsetMs(zone, at))
  const day = printDay(wall.slice(0, 10), locale)
  const time = wall.slice(11, 19).replace(/:00$/, '')
  return locale === 'zh-CN' ? `${day} ${time}` : `${day}, ${time}`
}
