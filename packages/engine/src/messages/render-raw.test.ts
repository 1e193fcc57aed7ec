import { expect, test } from 'vitest'
import { inHeader, inUrl, renderRaw } from './render-raw.ts'

const facts = { now: 0, zone: 'Asia/Shanghai', record: { id: 'r1', a: '1', text: 'x', tags: ['a', 'b'], blank: null } }
const over = (text: string, encode = inUrl) => renderRaw('/{{record.text}}', { ...facts, record: { text } }, encode)

test('values as they are stored; blanks and what there is not give nothing', () => {
  const template = '{{record.id}}|{{record.tags}}|{{record.blank}}|{{record.nothing}}|{{nothing.at_all}}|{{ 1 + 1 }}'
  expect(renderRaw(template, facts, (text) => text)).toBe('r1|a,b|||{{ 1 + 1 }}'.replace('|||', '||||'))
})

test.each([
  ['a/b', '/a%2Fb'],
  ['../../admin', '/..%2F..%2Fadmin'],
  ['..', '/'],
  ['.', '/'],
  ['...', '/'],
  ['?x=1&y#z', '/%3Fx%3D1%26y%23z'],
  ['@evil.example', '/%40evil.example'],
  ['a\\b\r\nc', '/a%5Cb%0D%0Ac'],
  ['中', '/%E4%B8%AD'],
  ['\ud800', '/%EF%BF%BD'],
  ['%2e%2e', '/%252e%252e'],
  ['{{record.id}}', '/%7B%7Brecord.id%7D%7D'],
])('in an address %j is %j: it ends no segment and leads nowhere else', (value, expected) => {
  expect(over(value)).toBe(expected)
  const { host, pathname } = new URL(`https://erp.example${over(value)}`)
  expect([host, pathname.split('/').length]).toEqual(['erp.example', 2])
})

test('in a header nothing but printable ASCII stands as it is', () => {
  expect(inHeader('a: b\r\nX-Evil: 1\0\t中\ud800')).toBe('a: b%0D%0AX-Evil: 1%00%09%E4%B8%AD%EF%BF%BD')
})
