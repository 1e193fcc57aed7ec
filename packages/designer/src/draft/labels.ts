import { isObject, type Locale, resolveText, type TextValue } from '@tenon/engine'

/** What people call a definition or element: its label in the reader's language; what has none, by `otherwise`. */
export function labelOf(element: unknown, locale: Locale, otherwise = ''): string {
  const label = isObject(element) ? element.label : undefined
  const isText = typeof label === 'string' || isObject(label)
  return (isText && resolveText(label as TextValue, locale)) || otherwise
}
