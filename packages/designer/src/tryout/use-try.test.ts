import { expect, test, vi } from 'vitest'
import { inPlainWords } from './use-try.ts'

vi.mock('@tenon/runtime/page', () => ({ client: {} }))

test('a refusal is read without codes and pointers', () => {
  expect(inPlainWords('被拒绝：内容有误 [record.invalid]; /customer 客户不能修改 [field.readOnly]')).toBe(
    '被拒绝：内容有误; 客户不能修改',
  )
  expect(inPlainWords('refused: 1/2 of [them] agreed')).toBe('refused: 1/2 of [them] agreed')
})
