import { limits } from '../limits.ts'
import type { Value } from '../values/value.ts'
import { isList } from '../values/value.ts'
import { textOf, truncatedOf } from './arguments.ts'
import type { Builtin, Builtins } from './contract.ts'

const onText = (parameter: string, run: (text: string) => Value): Builtin => ({
  forms: [[parameter]],
  run: ([value]) => {
    const text = textOf(value)
    return text === undefined ? undefined : run(text)
  },
})
const onTexts = (first: string, second: string, run: (text: string, other: string) => Value): Builtin => ({
  forms: [[first, second]],
  run: ([a, b]) => {
    const text = textOf(a)
    const other = textOf(b)
    return text === undefined || other === undefined ? undefined : run(text, other)
  },
})

/** Characters are code points. Position 1 is the first, −1 the last; position 0 does not exist. */
function substring([value, start, length]: readonly Value[]): Value | undefined {
  const text = textOf(value)
  const position = truncatedOf(start)
  const count = length === undefined ? undefined : truncatedOf(length)
  if (text === undefined || position === undefined || position === 0) return undefined
  if (length !== undefined && (count === undefined || count < 1)) return undefined
  const characters = Array.from(text)
  const from = position > 0 ? position - 1 : characters.length + position
  if (from < 0 || from > characters.length) return undefined
  return characters.slice(from, count === undefined ? undefined : from + count).join('')
}

// Patterns are literal text: a free regular expression can run for ever and has no place in the profile.
const isLiteral = (pattern: string): boolean => !/[.*+?^${}()|[\]\\]/.test(pattern)
const literal = (pattern: string): string | undefined => {
  const plain = pattern.replace(/\\([.*+?^${}()|[\]\\])/g, '')
  return isLiteral(plain) ? pattern.replace(/\\([.*+?^${}()|[\]\\])/g, '$1') : undefined
}

function replace([value, pattern, replacement, flags]: readonly Value[]): Value | undefined {
  const text = textOf(value)
  const search = literal(textOf(pattern) ?? '')
  const put = textOf(replacement)
  if (text === undefined || !search || put === undefined || flags !== undefined || /[$\\]/.test(put)) return undefined
  return text.split(search).join(put)
}

function matches([value, pattern, flags]: readonly Value[]): Value | undefined {
  const text = textOf(value)
  const whole = textOf(pattern)
  if (text === undefined || whole === undefined || flags !== undefined) return undefined
  const start = whole.startsWith('^')
  const end = whole.endsWith('$') && !whole.endsWith('\\$')
  const search = literal(whole.slice(start ? 1 : 0, end ? -1 : undefined))
  if (search === undefined) return undefined
  if (start && end) return text === search
  return start ? text.startsWith(search) : end ? text.endsWith(search) : text.includes(search)
}

function split([value, delimiter]: readonly Value[]): Value | undefined {
  const text = textOf(value)
  const search = literal(textOf(delimiter) ?? '')
  if (text === undefined || !search) return undefined
  const parts = text.split(search)
  return parts.length > limits.steps ? undefined : parts
}

function stringJoin([list, delimiter, prefix, suffix]: readonly Value[]): Value | undefined {
  const items = isList(list) ? list : typeof list === 'string' ? [list] : undefined
  const [between, before, after] = [delimiter, prefix, suffix].map((part) =>
    part === undefined || part === null ? '' : textOf(part),
  )
  if (items === undefined || between === undefined || before === undefined || after === undefined) return undefined
  if (!items.every((item) => item === null || typeof item === 'string')) return undefined
  return `${before}${items.filter((item) => item !== null).join(between)}${after}`
}

export const textFunctions: Builtins = {
  'string length': onText('string', (text) => Array.from(text).length),
  'upper case': onText('string', (text) => text.toUpperCase()),
  'lower case': onText('string', (text) => text.toLowerCase()),
  trim: onText('string', (text) => text.trim()),
  contains: onTexts('string', 'match', (text, match) => text.includes(match)),
  'starts with': onTexts('string', 'match', (text, match) => text.startsWith(match)),
  'ends with': onTexts('string', 'match', (text, match) => text.endsWith(match)),
  'substring before': onTexts('string', 'match', (text, match) => text.slice(0, Math.max(text.indexOf(match), 0))),
  'substring after': onTexts('string', 'match', (text, match) => {
    const at = text.indexOf(match)
    return at < 0 ? '' : text.slice(at + match.length)
  }),
  substring: { forms: [['string', 'start position', 'length?']], run: substring },
  replace: { forms: [['input', 'pattern', 'replacement', 'flags?']], run: replace },
  matches: { forms: [['input', 'pattern', 'flags?']], run: matches },
  split: { forms: [['string', 'delimiter']], run: split },
  'string join': {
    forms: [
      ['list', 'delimiter?'],
      ['list', 'delimiter', 'prefix', 'suffix'],
    ],
    takesNull: true,
    run: stringJoin,
  },
}
