import { expect, test } from 'vitest'
import { problemTexts } from './problems.ts'
import { renderProblem, titleOf } from './render-problem.ts'

test.each([
  [
    { code: 'document.unknownProperty', details: { property: 'lable', suggestion: 'label' } },
    '这里不能有“lable”，是否想写“label”？',
    '"lable" has no place here; did you mean "label"?',
  ],
  [{ code: 'document.unknownProperty', details: { property: 'zzz' } }, '这里不能有“zzz”', '"zzz" has no place here'],
  [
    { code: 'document.wrongType', details: { expected: ['string', 'array'], actual: 'object' } },
    '应为文本、列表，而不是对象',
    'Must be text, a list, not an object',
  ],
  [
    { code: 'field.required', details: { label: { 'zh-CN': '主题', en: 'Subject' } } },
    '请填写主题',
    'Subject is required',
  ],
  [
    { code: 'document.json', details: { line: 3, column: 1, reason: 'trailingComma' } },
    '第 3 行第 1 列不是有效的 JSON：最后一项后面多了逗号',
    'Not valid JSON at line 3, column 1: there is a comma after the last entry',
  ],
  [
    { code: 'document.danglingReference', details: { what: 'field', id: '{property}' } },
    '引用的字段“{property}”不存在',
    'The field "{property}" does not exist',
  ],
  [{ code: 'no.such.code' }, 'no.such.code', 'no.such.code'],
  [{ code: 'constructor' }, 'constructor', 'constructor'],
])('%j', (problem, zh, en) => {
  expect(renderProblem(problem, 'zh-CN')).toBe(zh)
  expect(renderProblem(problem, 'en')).toBe(en)
})

test('every code has a title without placeholders in both languages, and the same placeholders in both texts', () => {
  for (const [code, text] of Object.entries(problemTexts)) {
    for (const locale of ['zh-CN', 'en'] as const) expect(titleOf(code, locale), code).toMatch(/^[^{}]{2,}$/)
    const names = (one: string) => new Set([...one.matchAll(/\{([^}]*)\}/g)].map((match) => match[1]))
    expect(names(text.en), code).toEqual(names(text['zh-CN']))
  }
})
