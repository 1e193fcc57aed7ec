/** Place of a widget on the board's grid of twelve columns, in cells. */
export type Cell = { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
export type Placed = { readonly id: string; readonly at: Cell }

export const columns = 12
const lowest = 500
const tallest = 40

const within = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most)

/** A place that is on the grid. */
const onGrid = ({ x, y, w, h }: Cell): Cell => {
  const width = within(w, 1, columns)
  return { x: within(x, 0, columns - width), y: within(y, 0, lowest), w: width, h: within(h, 1, tallest) }
}

const overlap = (one: Cell, other: Cell): boolean =>
  one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h

/**
 * The widgets with one of them at another place; those in its way, and in the way of these, go down as far as they
 * must. What is not in the way stays.
 */
export function placeWidget<T extends Placed>(widgets: readonly T[], id: string, at: Cell): readonly T[] {
  const target = onGrid(at)
  const settled: Cell[] = [target]
  const moved = new Map<string, Cell>([[id, target]])
  const others = widgets.filter((one) => one.id !== id)
  for (const one of [...others].sort((a, b) => a.at.y - b.at.y || a.at.x - b.at.x)) {
    let place = one.at
    for (
      let hit = settled.find((taken) => overlap(taken, place));
      hit;
      hit = settled.find((taken) => overlap(taken, place))
    )
      place = { ...place, y: hit.y + hit.h }
    settled.push(place)
    moved.set(one.id, place)
  }
  return withPlaces(widgets, moved)
}

/** The widgets at the given places; what does not move stays the same object. */
function withPlaces<T extends Placed>(widgets: readonly T[], places: ReadonlyMap<string, Cell>): readonly T[] {
  const next = widgets.map((one) => {
    const at = places.get(one.id)
    return at === undefined || same(at, one.at) ? one : { ...one, at }
  })
  return next.every((one, index) => one === widgets[index]) ? widgets : next
}

const same = (one: Cell, other: Cell) =>
  one.x === other.x && one.y === other.y && one.w === other.w && one.h === other.h

/** The first row below everything. */
export const bottomOf = (widgets: readonly Placed[]): number =>
  widgets.reduce((bottom, { at }) => Math.max(bottom, at.y + at.h), 0)
