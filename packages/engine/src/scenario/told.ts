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
export const listed = (values: readonly (string | null)[]): TextValue =>
  values.length === 0
    ? { 'zh-CN': '无', en: 'none' }
    : {
        'zh-CN': values.map((one) => one ?? '无人').join('、'),
        en: values.map((one) => one ?? 'nobody').join(', '),
      }

/** A label with the id beside it, which is what stands in the scenario. */
export function labelled(label: TextValue | undefined, id: string): TextValue {
  const named = (locale: Locale, [open, close]: readonly [string, string]) => {
    const text = resolveText(label, locale)
    return text === '' || text === id ? id : `${text}${open}${id}${close}`
  }
  return { 'zh-CN': named('zh-CN', ['（', '）']), en: named('en', [' (', ')']) }
}
