import type { Chance } from './chance.ts'

export const formulaContext = { a: 1, b: [1, 2, 3], t: 'text', o: { p: 1 }, f: null }

const numbers = ['1.5', '0.1', '.25', '1e3', '99999999999999999999']
const words = [
  'true',
  'false',
  'null',
  '"a"',
  '"中文😀"',
  '""',
  '"2026-03-02"',
  'a',
  'b',
  't',
  'o',
  'f',
  'nothing',
  'now()',
  'today()',
]
const moments = [
  '@"2026-03-02"',
  '@"PT2H"',
  '@"P1M"',
  '@"10:00:00"',
  '@"2026-03-02T10:00:00Z"',
  '@"2026-03-02T10:00:00@Europe/Berlin"',
  '@"nothing"',
]
const literals: readonly ((chance: Chance) => string)[] = [
  (chance) => String(chance.below(41) - 20),
  (chance) => chance.one(numbers),
  (chance) => chance.one(words),
  (chance) => chance.one(moments),
]
const binary = ['+', '-', '*', '/', '**', '=', '!=', '<', '<=', '>', '>=', 'and', 'or']
const unaryFunction = [
  'not',
  'string',
  'number',
  'date',
  'time',
  'duration',
  'abs',
  'floor',
  'sqrt',
  'log',
  'exp',
  'odd',
  'count',
  'sum',
  'min',
  'max',
  'mean',
  'median',
  'mode',
  'stddev',
  'all',
  'any',
  'reverse',
  'flatten',
  'distinct values',
  'sort',
  'string length',
  'upper case',
  'day of week',
  'week of year',
  'get entries',
  'context',
  'is defined',
  'date and time',
  'product',
  'union',
  'last day of month',
  '求和',
]
const binaryFunction = [
  'contains',
  'starts with',
  'substring',
  'substring before',
  'split',
  'modulo',
  'decimal',
  'round half up',
  'round down',
  'list contains',
  'append',
  'concatenate',
  'index of',
  'remove',
  'sublist',
  'before',
  'after',
  'includes',
  'during',
  'overlaps',
  'meets',
  'coincides',
  'get value',
  'is',
  'years and months duration',
  'date and time',
  'string join',
  'matches',
  'partition',
]

/** Each construct of the profile; `$` stands for a part. Those that are used most stand here more than once. */
const shapes = [
  ...Array<string>(6).fill('($) %binary ($)'),
  '-($)',
  '%unary($)',
  '%two($, $)',
  'if $ then $ else $',
  '($) between ($) and ($)',
  '($) in ($, > ($))',
  '[$, $]',
  '[($)..($))',
  '{x: $, y: x, z: $}',
  '($)[$]',
  '($).x',
  '($).year',
  '(for x in ($) return ($))',
  '(for x in -3..3, y in [$] return ($))',
  '(some x in ($) satisfies ($))',
  '(every x in ($) satisfies ($))',
  'sort($, function(x, y) $)',
  '(function(x) $)(x: 1)',
]
const lists: { readonly [name: string]: readonly string[] } = { binary, unary: unaryFunction, two: binaryFunction }

/** FEEL text by chance: every construct of the profile, over the names of `formulaContext`; the deeper the rarer. */
export function feelText(chance: Chance, depth = 0): string {
  if (chance.below(4) < depth + 1) return chance.one(literals)(chance)
  return chance
    .one(shapes)
    .replace(/\$|%(\w+)/g, (_, list?: string) => (list ? chance.one(lists[list] ?? []) : feelText(chance, depth + 1)))
}

const pieces = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '"',
  '\\',
  '.',
  ',',
  ':',
  '@',
  '?',
  '$',
  '\u0000',
  '\ud800',
  '😀',
  '/*',
  '//',
  '..',
  ' ',
  '`',
  '；',
]

/** The text with one to six characters removed, doubled, swapped or replaced. */
export function mutated(text: string, chance: Chance): string {
  let current = text
  for (let left = chance.below(6) + 1; left > 0; left--) {
    const at = chance.below(current.length + 1)
    const [before, after] = [current.slice(0, at), current.slice(at)]
    current = chance.one([
      before + after.slice(1),
      before + after.slice(0, 5) + after,
      before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2),
      before + chance.one(pieces) + after.slice(1),
    ])
  }
  return current
}
