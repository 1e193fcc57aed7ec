/** Scripts that write without blanks between words: found by every two neighbouring characters. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
const pieces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[\p{L}\p{N}]+/gu
/** More of one record is not looked into. */
const mostTokens = 2000

const fold = (text: string): string => text.normalize('NFKC').toLowerCase()

/**
 * The words of a text as both databases index them: words of letters and digits whole, Chinese in pairs of neighbours
 * and single characters (`打印机` → 打 打印 印 印机 机), so that a search of one character or more finds.
 */
export function tokensOf(text: string): readonly string[] {
  const tokens: string[] = []
  for (const [piece] of fold(text).matchAll(pieces)) {
    if (unspaced.test(piece)) tokens.push(...neighbours(piece))
    else tokens.push(piece.slice(0, 60))
    if (tokens.length >= mostTokens) break
  }
  return tokens
}

function neighbours(piece: string): readonly string[] {
  const characters = [...piece]
  return characters.flatMap((character, index) => {
    const next = characters[index + 1]
    return next === undefined ? [character] : [character, character + next]
  })
}

/** A phrase of the query: its tokens must stand one behind the other; the last may be the beginning of a word. */
export type Phrase = { readonly tokens: readonly string[]; readonly prefix: boolean }

/** What a query asks for: every phrase must be found. Empty: the query has nothing to look for. */
export function phrasesOf(query: string): readonly Phrase[] {
  return [...fold(query).slice(0, 200).matchAll(pieces)].slice(0, 12).map(([piece]) => {
    if (!unspaced.test(piece)) return { tokens: [piece.slice(0, 60)], prefix: true }
    const characters = [...piece]
    if (characters.length === 1) return { tokens: [piece], prefix: false }
    return { tokens: characters.slice(0, -1).map((character, index) => character + characters[index + 1]), prefix: false }
  })
}

/** The query in FTS5's language. Tokens hold letters and digits only, and stand in quotes. Pairs need not be neighbours
 * in the index (single characters stand between them), so they are asked for one by one. */
export const fts5Query = (phrases: readonly Phrase[]): string =>
  phrases.flatMap(({ tokens, prefix }) => tokens.map((token) => `"${token}"${prefix ? '*' : ''}`)).join(' AND ')

/** The query in the language of `to_tsquery('simple', …)`. */
export const tsQuery = (phrases: readonly Phrase[]): string =>
  phrases.flatMap(({ tokens, prefix }) => tokens.map((token) => `'${token}'${prefix ? ':*' : ''}`)).join(' & ')
