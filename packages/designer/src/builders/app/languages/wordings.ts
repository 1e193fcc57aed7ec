import { isLocale } from '@tenon/engine'
import { textIn } from '../../../edits/texts.ts'
import type { PlacedText, Wording } from './use-texts.ts'

/**
 * What a translated table words anew: rows are found by file and place, columns by their language. A cell left blank
 * takes no wording away. `unknown`: rows about texts that are not there (any more).
 */
export function wordingsOf(
  [head = [], ...rows]: readonly (readonly string[])[],
  texts: readonly PlacedText[],
): { readonly wordings: readonly Wording[]; readonly unknown: number } {
  const byKey = new Map(texts.map((text) => [text.key, text]))
  const wordings: Wording[] = []
  let unknown = 0
  for (const row of rows) {
    const text = byKey.get(`${row[0] ?? ''} ${row[1] ?? ''}`)
    if (!text) unknown += 1
    else
      for (const [column, locale] of head.entries()) {
        const words = row[column] ?? ''
        if (isLocale(locale) && words !== '' && words !== textIn(text.value, locale))
          wordings.push({ text, locale, words })
      }
  }
  return { wordings, unknown }
}
