import { type RefObject, useCallback, useState } from 'react'

/** Rows have one height, so that where a row stands is known without drawing it. */
const rowHeight = 36
const viewHeight = 480
/** Fewer rows than this are all drawn: the browser's own search finds them. */
const fewRows = 100
const spare = 10

/** Which rows of a long table are drawn, and how much room the others take above and below. */
export function useWindow(frame: RefObject<HTMLElement | null>, count: number) {
  const [top, setTop] = useState(0)
  const isTall = count > fewRows
  const from = isTall ? Math.max(0, Math.floor(top / rowHeight) - spare) : 0
  const to = isTall ? Math.min(count, Math.ceil((top + viewHeight) / rowHeight) + spare) : count
  const reveal = useCallback(
    (row: number) => {
      const element = frame.current
      if (!element || row < fewRows / 2) return
      const [above, below] = [element.scrollTop, element.scrollTop + element.clientHeight - 3 * rowHeight]
      if (row * rowHeight < above || row * rowHeight > below) {
        element.scrollTop = Math.max(0, row * rowHeight - element.clientHeight / 2)
        setTop(element.scrollTop)
      }
    },
    [frame],
  )
  return {
    isTall,
    from,
    to,
    above: from * rowHeight,
    below: (count - to) * rowHeight,
    onScroll: useCallback(() => setTop(frame.current?.scrollTop ?? 0), [frame]),
    reveal,
  }
}
