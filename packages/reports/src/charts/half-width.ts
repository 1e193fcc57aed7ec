import type { Widget } from '../definitions/board.ts'

const isFigure = (widget: Widget): boolean => widget.type === 'number'

/**
 * Widgets that take half the width of a narrow board, in the order they are read: figures stand two in a row; one that
 * would stand alone takes the row.
 */
export function halfWidth(inOrder: readonly Widget[]): ReadonlySet<string> {
  const halves = new Set<string>()
  for (let at = 0; at + 1 < inOrder.length; at += 1) {
    const [one, next] = inOrder.slice(at, at + 2)
    if (!one || !next || !isFigure(one) || !isFigure(next)) continue
    halves.add(one.id).add(next.id)
    at += 1
  }
  return halves
}
