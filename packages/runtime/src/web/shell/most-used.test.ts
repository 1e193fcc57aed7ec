import { expect, test } from 'vitest'
import { mostUsed } from './most-used.ts'

test('the most frequent first, of those that contain what was typed', () => {
  const lists = [['返修', 'VIP'], ['VIP'], null, undefined, ['vip 客户', '夜间']]
  expect(mostUsed(lists, '')).toEqual(['VIP', '返修', 'vip 客户', '夜间'])
  expect(mostUsed(lists, ' vi')).toEqual(['VIP', 'vip 客户'])
  expect(mostUsed([], 'x')).toEqual([])
})
