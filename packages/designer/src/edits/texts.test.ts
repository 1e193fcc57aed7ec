import { AppDefinition, CalendarDefinition } from '@tenon/engine'
import { expect, test } from 'vitest'
import { isTranslated, textIn, textsIn, withPointer, withText } from './texts.ts'

const app = {
  id: 'demo',
  kind: 'app',
  schemaVersion: 1,
  version: '1.0.0',
  label: { 'zh-CN': '演示', en: 'Demo' },
  locales: ['zh-CN', 'en'],
  roles: [{ id: 'agent', label: '客服', description: { 'zh-CN': '接待客户' } }],
  navigation: [{ id: 'home', label: 'SLA', page: 'workbench', group: '常用' }],
}

test('every text of a definition is found by its schema, with where it is', () => {
  const texts = textsIn({ file: 'app.json', document: app, schema: AppDefinition })
  expect(texts.map(({ address, path, title }) => [address, path, title['zh-CN']])).toEqual([
    ['label', '/label', '名称'],
    ['roles/agent/label', '/roles/0/label', '名称'],
    ['roles/agent/description', '/roles/0/description', '说明'],
    ['navigation/home/label', '/navigation/0/label', '名称'],
    ['navigation/home/group', '/navigation/0/group', '分组'],
  ])
  expect(texts[2]?.trail).toEqual([app.label, '客服'])
})

test('entries without an id are told apart by their place', () => {
  const document = {
    id: 'c',
    label: '日历',
    weekly: {},
    days: [{ date: '2026-01-01', label: '元旦', off: true }],
  }
  const texts = textsIn({ file: 'calendars/c.json', document, schema: CalendarDefinition })
  expect(texts.map(({ address }) => address)).toEqual(['label', 'days/0/label'])
})

test('a text is translated when every language of the app has it; a single Latin word counts for all', () => {
  const both = ['zh-CN', 'en'] as const
  expect(isTranslated({ 'zh-CN': '演示', en: 'Demo' }, both)).toBe(true)
  expect(isTranslated({ 'zh-CN': '演示' }, both)).toBe(false)
  expect(isTranslated('演示', both)).toBe(false)
  expect(isTranslated('SLA', both)).toBe(true)
  expect(textIn('演示', 'en')).toBe('')
})

test('a wording is set and taken back, and what is not touched stays the same object', () => {
  expect(withText('客服', 'en', 'Agent')).toEqual({ 'zh-CN': '客服', en: 'Agent' })
  expect(Object.keys(withText({ en: 'Agent' }, 'zh-CN', '客服') as object)).toEqual(['zh-CN', 'en'])
  expect(withText({ 'zh-CN': '客服', en: 'Agent' }, 'en', '')).toEqual({ 'zh-CN': '客服' })
  const changed = withPointer(app, '/roles/0/label', (value) => withText(value as string, 'en', 'Agent'))
  expect(changed.roles[0]?.label).toEqual({ 'zh-CN': '客服', en: 'Agent' })
  expect(changed.navigation).toBe(app.navigation)
  expect(withPointer(app, '/nowhere/0', () => 'x')).toBe(app)
})
