import type { ViewTypeName } from '@tenon/engine'
import styles from './views.module.css'

type Box = readonly [x: number, y: number, width: number, height: number]

/** Each type of view in a few boxes, on a ground of 96 × 48. */
const pictures: { readonly [K in ViewTypeName]: readonly Box[] } = {
  table: [8, 18, 28, 38].flatMap((y): readonly Box[] => [
    [8, y, 20, 4],
    [34, y, 30, 4],
    [70, y, 18, 4],
  ]),
  kanban: [
    [8, 8, 24, 10],
    [8, 21, 24, 10],
    [36, 8, 24, 10],
    [64, 8, 24, 10],
    [64, 21, 24, 10],
    [64, 34, 24, 8],
  ],
  calendar: [8, 20, 32].flatMap((y, row) =>
    [8, 25, 42, 59, 76].map((x, column): Box => [x, y, 13, (row + column) % 3 === 0 ? 9 : 4]),
  ),
  gantt: [
    [8, 8, 34, 6],
    [26, 18, 40, 6],
    [44, 28, 26, 6],
    [60, 38, 28, 6],
  ],
  gallery: [
    [8, 8, 24, 18],
    [8, 30, 18, 4],
    [36, 8, 24, 18],
    [36, 30, 18, 4],
    [64, 8, 24, 18],
    [64, 30, 18, 4],
  ],
  map: [
    [8, 8, 22, 4],
    [8, 17, 18, 4],
    [8, 26, 22, 4],
    [8, 35, 16, 4],
    [38, 8, 1, 32],
    [50, 14, 6, 6],
    [64, 24, 9, 9],
    [80, 12, 6, 6],
    [54, 34, 6, 6],
  ],
}

export const TypePicture = ({ type }: { type: ViewTypeName }) => (
  <svg viewBox="0 0 96 48" className={styles.sketch} aria-hidden="true">
    {pictures[type].map(([x, y, width, height]) => (
      <rect key={`${x} ${y}`} x={x} y={y} width={width} height={height} rx={1.5} />
    ))}
  </svg>
)
