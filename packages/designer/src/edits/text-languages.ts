import { isObject, type TextValue } from '@tenon/engine'

/** Languages in which texts are written, Chinese first as the canonical text has it. */
export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]
export type Texts = { readonly [language: string]: string }

/** A text by language; a plain one is in the first. */
export const textsOf = (value: TextValue | undefined): Texts =>
  isObject(value) ? (value as Texts) : typeof value === 'string' ? { [languages[0]]: value } : {}

/** The text with what is written in a language: only languages that say something; one plain text stays one. */
export function withLanguage(before: TextValue | undefined, language: Language, text: string): TextValue | undefined {
  const [first] = languages
  const { [language]: _old, ...others } = textsOf(before)
  const all: Texts = text === '' ? others : { ...others, [language]: text }
  if (Object.keys(all).length === 0) return undefined
  if (typeof before === 'string' && Object.keys(all).length === 1 && all[first] !== undefined) return all[first]
  return Object.fromEntries(Object.entries(all).sort(([one], [other]) => order(one) - order(other)))
}

const order = (language: string) => {
  const at = (languages as readonly string[]).indexOf(language)
  return at < 0 ? languages.length : at
}
