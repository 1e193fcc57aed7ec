import type { ChartMark, Scene } from '../charts/contract.ts'

/** A figure that can be clicked, in words. */
export type NamedMark = { readonly text: string; readonly mark: ChartMark }

/** Every figure of a scene in reading order, for keyboards and screen readers. */
export function namedMarks(scene: Scene): readonly NamedMark[] {
  const named = (text: string, mark: ChartMark | null): readonly NamedMark[] => (mark === null ? [] : [{ text, mark }])
  switch (scene.type) {
    case 'number':
      return named(`${scene.label} ${scene.figure.text}`, scene.figure.mark)
    case 'pie':
      return scene.slices.flatMap(({ label, share, figure }) =>
        named(`${label} ${figure.text} (${share})`, figure.mark),
      )
    case 'table':
      return scene.rows.flatMap((cells) => cells.flatMap(({ text, mark }) => named(text, mark)))
    default:
      return scene.categories.flatMap((category, index) =>
        scene.series.flatMap(({ label, points }) => {
          const point = points[index]
          return point === undefined ? [] : named(`${category.label} · ${label} ${point.text}`, point.mark)
        }),
      )
  }
}
