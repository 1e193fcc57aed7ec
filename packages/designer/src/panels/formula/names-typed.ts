/// <reference path="./feel-editor.d.ts" />
import type { Variable } from '@bpmn-io/feel-editor'

/** What a name in a formula is called by people: 客户 › 等级 is `customer.level`. */
export type NamedVariable = { readonly name: string; readonly label: string }

/** Every name a formula can begin with, those of linked records with their link's. */
export const namedVariables = (variables: readonly Variable[]): readonly NamedVariable[] => [
  ...variables.map(({ name, detail = name }) => ({ name, label: detail })),
  ...variables.flatMap(({ name, detail = name, entries = [] }) =>
    entries.map((inner) => ({ name: `${name}.${inner.name}`, label: `${detail} › ${inner.detail ?? inner.name}` })),
  ),
]

const word = '[\\p{L}\\p{N}_]'
const lastPath = new RegExp(`(${word}+)\\.(${word}*)$`, 'u')
const lastWords = new RegExp(`${word}[\\p{L}\\p{N}_ ]*$`, 'u')
const isInText = (before: string) => (before.match(/"/g)?.length ?? 0) % 2 === 1

type Typed = { readonly length: number; readonly names: readonly NamedVariable[] }

/**
 * The names whose labels somebody is typing, and how many characters of them stand there: 单价 for `price`, and behind
 * `customer.` 等级 for `level`. What the name itself would complete is not among them. Undefined: none.
 */
export function namesTyped(before: string, variables: readonly Variable[]): Typed | undefined {
  if (isInText(before)) return undefined
  const [, link, rest = ''] = lastPath.exec(before) ?? []
  if (link !== undefined) {
    const entries = variables.find(({ name }) => name === link)?.entries ?? []
    return matching(rest, namedVariables(entries))
  }
  const words = lastWords.exec(before)?.[0] ?? ''
  const starts = [0, ...[...words.matchAll(/ +/g)].map(({ index, 0: gap }) => index + gap.length)]
  const names = namedVariables(variables)
  return starts.map((start) => matching(words.slice(start), names)).find((found) => found !== undefined)
}

function matching(typed: string, among: readonly NamedVariable[]): Typed | undefined {
  const wanted = typed.trimEnd().toLowerCase()
  if (wanted === '') return undefined
  const names = among.filter(
    ({ name, label }) => label.toLowerCase().includes(wanted) && !name.toLowerCase().includes(wanted),
  )
  return names.length === 0 ? undefined : { length: typed.length, names }
}
