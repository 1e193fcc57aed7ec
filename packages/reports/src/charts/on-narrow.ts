import type { Widget, WidgetType } from '../definitions/board.ts'

/** How a type of widget stands on a board of one column. */
type Narrow = {
  /** Two of them go into a row. */
  readonly half: boolean
  /** As high as what it shows, not as it was drawn for a wide board. */
  readonly ownHeight: boolean
}

const narrow: { readonly [T in WidgetType]: Narrow } = {
  number: { half: true, ownHeight: true },
  text: { half: false, ownHeight: true },
  line: { half: false, ownHeight: false },
  bar: { half: false, ownHeight: false },
  pie: { half: false, ownHeight: false },
  table: { half: false, ownHeight: false },
}

/** Whether a narrow board gives the widget as much height as it needs, and no more. */
export const hasOwnHeight = ({ type }: Widget): boolean => narrow[type].ownHeight

/**
 * Widgets that take half the width of a narrow board, in the order they are read: such stand two in a row; one that would
 * stand alone takes the row.
 */
export function halfWidth(inOrder: readonly Widget[]): ReadonlySet<string> {
  const halves = new Set<string>()
  for (let at = 0; at + 1 < inOrder.length; at += 1) {
    const [one, next] = inOrder.slice(at, at + 2)
    if (!one || !next || !narrow[one.type].half || !narrow[next.type].half) continue
    halves.add(one.id).add(next.id)
    at += 1
  }
  return halves
}
