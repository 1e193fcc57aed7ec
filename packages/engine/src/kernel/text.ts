import type { Locale } from './locale.ts'

/** A human text: one string for every language, or a map by language. */
export type TextValue = string | { readonly [language: string]: string }

/** The text in a language; falls back to Chinese, then English, then any language there is. */
export function resolveText(text: TextValue | undefined, locale: Locale | string): string {
  if (text === undefined) return ''
  if (typeof text === 'string') return text
  const exact = Object.hasOwn(text, locale) ? text[locale] : undefined
  return exact ?? text['zh-CN'] ?? text.en ?? Object.values(text)[0] ?? ''
}
