import { expect, test } from 'vitest'
import type { Widget } from '../definitions/board.ts'
import { halfWidth } from './on-narrow.ts'

const widget = (id: string, type: string) => ({ id, type, label: id, at: { x: 0, y: 0, w: 3, h: 3 } }) as Widget

test('figures stand two in a row, the odd one alone; charts never share a row', () => {
  const board = [
    widget('a', 'number'),
    widget('b', 'number'),
    widget('c', 'number'),
    widget('chart', 'line'),
    widget('d', 'number'),
    widget('e', 'number'),
  ]
  expect([...halfWidth(board)]).toEqual(['a', 'b', 'd', 'e'])
})
