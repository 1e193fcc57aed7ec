import { type RefObject, useEffect, useState } from 'react'
import type { Place } from '../edits/place-fields.ts'
import styles from '../form-bench.module.css'
import { type Box, gapAt } from './gap.ts'

type Props = {
  readonly name: string
  readonly canvas: RefObject<HTMLElement | null>
  /** Whether what is dragged can become a column of a sub-table. */
  readonly isColumn: boolean
  /** Where it would be dropped now; undefined: nowhere. */
  readonly onPlace: (place: Place | undefined) => void
}
type Shown = { readonly x: number; readonly y: number; readonly line: Box | undefined }

/** What is being dragged, at the pointer, and the gap it would fall into. Only this is drawn while the pointer moves. */
export function DragLayer({ name, canvas, isColumn, onPlace }: Props) {
  const [shown, setShown] = useState<Shown>()
  useEffect(() => {
    const follow = (x: number, y: number) => {
      const found = canvas.current
        ? (isColumn && columnUnder(canvas.current, x, y)) || placeUnder(canvas.current, x, y)
        : undefined
      onPlace(found?.place)
      setShown({ x, y, line: found?.line })
    }
    const byMouse = (event: MouseEvent) => follow(event.clientX, event.clientY)
    const byTouch = ({ touches: [touch] }: TouchEvent) => touch && follow(touch.clientX, touch.clientY)
    window.addEventListener('mousemove', byMouse)
    window.addEventListener('touchmove', byTouch)
    return () => {
      window.removeEventListener('mousemove', byMouse)
      window.removeEventListener('touchmove', byTouch)
    }
  }, [canvas, isColumn, onPlace])
  if (!shown) return null
  const { x, y, line } = shown
  return (
    <>
      {line && (
        <div
          className={styles.mark}
          data-testid="insertion-mark"
          style={{
            left: line.left - 1,
            top: line.top - 1,
            width: Math.max(3, line.right - line.left),
            height: Math.max(3, line.bottom - line.top),
          }}
        />
      )}
      <div className={styles.ghost} style={{ transform: `translate(${x + 12}px, ${y + 8}px)` }}>
        {name}
      </div>
    </>
  )
}

/** The gap between columns of the sub-table under the pointer; its edges belong to the form around it. */
function columnUnder(canvas: HTMLElement, x: number, y: number): { place: Place; line: Box } | undefined {
  const edge = 10
  for (const table of canvas.querySelectorAll<HTMLElement>('[data-table]')) {
    const box = table.getBoundingClientRect()
    if (x < box.left || x > box.right || y < box.top + edge || y > box.bottom - edge) continue
    const heads = [...table.querySelectorAll('[data-column]')].map((head) => head.getBoundingClientRect())
    const behind = heads.filter(({ left, right }) => x > (left + right) / 2).length
    const at = heads[behind]?.left ?? heads.at(-1)?.right ?? box.left
    return {
      place: { section: '', index: behind, table: table.dataset.table ?? '' },
      line: { left: at, right: at, top: box.top, bottom: box.bottom },
    }
  }
  return undefined
}

function placeUnder(canvas: HTMLElement, x: number, y: number): { place: Place; line: Box } | undefined {
  const frame = canvas.getBoundingClientRect()
  if (x < frame.left || x > frame.right || y < frame.top || y > frame.bottom) return undefined
  const sections = [...canvas.querySelectorAll<HTMLElement>('[data-section]')]
  const far = (section: HTMLElement) => {
    const { top, bottom } = section.getBoundingClientRect()
    return Math.max(top - y, 0, y - bottom)
  }
  const [nearest] = sections.sort((one, other) => far(one) - far(other))
  const body = nearest?.querySelector<HTMLElement>('[data-body]')
  if (!nearest || !body) return undefined
  const cells = [...body.querySelectorAll('[data-cell]')].map((cell) => cell.getBoundingClientRect())
  const { index, line } = gapAt(x, y, cells, body.getBoundingClientRect())
  return { place: { section: nearest.dataset.section ?? '', index }, line }
}
