import fc from 'fast-check'
import { expect, test } from 'vitest'
import { documentOf } from '../../test/generate-documents.ts'
import { canonicalText } from './canonical.ts'
import { documentKinds } from './kinds.ts'
import { parseDocument } from './parse-document.ts'

const seed = 20261101
const form = documentKinds.form.schema

test('keys stand in the schema order: $schema and id first, unknown ones last', () => {
  const text = canonicalText(
    {
      fields: [{ label: 'Nr', zzz: 1, type: 'text', id: 'nr' }],
      other: true,
      label: 'Ticket',
      kind: 'form',
      id: 'ticket',
      $schema: 'x',
    },
    form,
  )
  expect(text).toBe(`{
  "$schema": "x",
  "id": "ticket",
  "kind": "form",
  "label": "Ticket",
  "fields": [{ "id": "nr", "type": "text", "label": "Nr", "zzz": 1 }],
  "other": true
}
`)
})

test('records keep the order of their author', () => {
  const text = canonicalText(
    { id: 'm', kind: 'message', label: { en: 'b', 'zh-CN': 'a' } },
    documentKinds.message.schema,
  )
  expect(text).toContain('"label": { "en": "b", "zh-CN": "a" }')
})

test('conditions are ordered through $ref and keyed unions', () => {
  const leaf = { value: 'x', operator: 'equal', path: '$.a', fact: 'record' }
  const text = canonicalText({ id: 'p', kind: 'policy', when: { all: [{ not: leaf }] } }, documentKinds.policy.schema)
  expect(text).toContain('{ "not": { "fact": "record", "path": "$.a", "operator": "equal", "value": "x" } }')
})

test('one line up to 120 columns, counting a Chinese character as two', () => {
  const line = (length: number) => canonicalText({ a: [`${'x'.repeat(length)}`, '中文'] }, {}).split('\n')
  // `  "a": ["…", "中文"]` is 19 columns without the dots, of which the two Chinese characters are four.
  expect(line(101)).toHaveLength(4)
  expect(line(101)[1]).toHaveLength(118)
  expect(line(102)).toHaveLength(7)
})

test.each(Object.keys(documentKinds))('a generated %s survives printing and printing again, byte for byte', (kind) => {
  const { schema } = documentKinds[kind as keyof typeof documentKinds]
  fc.assert(
    fc.property(documentOf(schema), (doc) => {
      const text = canonicalText(doc, schema)
      const read = parseDocument(text)
      expect(read).toEqual({ ok: true, value: doc })
      expect(canonicalText(read.ok ? read.value : undefined, schema)).toBe(text)
      expect(text.includes('\r')).toBe(false)
    }),
    { seed, numRuns: 100 },
  )
})

test('any JSON at all survives', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false, maxDepth: 6 }), (value) => {
      const text = canonicalText({ fields: value }, form)
      // −0 has no canonical text of its own; it is 0
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ fields: value })))
      expect(canonicalText(JSON.parse(text), form)).toBe(text)
    }),
    { seed, numRuns: 500 },
  )
})

test('shuffled keys give the same text', () => {
  fc.assert(
    fc.property(documentOf(form), fc.infiniteStream(fc.nat()), (doc, numbers) => {
      const shuffled = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(shuffled)
        if (typeof value !== 'object' || value === null) return value
        const entries = Object.entries(value).map(([key, item]) => [numbers.next().value, key, shuffled(item)] as const)
        // Records keep their order by design, so only objects with declared keys are shuffled.
        if ('label' in value || 'fact' in value) entries.sort((one, other) => one[0] - other[0])
        return Object.fromEntries(entries.map(([, key, item]) => [key, item]))
      }
      expect(canonicalText(shuffled(doc), form)).toBe(canonicalText(doc, form))
    }),
    { seed, numRuns: 100 },
  )
})
