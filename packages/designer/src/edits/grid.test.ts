import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bottomOf, columns, type Placed, placeWidget } from './grid.ts'

const board: readonly Placed[] = [
  { id: 'a', at: { x: 0, y: 0, w: 6, h: 2 } },
  { id: 'b', at: { x: 6, y: 0, w: 6, h: 2 } },
  { id: 'c', at: { x: 0, y: 2, w: 12, h: 4 } },
]
const places = (widgets: readonly Placed[]) =>
  Object.fromEntries(widgets.map(({ id, at }) => [id, [at.x, at.y, at.w, at.h]]))

test('what is in the way goes down, and what is in its way too; the rest stays', () => {
  const moved = placeWidget(board, 'a', { x: 2, y: 0, w: 6, h: 2 })
  expect(places(moved)).toEqual({ a: [2, 0, 6, 2], b: [6, 2, 6, 2], c: [0, 4, 12, 4] })
  const taller = placeWidget(board, 'b', { x: 6, y: 0, w: 6, h: 3 })
  expect(places(taller)).toEqual({ a: [0, 0, 6, 2], b: [6, 0, 6, 3], c: [0, 3, 12, 4] })
  expect(taller[0]).toBe(board[0])
})

test('nothing leaves the grid, and a move that is none changes nothing', () => {
  expect(places(placeWidget(board, 'a', { x: -1, y: -3, w: 20, h: 0 })).a).toEqual([0, 0, 12, 1])
  expect(placeWidget(board, 'b', { x: 7, y: 0, w: 6, h: 2 })).toBe(board)
  expect(bottomOf(board)).toBe(6)
})

test('whatever is moved where, no widget covers another', () => {
  const cell = fc.record({
    x: fc.integer({ min: -2, max: 13 }),
    y: fc.integer({ min: -2, max: 12 }),
    w: fc.integer({ min: 0, max: 13 }),
    h: fc.integer({ min: 0, max: 6 }),
  })
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), cell), { maxLength: 8 }), (moves) => {
      const after = moves.reduce((now, [id, at]) => placeWidget(now, id, at), board)
      const taken = new Set<string>()
      for (const { at } of after)
        for (let x = at.x; x < at.x + at.w; x += 1)
          for (let y = at.y; y < at.y + at.h; y += 1) {
            expect(x).toBeLessThan(columns)
            expect(taken.has(`${x}:${y}`)).toBe(false)
            taken.add(`${x}:${y}`)
          }
    }),
  )
})
