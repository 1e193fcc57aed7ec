import type { Placed } from '@tenon/engine/layout'
import { expect, test } from 'vitest'
import { dipBelow } from './dip-below.ts'

const step = (x: number, y: number): Placed => ({ at: [x, y], size: [184, 64] })
const sign = (x: number, y: number): Placed => ({ at: [x, y], size: [50, 50] })
const [first, last] = [step(0, 100), step(600, 100)]

// The way back runs 24 below its ends: at 188.
test.each<[string, readonly Placed[], number]>([
  ['nothing in between', [], 0],
  ['a step that ends above it', [step(300, 60)], 0],
  ['a step in its way: below that', [step(300, 150)], 150 + 64 + 12 - 188],
  ['a sign whose name is in its way: below the name', [sign(300, 107)], 107 + 50 + 40 + 12 - 188],
  ['a step further down is let be', [step(300, 260)], 0],
  ['one step after another', [step(300, 150), step(450, 220)], 220 + 64 + 12 - 188],
  ['a sub-process around both', [{ at: [-40, 40], size: [1000, 300] }], 0],
  ['beside it, not between', [step(900, 150)], 0],
])('%s', (_name, between, dip) => {
  expect(dipBelow(first, last, [first, last, ...between])).toBe(dip)
  expect(dipBelow(last, first, [first, last, ...between])).toBe(dip)
})
