import { expect, test } from 'vitest'
import type { PlacedText } from './use-texts.ts'
import { wordingsOf } from './wordings.ts'

const text = (address: string, value: PlacedText['value']): PlacedText => ({
  file: 'app.json',
  path: `/${address}`,
  address,
  trail: [],
  title: {},
  value,
  where: '',
  key: `app.json ${address}`,
})

test('a table words what it says differently, by language; blanks and strangers change nothing', () => {
  const texts = [text('label', { 'zh-CN': '演示' }), text('description', { 'zh-CN': '说明', en: 'Text' })]
  const { wordings, unknown } = wordingsOf(
    [
      ['文件', '位置', '说明', 'zh-CN', 'en'],
      ['app.json', 'label', '', '演示', 'Demo'],
      ['app.json', 'description', '', '说明', ''],
      ['app.json', 'gone', '', '没有', 'Gone'],
    ],
    texts,
  )
  expect(wordings.map(({ text: { address }, locale, words }) => [address, locale, words])).toEqual([
    ['label', 'en', 'Demo'],
  ])
  expect(unknown).toBe(1)
})
