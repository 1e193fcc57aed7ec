import { parseDurationMs } from '../kernel/duration.ts'
import type { Locale } from '../kernel/locale.ts'

const unitMs: { readonly [unit: string]: number } = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  min: 60_000,
  s: 1000,
}
const words: { readonly [word: string]: string } = {
  周: 'w',
  星期: 'w',
  天: 'd',
  日: 'd',
  小时: 'h',
  个小时: 'h',
  时: 'h',
  钟头: 'h',
  个钟头: 'h',
  分钟: 'min',
  分: 'min',
  秒: 's',
  秒钟: 's',
  w: 'w',
  week: 'w',
  weeks: 'w',
  d: 'd',
  day: 'd',
  days: 'd',
  h: 'h',
  hr: 'h',
  hrs: 'h',
  hour: 'h',
  hours: 'h',
  m: 'min',
  min: 'min',
  mins: 'min',
  minute: 'min',
  minutes: 'min',
  s: 's',
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
}
const part = /\s*(\d+(?:\.\d+)?)\s*([\p{L}]+)\s*/uy

/** Milliseconds of ISO 8601 text or of a span in words (`1 天 3 小时`, `90min`); undefined if it is none. A day is 24 h. */
export function readSpan(text: string): number | undefined {
  const iso = /^-?P/i.test(text) ? parseDurationMs(text.toUpperCase()) : readWords(text)
  return iso !== undefined && Number.isSafeInteger(iso) ? iso + 0 : undefined
}

function readWords(text: string): number | undefined {
  const body = text.replace(/^-\s*/, '')
  let total = 0
  let end = 0
  part.lastIndex = 0
  for (let match = part.exec(body); match; match = part.exec(body)) {
    const ms = unitMs[words[match[2]?.toLowerCase() ?? ''] ?? '']
    if (ms === undefined) return undefined
    total += Math.round(Number(match[1]) * ms)
    end = part.lastIndex
  }
  if (end === 0 || end !== body.length) return undefined
  return text.startsWith('-') && total !== 0 ? -total : total
}

const printed = {
  'zh-CN': { d: '天', h: '小时', min: '分钟', s: '秒' },
  en: { d: 'd', h: 'h', min: 'min', s: 's' },
} as const

/** `1 天 3 小时`, `1 d 3 h`; zero is `0 分钟`. */
export function printSpan(ms: number, locale: Locale): string {
  const rest = Math.abs(ms)
  const amounts = [
    ['d', Math.floor(rest / 86_400_000)],
    ['h', Math.floor((rest % 86_400_000) / 3_600_000)],
    ['min', Math.floor((rest % 3_600_000) / 60_000)],
    ['s', (rest % 60_000) / 1000],
  ] as const
  const parts = amounts.filter(([, amount]) => amount > 0).map(([unit, amount]) => `${amount} ${printed[locale][unit]}`)
  return parts.length === 0 ? `0 ${printed[locale].min}` : `${ms < 0 ? '-' : ''}${parts.join(' ')}`
}
