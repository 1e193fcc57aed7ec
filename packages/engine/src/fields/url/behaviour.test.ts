import { expect, test } from 'vitest'
import { normalised } from '../sample-form.ts'
import type { Field } from '../schemas.ts'
import { webAddressText } from './web-address.ts'

const field: Field = { type: 'url', id: 'site', label: '网址' }

test.each([
  ['HTTPS://Example.COM/Path', 'https://example.com/Path'],
  ['http://erp:8080/#/orders/7', 'http://erp:8080/#/orders/7'],
  ['http://192.168.1.20/cgi', 'http://192.168.1.20/cgi'],
  ['http://[2001:db8::1]:8080/', 'http://[2001:db8::1]:8080/'],
  ['www.example.com', 'https://www.example.com'],
  ['example.com:8443?q=%E5%B7%A5', 'https://example.com:8443?q=%E5%B7%A5'],
  ['例子.中国/产品', 'https://例子.中国/产品'],
  ['https：／／ｗｗｗ．example．com', 'https://www.example.com'],
  ["https://a.example/x_(y)?a=1&b=[2]&c='d'|e,f;g#h@i", "https://a.example/x_(y)?a=1&b=[2]&c='d'|e,f;g#h@i"],
])('%s is %s', (raw, value) => expect(normalised(field, raw)).toBe(value))

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript://example.com/%0aalert(1)',
  'java\tscript:alert(1)',
  'data:text/html,<script>x</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'ftp://example.com',
  'mailto:a@b.cn',
  'blob:https://example.com/1',
  '//example.com',
  '/local/path',
  'https://',
  'https:example.com',
  'https:///example.com',
  'https://user:secret@example.com',
  'https://bank.example@other.example/',
  'https://example.com\\@other.example',
  'https://example.com/a b',
  'https://example.com/"onmouseover=x',
  'https://example.com/<b>',
  'https://example.com/\u202Etxt.exe',
  'https://-a.com',
  '见说明书',
  '好的。谢谢',
  '3.5',
  'v1',
])('%s is no address of the web', (raw) => expect(normalised(field, raw)).toEqual({ code: 'field.notUrl' }))

test('an address has an end', () =>
  expect(normalised(field, `https://example.com/${'x'.repeat(2000)}`)).toEqual({
    code: 'field.tooLong',
    details: { max: 2000 },
  }))

test.each([
  ['https://www.example.com/', 'www.example.com'],
  ['http://example.com/a/', 'example.com/a/'],
  ['https://example.com?q', 'example.com?q'],
])('%s reads %s', (address, text) => expect(webAddressText(address)).toBe(text))
