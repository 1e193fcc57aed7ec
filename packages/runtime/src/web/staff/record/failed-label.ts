import { type Locale, resolveText, type TextValue } from '@tenon/engine'

// What nobody gets round, whatever the filters of a strategy say; it has no label there.
const always = new Set(['inactive', 'away', 'refused'])

/** The name of a filter somebody did not pass. */
export const failedLabel = (
  one: { readonly id: string; readonly label: TextValue },
  locale: Locale,
  t: (key: string) => string,
): string => (always.has(one.id) && one.label === one.id ? t(`why.failed.${one.id}`) : resolveText(one.label, locale))
