import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maxDocumentLength, parseDocument } from './parse-document.ts'

const problemOf = (text: string) => {
  const result = parseDocument(text)
  return result.ok ? undefined : result.error[0]
}

test.each<[name: string, text: string, reason: string, line: number, column: number]>([
  ['empty', '', 'end', 1, 1],
  ['cut short', '{"a": [1,', 'end', 1, 10],
  ['a comma too many', '{\n  "a": 1,\n}', 'trailingComma', 3, 1],
  ['a comma forgotten', '{\n  "a": 1\n  "b": 2\n}', 'comma', 3, 3],
  ['a key without quotes', '{a: 1}', 'key', 1, 2],
  ['a colon forgotten', '{"a" 1}', 'colon', 1, 6],
  ['single quotes', "{'a': 1}", 'key', 1, 2],
  ['a number with a leading zero', '[01]', 'comma', 1, 3],
  ['a number too large for a number', '[1e999]', 'number', 1, 7],
  ['an open string', '{"a": "x}', 'string', 1, 7],
  ['a bad escape', '["\\x"]', 'string', 1, 2],
  ['a line break in a string', '["a\nb"]', 'string', 1, 2],
  ['something after the end', '{} x', 'trailing', 1, 4],
  ['a word that is no value', '[yes]', 'value', 1, 2],
])('refuses %s', (_, text, reason, line, column) => {
  expect(problemOf(text)).toMatchObject({ code: 'document.json', details: { reason, line, column } })
})

test.each(['__proto__', 'constructor', 'prototype'])(
  'refuses the key %s at any depth, however it is spelled',
  (key) => {
    const escaped = `\\u${key.charCodeAt(0).toString(16).padStart(4, '0')}${key.slice(1)}`
    for (const spelling of [key, escaped])
      expect(problemOf(`{"a": [{"b": {"${spelling}": {"polluted": 1}}}]}`)).toMatchObject({
        code: 'document.forbiddenKey',
        path: `/a/0/b/${key}`,
        details: { key },
      })
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  },
)

test('refuses a key written twice', () => {
  expect(problemOf('{"a": 1,\n "b": {"c": 1, "c": 2}}')).toEqual({
    code: 'document.duplicateKey',
    path: '/b/c',
    details: { key: 'c', line: 2, column: 16 },
  })
})

test('refuses 31 levels and reads 30; a million brackets are a problem, not a crash', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
  expect(parseDocument(nested(30)).ok).toBe(true)
  expect(problemOf(nested(31))).toMatchObject({ code: 'document.tooDeep' })
  expect(problemOf(nested(1_000_000))).toMatchObject({ code: 'document.tooDeep' })
})

test('refuses more than two megabytes, reads a long string', () => {
  expect(problemOf(`"${'x'.repeat(maxDocumentLength)}"`)).toMatchObject({ code: 'document.tooLarge' })
  expect(parseDocument(`"${'x'.repeat(maxDocumentLength - 2)}"`).ok).toBe(true)
})

test('passes over a byte order mark', () => {
  expect(parseDocument('\ufeff{"a": 1}')).toEqual({ ok: true, value: { a: 1 } })
})

test('reads what JSON.parse reads, for every JSON text', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), fc.constantFrom(0, 2, 7), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      const keys = JSON.stringify(value).match(/"(__proto__|constructor|prototype)":/)
      if (!keys) expect(parseDocument(text)).toEqual({ ok: true, value: JSON.parse(text) })
    }),
    { seed: 7, numRuns: 1000 },
  )
})

test('refuses what JSON.parse refuses, for damaged texts', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.nat(),
      fc.constantFrom('', ',', '"', '}', '[', '\\', 'e', '\u0001'),
      (value, at, insert) => {
        const text = JSON.stringify(value)
        const cut = at % (text.length + 1)
        const damaged = text.slice(0, cut) + insert + text.slice(cut + 1)
        const isJson = (() => {
          try {
            return Number.isFinite(typeof JSON.parse(damaged) === 'number' ? JSON.parse(damaged) : 0)
          } catch {
            return false
          }
        })()
        const ours = parseDocument(damaged)
        if (!isJson) expect(ours.ok).toBe(false)
        else if (!ours.ok)
          expect(ours.error[0]?.code === 'document.json' && ours.error[0].details?.reason !== 'number').toBe(false)
      },
    ),
    { seed: 8, numRuns: 2000 },
  )
})
