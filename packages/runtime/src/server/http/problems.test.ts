import { readFileSync } from 'node:fs'
import { problemTexts } from '@tenon/engine'
import { describe, expect, test } from 'vitest'
import { TenonError } from '../tenon-error.ts'
import { localeOf, problemDocument, statusByCode, statusOf } from './problems.ts'

const codes = Object.keys(problemTexts).sort()

describe('docs/errors.md', () => {
  const page = readFileSync(new URL('../../../../../docs/errors.md', import.meta.url), 'utf8')
  const paragraphs = new Map(
    [...page.matchAll(/^### (\S+)\n\n(.+)$/gm)].map((match) => [match[1] ?? '', match[2] ?? '']),
  )

  test('explains every code, and no other', () => expect([...paragraphs.keys()].sort()).toEqual(codes))
  test('in a sentence at least', () => {
    for (const [code, text] of paragraphs) expect([code, text.length > 20 && text.endsWith('.')]).toEqual([code, true])
  })
})

test('every status belongs to a code that exists', () => {
  expect(Object.keys(statusByCode).filter((code) => !codes.includes(code))).toEqual([])
})

test.each([
  ['record.notFound', 404],
  ['task.notFound', 404],
  ['form.unknown', 422],
  ['field.required', 422],
  ['version.conflict', 409],
  ['access.denied', 403],
  ['no.such.code', 422],
])('%s is %i', (code, status) => expect(statusOf(code)).toBe(status))

test('a problem document has the words of the language, the particulars in the detail, and each error at its place', () => {
  const error = new TenonError(
    'record.invalid',
    undefined,
    [
      { code: 'field.required', path: '/subject', details: { label: { 'zh-CN': '主题', en: 'Subject' } } },
      { code: 'field.tooLong', path: '/note', details: { label: 'Note', max: 10 } },
    ],
    { current: { id: 'x' } },
  )
  expect(problemDocument(error, 'en')).toMatchObject({
    type: '/errors#record.invalid',
    status: 422,
    code: 'record.invalid',
    current: { id: 'x' },
    errors: [
      { path: '/subject', message: 'Subject is required' },
      { path: '/note', message: 'Note may have at most 10 characters' },
    ],
  })
  expect(problemDocument(error, 'zh-CN').errors?.[0]?.message).toBe('请填写主题')
  expect(problemDocument(new TenonError('request.tooMany', { seconds: 7 }), 'en')).toEqual({
    type: '/errors#request.tooMany',
    title: 'Too many requests',
    status: 429,
    detail: 'Too many requests; try again in 7 seconds',
    code: 'request.tooMany',
  })
})

test.each([
  [undefined, 'zh-CN'],
  ['en-US,en;q=0.9', 'en'],
  ['zh-TW', 'zh-CN'],
  ['de, en;q=0.5', 'en'],
  ['*', 'zh-CN'],
  ['', 'zh-CN'],
])('accept-language %s: %s', (given, locale) => {
  expect(localeOf(given)).toBe(locale)
})
