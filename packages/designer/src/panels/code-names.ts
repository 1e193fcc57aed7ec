import type { Locale } from '@tenon/engine'

export type CodeKind = 'language' | 'zone' | 'currency'
type Choice = { readonly value: string; readonly label: string }

const codes: { readonly [K in CodeKind]: () => readonly string[] } = {
  language: () => ['zh-CN', 'en'],
  zone: () => Intl.supportedValuesOf('timeZone'),
  currency: () => Intl.supportedValuesOf('currency'),
}
const kept = new Map<string, readonly Choice[]>()

/** What there is to choose from, by name. */
export function codeChoices(kind: CodeKind, locale: Locale): readonly Choice[] {
  const key = `${kind} ${locale}`
  const found =
    kept.get(key) ?? codes[kind]().map((value) => ({ value, label: codeName(kind, locale, value) }) satisfies Choice)
  kept.set(key, found)
  return found
}

/** What people call a code, with the code where the name alone could be another: 中国标准时间（Asia/Shanghai）. */
export function codeName(kind: CodeKind, locale: Locale, code: string): string {
  const name = nameOf(kind, locale, code)
  if (name === undefined || name === code || kind === 'language') return name ?? code
  return locale === 'en' ? `${name} (${code})` : `${name}（${code}）`
}

function nameOf(kind: CodeKind, locale: Locale, code: string): string | undefined {
  try {
    // Of a language, the country says nothing to people.
    if (kind === 'language') return new Intl.DisplayNames(locale, { type: kind }).of(code.replace(/-.*/, ''))
    if (kind !== 'zone') return new Intl.DisplayNames(locale, { type: kind }).of(code)
    return new Intl.DateTimeFormat(locale, { timeZone: code, timeZoneName: 'longGeneric' })
      .formatToParts(0)
      .find(({ type }) => type === 'timeZoneName')?.value
  } catch {
    // Not a code: shown as it was written.
    return undefined
  }
}
