import { type Locale, locales } from '../kernel/locale.ts'
import { resolveText, type TextValue } from '../kernel/text.ts'

/** A sentence in every language the product speaks. */
export type Told = { readonly [language in Locale]: string }

/** The sentence with `{name}` filled in; texts of definitions in the sentence's own language. */
export function told(words: Told, values: { readonly [name: string]: TextValue | number } = {}): Told {
  const fill = (locale: Locale) =>
    words[locale].replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name]
      return typeof value === 'number' ? String(value) : resolveText(value, locale)
    })
  return Object.fromEntries(locales.map((locale) => [locale, fill(locale)])) as Told
}

/** A value as its author writes it; nothing is a word. */
export function shown(value: unknown): TextValue {
  if (value === null || value === undefined || value === '') return { 'zh-CN': '空', en: 'nothing' }
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A list, or a word for none. */
export function listed(values: readonly (TextValue | null)[]): TextValue {
  if (values.length === 0) return { 'zh-CN': '无', en: 'none' }
  const names = (locale: Locale, nobody: string) =>
    values.map((one) => (one === null ? nobody : resolveText(one, locale)))
  return { 'zh-CN': names('zh-CN', '无人').join('、'), en: names('en', 'nobody').join(', ') }
}

/** What people call it; the id where nobody gave it a name. */
export const labelled = (label: TextValue | undefined, id: string): TextValue =>
  resolveText(label, 'zh-CN') === '' ? id : (label ?? id)
