import { documentKinds, isObject, type SchemaNode } from '@tenon/engine'
import { expect, test } from 'vitest'
import helps from './helps.zh-CN.json' with { type: 'json' }
import { isDrawnElsewhere } from './schema-words.ts'

/** What a panel can have a help for; shared schemas once. */
function descriptions(node: unknown, seen: Set<object>): readonly string[] {
  if (typeof node !== 'object' || node === null || seen.has(node)) return []
  seen.add(node)
  const inner = Object.entries(node).flatMap(([key, value]) => (key === 'x-ui' ? [] : descriptions(value, seen)))
  const own = isObject(node) && !('const' in node) && !isDrawnElsewhere(node as SchemaNode) && node.description
  return typeof own === 'string' ? [own, ...inner] : inner
}
const seen = new Set<object>()
const wanted = new Set(Object.values(documentKinds).flatMap(({ schema }) => descriptions(schema, seen)))

test('every property of a definition has a help in Chinese, and no help is about what is gone', () => {
  const known = Object.keys(helps)
  expect([...wanted].filter((text) => !known.includes(text))).toEqual([])
  expect(known.filter((text) => !wanted.has(text))).toEqual([])
})

test('the helps are Chinese', () => {
  const names = /\b(SLA|FEEL|KPI|CSV|Excel|PDF|BPMN|URL|HTTPS|ID|VIP|QR|API|ISO)\b/g
  const foreign = Object.values(helps).filter(
    (text) => !/[\u4e00-\u9fff]/.test(text) || /[a-zA-Z]{2,}/.test(text.replaceAll(names, '')),
  )
  expect(foreign).toEqual([])
})
