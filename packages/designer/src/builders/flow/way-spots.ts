/** Where a way begins and ends on the canvas, and where the kit would write on it. */
type Run = {
  readonly sourceX: number
  readonly sourceY: number
  readonly targetX: number
  readonly targetY: number
  readonly isForward: boolean
  readonly middle: readonly [x: number, y: number]
}
type Spot = { readonly x: number; readonly y: number }
type Words = Spot & {
  /** What of the words stands at the spot: their middle, or a corner or edge of them. */
  readonly anchor: 'middle' | 'bottom' | 'bottomRight' | 'topRight'
  readonly maxWidth: number
}
export type WaySpots = {
  readonly words: Words
  /** Of the "+"; absent: it follows the words. */
  readonly plus?: Spot
}

/** Ways that end no higher or lower than this are straight. */
const straight = 24
/** Room between words and line, where the "+" stands on the line. */
const above = 11
/** Room the words keep from the steps on both sides; the head of the arrow is beside the words, not under them. */
const clear = 6
const widest = 160

/**
 * Ways of one node part at its side, so their words stand where they are already apart: between the two steps and over
 * or under the line, never on a step. A way that leads back has a long run of its own, and its words stand on it.
 */
export function waySpots({ sourceX, sourceY, targetX, targetY, isForward, middle: [x, y] }: Run): WaySpots {
  if (!isForward) return { words: { x, y, anchor: 'middle', maxWidth: widest } }
  const maxWidth = Math.min(widest, Math.max(48, targetX - sourceX - 2 * clear))
  if (Math.abs(targetY - sourceY) <= straight)
    return { words: { x, y: Math.min(sourceY, targetY) - above, anchor: 'bottom', maxWidth }, plus: { x, y } }
  const isUp = targetY < sourceY
  const end = { x: targetX - clear, maxWidth }
  return {
    words: isUp
      ? { ...end, y: targetY - above, anchor: 'bottomRight' }
      : { ...end, y: targetY + above, anchor: 'topRight' },
    plus: { x: (x + targetX) / 2 - 4, y: targetY },
  }
}
