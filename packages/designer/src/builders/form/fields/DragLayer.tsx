import { type RefObject, useEffect, useState } from 'react'
import { type Place, unplaced } from '../edits/place-fields.ts'
import styles from '../form-bench.module.css'
import { type Box, gapAt } from './gap.ts'

type Props = {
  readonly name: string
  /** What to say of it over a sub-table; absent: it falls in as it is. */
  readonly overTable?: string
  readonly canvas: RefObject<HTMLElement | null>
  /** Whether what is dragged can become a column of a sub-table. */
  readonly isColumn: boolean
  /** A section is dragged, not a field. */
  readonly isSection: boolean
  /** Where it would be dropped now; undefined: nowhere. */
  readonly onPlace: (place: Place | undefined) => void
}
type Shown = { readonly x: number; readonly y: number; readonly line: Box | undefined; readonly inTable: boolean }

/** What is being dragged, at the pointer, and the gap it would fall into. Only this is drawn while the pointer moves. */
export function DragLayer({ name, overTable, canvas, isColumn, isSection, onPlace }: Props) {
  const [shown, setShown] = useState<Shown>()
  useEffect(() => {
    const under = (on: HTMLElement, x: number, y: number) => {
      if (isSection) return sectionUnder(on, x, y)
      return (isColumn ? columnUnder(on, x, y) : undefined) ?? placeUnder(on, x, y)
    }
    const follow = (x: number, y: number) => {
      const found = canvas.current ? under(canvas.current, x, y) : undefined
      onPlace(found?.place)
      setShown({ x, y, line: found?.line, inTable: found?.place.table !== undefined })
    }
    const byMouse = (event: MouseEvent) => follow(event.clientX, event.clientY)
    const byTouch = ({ touches: [touch] }: TouchEvent) => touch && follow(touch.clientX, touch.clientY)
    window.addEventListener('mousemove', byMouse)
    window.addEventListener('touchmove', byTouch)
    return () => {
      window.removeEventListener('mousemove', byMouse)
      window.removeEventListener('touchmove', byTouch)
    }
  }, [canvas, isColumn, isSection, onPlace])
  if (!shown) return null
  const { x, y, line, inTable } = shown
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
        {inTable ? (overTable ?? name) : name}
      </div>
    </>
  )
}

/** The gap between sections, or the tab, that a pointer means. */
function sectionUnder(canvas: HTMLElement, x: number, y: number): { place: Place; line: Box } | undefined {
  for (const tab of canvas.querySelectorAll<HTMLElement>('[data-tab-id]')) {
    const { left, top, right, bottom } = tab.getBoundingClientRect()
    if (x >= left && x <= right && y >= top && y <= bottom)
      return {
        place: { section: '', index: 0, tab: tab.dataset.tabId ?? '' },
        line: { left, right, top: bottom, bottom },
      }
  }
  const frame = canvas.getBoundingClientRect()
  if (x < frame.left || x > frame.right || y < frame.top || y > frame.bottom) return undefined
  const sections = [...canvas.querySelectorAll<HTMLElement>('[data-section]')].filter(
    (section) => section.dataset.section !== unplaced,
  )
  const boxes = sections.map((section) => section.getBoundingClientRect())
  const index = boxes.filter(({ top, bottom }) => y > (top + bottom) / 2).length
  const [next, last] = [boxes[index], boxes.at(-1)]
  const around = next ?? last
  if (!around) return undefined
  const at = next ? next.top - 6 : around.bottom + 6
  const near = sections[index] ?? sections.at(-1)
  const tab = near?.dataset.inTab
  return {
    place: { section: sections[index]?.dataset.section ?? '', index, ...(tab ? { tab } : {}) },
    line: { left: around.left, right: around.right, top: at, bottom: at },
  }
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
