import { isObject } from './kernel/json.ts'
import type { Locale } from './kernel/locale.ts'
import { resolveText, type TextValue } from './kernel/text.ts'
import { detailPhrases, detailWords } from './problem-words.ts'
import { type ProblemText, problemTexts } from './problems.ts'

type Told = { readonly code: string; readonly details?: { readonly [name: string]: unknown } | undefined }

const textOf = (code: string): ProblemText | undefined =>
  Object.hasOwn(problemTexts, code) ? (problemTexts as { readonly [code: string]: ProblemText })[code] : undefined

const placeholder = /\{([a-zA-Z]+)\}/g

/** The text of a problem or rejection for a person; a code that is not in the table stands for itself. */
export function renderProblem(told: Told, locale: Locale): string {
  const text = textOf(told.code)
  if (!text) return told.code
  const details = told.details ?? {}
  return text[locale].replace(placeholder, (_, name: string) =>
    detailText(name, Object.hasOwn(details, name) ? details[name] : undefined, locale),
  )
}

/** What a code is about, without details: the `title` of problem+json. */
export function titleOf(code: string, locale: Locale): string {
  const text = textOf(code)
  if (!text) return code
  if (text.title) return text.title[locale]
  const bare = text[locale].replace(/ ?[“"(（]?\{[a-zA-Z]+\}[”")）]?/g, '')
  return bare
    .replace(/ {2,}/g, ' ')
    .replace(/[\s:：,，;；]+$/, '')
    .trim()
}

function detailText(name: string, value: unknown, locale: Locale): string {
  if (value === undefined || value === null || value === '') return ''
  const text = plainText(name, value, locale)
  const phrase = Object.hasOwn(detailPhrases, name) ? detailPhrases[name] : undefined
  return phrase ? phrase[locale].replace('{}', () => text) : text
}

function plainText(name: string, value: unknown, locale: Locale): string {
  if (Array.isArray(value))
    return value.map((item) => plainText(name, item, locale)).join(locale === 'zh-CN' ? '、' : ', ')
  if (isObject(value)) return resolveText(value as TextValue, locale)
  const text = String(value)
  const words = Object.hasOwn(detailWords, name) ? detailWords[name] : undefined
  return words && Object.hasOwn(words, text) ? (words[text]?.[locale] ?? text) : text
}
