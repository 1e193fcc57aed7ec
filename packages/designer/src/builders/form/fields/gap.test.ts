import { expect, test } from 'vitest'
import { type Box, gapAt, neighbour } from './gap.ts'

const around: Box = { left: 0, top: 0, right: 200, bottom: 300 }
const box = (left: number, top: number, right: number): Box => ({ left, top, right, bottom: top + 50 })
// A row of its own, then two in a row, then one at the left.
const cells = [box(0, 0, 200), box(0, 64, 90), box(110, 64, 200), box(0, 128, 90)]

test.each([
  ['above the first', 100, 5, 0],
  ['below a field that takes the row', 100, 45, 1],
  ['left of the first in a row', 10, 90, 1],
  ['right of it', 80, 90, 2],
  ['between both, nearer to the second', 108, 90, 2],
  ['right of the second', 190, 90, 3],
  ['below the last', 40, 290, 4],
  ['the empty place at the right of the last', 180, 150, 3],
])('%s', (_, x, y, index) => expect(gapAt(x, y, cells, around).index).toBe(index))

test('a section without fields has one gap', () => {
  expect(gapAt(5, 5, [], around)).toEqual({ index: 0, line: { left: 0, right: 200, top: 4, bottom: 4 } })
})

test('arrows lead to the nearest field in the row above and below, and in reading order', () => {
  expect([neighbour(cells, 0, 'down'), neighbour(cells, 2, 'down'), neighbour(cells, 3, 'up')]).toEqual([1, 3, 1])
  expect([neighbour(cells, 2, 'up'), neighbour(cells, 1, 'right'), neighbour(cells, 1, 'left')]).toEqual([0, 2, 0])
  expect([neighbour(cells, 0, 'up'), neighbour(cells, 3, 'right')]).toEqual([undefined, undefined])
})
