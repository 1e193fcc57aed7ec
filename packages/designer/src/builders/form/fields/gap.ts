export type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }
export type Gap = {
  readonly index: number
  /** Where the mark is drawn, in the coordinates of the boxes. */
  readonly line: Box
}

const distance = (box: Box, x: number, y: number) =>
  Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom))

/** Half of the space between two fields, where the mark stands. */
const half = { across: 10, along: 7 }

/**
 * The gap between fields that a pointer means: beside the nearest one, on the side the pointer is on. A field that
 * takes the row is passed above or below, others at their left or right.
 */
export function gapAt(x: number, y: number, cells: readonly Box[], around: Box): Gap {
  let nearest = -1
  let best = Number.POSITIVE_INFINITY
  for (const [index, box] of cells.entries()) {
    const far = distance(box, x, y)
    if (far < best) [nearest, best] = [index, far]
  }
  const box = cells[nearest]
  if (!box) return { index: 0, line: { ...around, top: around.top + 4, bottom: around.top + 4 } }
  const isRow = box.right - box.left > (around.right - around.left) * 0.75
  if (isRow || y > box.bottom + half.along) {
    const isBehind = y > (box.top + box.bottom) / 2
    const at = isBehind ? box.bottom + half.along : box.top - half.along
    return { index: nearest + Number(isBehind), line: { left: box.left, right: box.right, top: at, bottom: at } }
  }
  const isBehind = x > (box.left + box.right) / 2
  const at = isBehind ? box.right + half.across : box.left - half.across
  return { index: nearest + Number(isBehind), line: { left: at, right: at, top: box.top, bottom: box.bottom } }
}

export type Direction = 'up' | 'down' | 'left' | 'right'

/** The field an arrow key leads to: the next in reading order, or the nearest in the row above or below. */
export function neighbour(boxes: readonly Box[], from: number, direction: Direction): number | undefined {
  if (direction === 'left' || direction === 'right') {
    const next = from + (direction === 'left' ? -1 : 1)
    return boxes[next] ? next : undefined
  }
  const own = boxes[from]
  if (!own) return undefined
  const middle = (box: Box) => (box.left + box.right) / 2
  const isBeyond = (box: Box) => (direction === 'up' ? box.bottom <= own.top + 1 : box.top >= own.bottom - 1)
  const rows = (box: Box) => (direction === 'up' ? own.top - box.bottom : box.top - own.bottom)
  let found: number | undefined
  let best = Number.POSITIVE_INFINITY
  for (const [index, box] of boxes.entries()) {
    if (!isBeyond(box)) continue
    const far = rows(box) * 10_000 + Math.abs(middle(box) - middle(own))
    if (far < best) [found, best] = [index, far]
  }
  return found
}
