import { limits } from './limits.ts'

export type ScanProblem = {
  readonly code: 'formula.tooLong' | 'formula.tooDeep' | 'formula.syntax'
  readonly from: number
  readonly to: number
}

const wordCharacter = /[\p{L}\p{N}_]/u

/**
 * One linear look at the text before the grammar sees it: how many tokens, how deep the brackets, whether strings and
 * comments end. The parser's error recovery is slower than linear, so hostile text is turned away here.
 */
export function scanFormula(text: string): ScanProblem | undefined {
  if (text.length > limits.textLength) return { code: 'formula.tooLong', from: 0, to: text.length }
  let tokens = 0
  let depth = 0
  let index = 0
  while (index < text.length) {
    const character = text[index] ?? ''
    const end = tokenEnd(text, index, character)
    if (end === undefined) return { code: 'formula.syntax', from: index, to: text.length }
    if (character.trim() !== '' && ++tokens > limits.tokens)
      return { code: 'formula.tooLong', from: index, to: text.length }
    if ('([{'.includes(character) && ++depth > limits.brackets)
      return { code: 'formula.tooDeep', from: index, to: index + 1 }
    if (')]}'.includes(character) && depth > 0) depth--
    index = end
  }
  return undefined
}

/** Where the token that starts at `index` ends; undefined when a string or comment has no end. */
function tokenEnd(text: string, index: number, character: string): number | undefined {
  if (character === '"') return stringEnd(text, index + 1)
  if (text.startsWith('//', index)) return lineEnd(text, index)
  if (text.startsWith('/*', index)) return after(text.indexOf('*/', index + 2), 2)
  let end = index + 1
  if (wordCharacter.test(character)) while (end < text.length && wordCharacter.test(text[end] ?? '')) end++
  return end
}

function stringEnd(text: string, from: number): number | undefined {
  for (let index = from; index < text.length; index++) {
    if (text[index] === '\\') index++
    else if (text[index] === '"') return index + 1
  }
  return undefined
}

const after = (found: number, length: number): number | undefined => (found < 0 ? undefined : found + length)
const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}
