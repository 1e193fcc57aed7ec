import { isObject, type Locale, resolveText, type TextValue } from '@tenon/engine'

/** A text of a definition in the reader's language. */
export const textIn = (text: unknown, locale: Locale): string =>
  typeof text === 'string' || isObject(text) ? resolveText(text as TextValue, locale) : ''
