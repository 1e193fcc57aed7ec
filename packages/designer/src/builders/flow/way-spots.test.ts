import { expect, test } from 'vitest'
import { waySpots } from './way-spots.ts'

const run = (targetY: number, gap = 96) =>
  waySpots({ sourceX: 0, sourceY: 0, targetX: gap, targetY, isForward: true, middle: [gap / 2, targetY / 2] })

/** The columns the words can take, whatever they say. */
const columns = ({ words: { x, anchor, maxWidth } }: ReturnType<typeof run>) => {
  const right = anchor.endsWith('Right') ? x : x + maxWidth / 2
  return [right - maxWidth, right] as const
}

test.each([
  ['straight on', 0],
  ['up', -80],
  ['down', 80],
])('words of a way %s stand between its steps', (_, targetY) => {
  const [left, right] = columns(run(targetY))
  expect(left).toBeGreaterThanOrEqual(0)
  expect(right).toBeLessThanOrEqual(96)
})

test('words keep off the line and off the "+" on it', () => {
  expect(run(0).words).toMatchObject({ anchor: 'bottom', y: -11 })
  expect(run(-80).words).toMatchObject({ anchor: 'bottomRight', y: -91 })
  expect(run(80).words).toMatchObject({ anchor: 'topRight', y: 91 })
  expect([run(0).plus?.y, run(-80).plus?.y, run(80).plus?.y]).toEqual([0, -80, 80])
})

test('a long way has more room for words, a way back has them on its run', () => {
  expect(run(80, 400).words.maxWidth).toBe(160)
  const back = waySpots({ sourceX: 400, sourceY: 0, targetX: 0, targetY: 0, isForward: false, middle: [200, 90] })
  expect(back).toEqual({ words: { x: 200, y: 90, anchor: 'middle', maxWidth: 160 } })
})
