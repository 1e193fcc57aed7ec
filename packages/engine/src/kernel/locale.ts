export const locales = ['zh-CN', 'en'] as const
export type Locale = (typeof locales)[number]
export const isLocale = (value: unknown): value is Locale => value === 'zh-CN' || value === 'en'
