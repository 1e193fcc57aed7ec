import { type Locale, parseDurationMs } from '@tenon/engine'

type Look = { readonly locale: Locale; readonly zone: string }

const formats = new Map<string, Intl.DateTimeFormat>()
/** Making a formatter costs more than a hundred uses of it. */
function dateFormat(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}${JSON.stringify(options)}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, options)
  formats.set(key, made)
  return made
}

const numbers = new Map<string, Intl.NumberFormat>()
/** The same for numbers. */
export function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}${JSON.stringify(options)}`
  const known = numbers.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, options)
  numbers.set(key, made)
  return made
}

const dayNumber = (instant: number, zone: string): string =>
  dateFormat('en', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    .format(instant)
    .split('/')
    .reverse()
    .join('-')

const words = {
  'zh-CN': { today: '今天', yesterday: '昨天', tomorrow: '明天' },
  en: { today: 'Today', yesterday: 'Yesterday', tomorrow: 'Tomorrow' },
} as const

/** The calendar day of an instant in a zone, `YYYY-MM-DD`. */
export const dayIn = dayNumber

/** A moment as people say it: `今天 14:20`, `3月2日 14:20`, `2025年3月2日`. */
export function formatMoment(instant: number, now: number, { locale, zone }: Look): string {
  const time = dateFormat(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    instant,
  )
  const day = dayNumber(instant, zone)
  const near = [
    ['today', dayNumber(now, zone)],
    ['yesterday', dayNumber(now - 86_400_000, zone)],
    ['tomorrow', dayNumber(now + 86_400_000, zone)],
  ] as const
  for (const [name, text] of near) if (text === day) return `${words[locale][name]} ${time}`
  if (day.slice(0, 4) === dayNumber(now, zone).slice(0, 4)) {
    return `${dateFormat(locale, { timeZone: zone, month: locale === 'en' ? 'short' : 'long', day: 'numeric' }).format(instant)} ${time}`
  }
  return dateFormat(locale, {
    timeZone: zone,
    year: 'numeric',
    month: locale === 'en' ? 'short' : 'long',
    day: 'numeric',
  }).format(instant)
}

/** The whole moment, for a tooltip: `2026年3月2日星期一 14:20:05`. */
export const formatMomentFull = (instant: number, { locale, zone }: Look): string =>
  dateFormat(locale, {
    timeZone: zone,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(instant)

/** A day without zone: `2026年3月2日`, `2 Mar 2026`. */
export function formatDayText(day: string, locale: Locale): string {
  const instant = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(instant)) return day
  return dateFormat(locale, {
    timeZone: 'UTC',
    year: 'numeric',
    month: locale === 'en' ? 'short' : 'long',
    day: 'numeric',
  }).format(instant)
}

const units = {
  'zh-CN': { day: ' 天', hour: ' 小时', minute: ' 分钟', second: ' 秒', join: ' ' },
  en: { day: ' d', hour: ' h', minute: ' min', second: ' s', join: ' ' },
} as const

/** The two largest parts of a duration: `1 天 3 小时`, `12 分钟`. */
export const formatDuration = (ms: number, locale: Locale): string => inUnits(ms, locale, true)

/** Working time by a calendar: hours and minutes. A day of it has no fixed length, so no days are counted. */
export const formatWorkingTime = (ms: number, locale: Locale): string => inUnits(ms, locale, false)

function inUnits(ms: number, locale: Locale, inDays: boolean): string {
  const unit = units[locale]
  const seconds = Math.round(Math.abs(ms) / 1000)
  const days = inDays ? Math.floor(seconds / 86_400) : 0
  const parts: [number, string][] = [
    [days, unit.day],
    [Math.floor((seconds - days * 86_400) / 3600), unit.hour],
    [Math.floor((seconds % 3600) / 60), unit.minute],
  ]
  const first = parts.findIndex(([count]) => count > 0)
  if (first < 0) return `${ms < 0 ? '-' : ''}${seconds}${unit.second}`
  const shown = parts.slice(first, first + 2).filter(([count]) => count > 0)
  return `${ms < 0 ? '-' : ''}${shown.map(([count, name]) => `${count}${name}`).join(unit.join)}`
}

/** As `formatDuration`, of ISO 8601 text; text that is none is shown as it is. */
export function formatIsoDuration(text: string, locale: Locale): string {
  const ms = parseDurationMs(text)
  return ms === undefined ? text : formatDuration(ms, locale)
}

/** A clock's remaining time in the least space: `09:41` (minutes:seconds), `3:41:00` → `3h41`, `2d 3h`. */
export function formatClock(ms: number, locale: Locale): string {
  const seconds = Math.floor(Math.abs(ms) / 1000)
  const pad = (value: number) => String(value).padStart(2, '0')
  const days = Math.floor(seconds / 86_400)
  const hours = Math.floor((seconds % 86_400) / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  if (days > 0) return locale === 'en' ? `${days}d ${hours}h` : `${days}天${hours}时`
  if (hours > 0) return `${hours}:${pad(minutes)}:${pad(seconds % 60)}`
  return `${pad(minutes)}:${pad(seconds % 60)}`
}

/** How late, in the least space: `+12m`, `+3h05`, `+2d`. */
export function formatLate(ms: number, locale: Locale): string {
  const minutes = Math.max(1, Math.floor(ms / 60_000))
  const zh = locale !== 'en'
  if (minutes < 60) return `+${minutes}${zh ? '分' : 'm'}`
  if (minutes < 1440)
    return `+${Math.floor(minutes / 60)}${zh ? '时' : 'h'}${minutes % 60 ? `${minutes % 60}${zh ? '分' : 'm'}` : ''}`
  return `+${Math.floor(minutes / 1440)}${zh ? '天' : 'd'}${Math.floor((minutes % 1440) / 60) ? `${Math.floor((minutes % 1440) / 60)}${zh ? '时' : 'h'}` : ''}`
}

/**
 * Decimal text with grouping. It stays text on its way: Intl takes decimal strings exactly, so no digit passes
 * through a float.
 */
export function formatDecimal(text: string | number, locale: Locale, options: Intl.NumberFormatOptions = {}): string {
  const scale = /\.(\d+)$/.exec(String(text))?.[1]?.length ?? 0
  const format = numberFormat(locale, {
    minimumFractionDigits: scale,
    maximumFractionDigits: Math.max(scale, 0),
    ...options,
  })
  return format.format(text as unknown as number)
}

export function formatMoney(text: string, currency: string, locale: Locale): string {
  try {
    return formatDecimal(text, locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
  } catch {
    return `${text} ${currency}`
  }
}

export function formatBytes(bytes: number, locale: Locale): string {
  const names = ['B', 'KB', 'MB', 'GB'] as const
  const step = Math.min(names.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)))
  return `${numberFormat(locale, { maximumFractionDigits: step === 0 ? 0 : 1 }).format(bytes / 1024 ** step)} ${names[step]}`
}

/** A phone number in groups: mainland mobiles 3-4-4, everything else as stored. */
export function formatPhone(text: string): string {
  const mobile = /^(?:\+86)?(1\d{2})(\d{4})(\d{4})$/.exec(text.replaceAll(/[\s-]/g, ''))
  return mobile ? `${mobile[1]} ${mobile[2]} ${mobile[3]}` : text
}
