import type { Locale } from '@tenon/engine'

const words = {
  nothing: { 'zh-CN': '这段时间还没有数据', en: 'No data for this period' },
  target: { 'zh-CN': '目标', en: 'Target' },
  comparedWith: { 'zh-CN': '较上期', en: 'vs. previous' },
  figures: {
    'zh-CN': '“{label}”的数值：用方向键选择，按回车查看明细',
    en: 'Figures of “{label}”: choose with the arrow keys, press Enter for the records',
  },
  open: { 'zh-CN': '查看明细', en: 'Show records' },
  loading: { 'zh-CN': '加载中', en: 'Loading' },
  failed: { 'zh-CN': '这张图暂时无法显示', en: 'This chart cannot be shown' },
  total: { 'zh-CN': '合计', en: 'Total' },
  allTime: { 'zh-CN': '全部时间', en: 'All time' },
} as const

export type Word = keyof typeof words
export const say = (word: Word, locale: Locale, values: { readonly [name: string]: string } = {}): string =>
  words[word][locale].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')

const spans = {
  D: { 'zh-CN': '天', en: 'day' },
  W: { 'zh-CN': '周', en: 'week' },
  M: { 'zh-CN': '个月', en: 'month' },
  Y: { 'zh-CN': '年', en: 'year' },
} as const

/** The last `P30D`: 近 30 天. */
export function spanText(span: string, locale: Locale): string {
  const [, digits = '', unit = 'D'] = /^P(\d+)([DWMY])$/.exec(span) ?? []
  const word = spans[unit as keyof typeof spans][locale]
  if (locale === 'zh-CN') return `近 ${digits} ${word}`
  return `Last ${digits} ${word}${digits === '1' ? '' : 's'}`
}
