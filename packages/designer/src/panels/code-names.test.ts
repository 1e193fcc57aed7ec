import { expect, test } from 'vitest'
import { codeChoices, codeName } from './code-names.ts'

test('codes are called what people call them; what is none stays as it was written', () => {
  expect(codeName('zone', 'zh-CN', 'Asia/Shanghai')).toBe('中国标准时间（Asia/Shanghai）')
  expect(codeName('currency', 'zh-CN', 'CNY')).toBe('人民币（CNY）')
  expect(codeName('currency', 'en', 'EUR')).toBe('Euro (EUR)')
  expect(codeChoices('language', 'zh-CN').map(({ label }) => label)).toEqual(['中文', '英语'])
  expect(codeName('zone', 'en', 'Nowhere/Atall')).toBe('Nowhere/Atall')
})
