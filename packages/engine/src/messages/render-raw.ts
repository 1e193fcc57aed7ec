import { factReader, isBlank } from '../conditions/read-fact.ts'
import { factNames } from '../definitions/condition.ts'
import type { Facts } from '../facts.ts'
import type { FormLookup, FormModel } from '../model.ts'
import { formatters } from './formatters.ts'
import { isPlaceholder, parseTemplate } from './template.ts'

/**
 * Fills `{{path}}` with values as they are stored, for other systems to read; with a formatter as that writes them. What
 * is put in goes through `encode`, what stands in the template does not.
 */
export function renderRaw(
  template: string,
  facts: Facts,
  encode: (text: string) => string,
  scope: { readonly form?: FormModel; readonly lookup?: FormLookup } = {},
): string {
  return parseTemplate(template)
    .map((part) => {
      if (!isPlaceholder(part)) return part
      const fact = factNames.find((name) => name === part.fact)
      const value = fact && factReader(fact, part.path, scope.form, scope.lookup)(facts)
      if (value === undefined || isBlank(value)) return ''
      const words = raw(value)
      const format = part.formatter === undefined ? undefined : formatters[part.formatter]
      return encode(format ? format(value, { locale: 'en', zone: facts.zone, words }) : words)
    })
    .join('')
}

const raw = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(raw).join(',')
    : typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : ''

/** For a place in a URL: nothing that ends a segment, and no step up. */
export const inUrl = (text: string): string => (/^\.+$/.test(text) ? '' : encodeURIComponent(wellFormed(text)))

/** For the value of a header: printable ASCII stays, the rest is percent-encoded, ends of lines first of all. */
export const inHeader = (text: string): string =>
  wellFormed(text).replace(/[^\x20-\x7e]+/gu, (part) => encodeURIComponent(part))

/** Halves of a surrogate pair have no bytes in UTF-8. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd')
