import type { Placed } from './layout-flow.ts'

const around = 24
const title = 26

/** The frame around some boxes, with room for its name above them; undefined where there is nothing to frame. */
export function groupBox(boxes: readonly Placed[]): Placed | undefined {
  if (boxes.length === 0) return undefined
  const left = Math.min(...boxes.map(({ at }) => at[0])) - around
  const top = Math.min(...boxes.map(({ at }) => at[1])) - around - title
  const right = Math.max(...boxes.map(({ at, size }) => at[0] + size[0])) + around
  const bottom = Math.max(...boxes.map(({ at, size }) => at[1] + size[1])) + around
  return { at: [left, top], size: [right - left, bottom - top] }
}
