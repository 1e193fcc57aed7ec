import type { Locale } from '@tenon/engine'

type Words = { readonly [L in Locale]: string }

const words = {
  blank: { 'zh-CN': '（空白）', en: '(blank)' },
  others: { 'zh-CN': '其他', en: 'Others' },
  yes: { 'zh-CN': '是', en: 'Yes' },
  no: { 'zh-CN': '否', en: 'No' },
  none: { 'zh-CN': '—', en: '—' },
  day: { 'zh-CN': '天', en: 'd' },
  hour: { 'zh-CN': '小时', en: 'h' },
  minute: { 'zh-CN': '分钟', en: 'min' },
  second: { 'zh-CN': '秒', en: 's' },
} as const satisfies Record<string, Words>

export const wordIn = (word: keyof typeof words, locale: Locale): string => words[word][locale]

export const weekdayWords: { readonly [L in Locale]: readonly string[] } = {
  'zh-CN': ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
}
export const monthWords = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
