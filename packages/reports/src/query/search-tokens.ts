import { behaviourOf, type FieldModel, type FormModel } from '@tenon/engine'

const word = /[\p{L}\p{N}]+/gu
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
const runs =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu
const longestToken = 64

/**
 * Tokens of a text for full text search: words and numbers in lower case, full width as half width; Chinese, Japanese
 * and Korean, which have no blanks, as single characters and pairs of neighbours. Each once, letters and digits only.
 */
export function searchTokens(text: string): readonly string[] {
  return [
    ...new Set(
      pieces(text).flatMap((piece) => (cjk.test(piece) ? grams(piece, true) : [piece.slice(0, longestToken)])),
    ),
  ]
}

/** Tokens that a query must find, all of them: pairs stand for longer Chinese words, a single character for itself. */
export function queryTokens(text: string): readonly string[] {
  return [
    ...new Set(
      pieces(text).flatMap((piece) => (cjk.test(piece) ? grams(piece, false) : [piece.slice(0, longestToken)])),
    ),
  ].slice(0, 16)
}

const pieces = (text: string): readonly string[] =>
  (text.normalize('NFKC').toLowerCase().match(word) ?? []).flatMap((found) => found.match(runs) ?? [])

function grams(run: string, withSingles: boolean): readonly string[] {
  const characters = [...run]
  const pairs = characters.slice(1).map((character, index) => (characters[index] ?? '') + character)
  return withSingles || pairs.length === 0 ? [...characters, ...pairs] : pairs
}

/** Rows of the search index a record has: one, and one more for each searchable field that some role may not see. */
export type SearchGroup = { readonly key: string; readonly fields: readonly FieldModel[] }

/**
 * Which texts of a record go into which row of the search index. What somebody may not see must not make him find the
 * record, so a field that any access entry hides has a row of its own, found only by those who see the field.
 */
export function searchGroups(form: FormModel): readonly SearchGroup[] {
  const hidden = new Set(
    (form.definition.access ?? []).flatMap(({ fields }) =>
      Object.entries(fields ?? {}).flatMap(([id, right]) => (right === 'hidden' ? [id] : [])),
    ),
  )
  const searchable = [...form.fields.values()].filter(
    ({ definition, stored }) => definition !== undefined && stored && behaviourOf(definition).traits.searchable,
  )
  const apart = searchable.filter(({ id }) => hidden.has(id))
  return [
    { key: searchKey(form), fields: searchable.filter(({ id }) => !hidden.has(id)) },
    ...apart.map((field) => ({ key: searchKey(form, field.id), fields: [field] })),
  ]
}

/** `form` of a row of the search index: the form, or the form and the field that stands apart. */
export const searchKey = (form: FormModel, field?: string): string =>
  field === undefined ? form.id : `${form.id}#${field}`
