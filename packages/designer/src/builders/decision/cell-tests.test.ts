import { expect, test } from 'vitest'
import { cellOf, valuesOf } from './cell-tests.ts'

test.each([
  [undefined, []],
  ['-', []],
  ['"vip"', ['vip']],
  ['"vip", "key"', ['vip', 'key']],
  ['true', ['true']],
  ['not("vip")', undefined],
  ['>= 5', undefined],
  ['[1..3], 5', undefined],
])('%s names the values %j', (cell, values) => {
  expect(valuesOf(cell)).toEqual(values)
})

test('what is written is read again', () => {
  expect(cellOf([], true)).toBeUndefined()
  expect(valuesOf(cellOf(['vip', 'key'], true))).toEqual(['vip', 'key'])
  expect(valuesOf(cellOf(['true'], false))).toEqual(['true'])
})
