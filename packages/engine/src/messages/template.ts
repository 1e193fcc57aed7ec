import type { FactName } from '../definitions/condition.ts'

export type Placeholder = {
  readonly fact: string
  readonly path: readonly string[]
  readonly formatter: string | undefined
  readonly from: number
  readonly to: number
}
export type TemplatePart = string | Placeholder

// Names, dots and one bar: there is no expression in a template, so nothing in it can be run.
const placeholder = /\{\{\s*([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)\s*(?:\|\s*([A-Za-z]{1,20})\s*)?\}\}/gu

/** Splits `你好 {{record.subject}}` into texts and placeholders, once; anything else in braces is plain text. */
export function parseTemplate(template: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = []
  let at = 0
  for (const match of template.matchAll(placeholder)) {
    if (match.index > at) parts.push(template.slice(at, match.index))
    const [fact = '', ...path] = (match[1] ?? '').split('.')
    at = match.index + match[0].length
    parts.push({ fact, path, formatter: match[2], from: match.index, to: at })
  }
  if (at < template.length) parts.push(template.slice(at))
  return parts
}

export const isPlaceholder = (part: TemplatePart): part is Placeholder => typeof part !== 'string'

/** What the placeholders of a template look at. */
export const templateReads = (
  template: string,
): readonly { readonly fact: FactName; readonly path: readonly string[] }[] =>
  parseTemplate(template)
    .filter(isPlaceholder)
    .map(({ fact, path }) => ({ fact: fact as FactName, path }))
