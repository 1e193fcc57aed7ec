import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareText } from './code-points.ts'

/** The order of UTF-8 bytes is the order of code points: both databases compare so. */
const bytes = (text: string): readonly number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0)
function slowly(a: string, b: string): number {
  const [left, right] = [bytes(a), bytes(b)]
  for (let at = 0; at < Math.min(left.length, right.length); at++)
    if (left[at] !== right[at]) return (left[at] ?? 0) < (right[at] ?? 0) ? -1 : 1
  return Math.sign(left.length - right.length)
}

test('equals the order of code points', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'Z', '中', '\ud7ff', '\ue000', '｡', '\uffff', '😀', '𠮷', '🀄'),
    maxLength: 5,
  })
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(compareText(a, b)).toBe(slowly(a, b))
    }),
    { seed: 7, numRuns: 3000 },
  )
})
