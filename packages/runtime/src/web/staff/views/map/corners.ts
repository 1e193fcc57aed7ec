type Corner = [latitude: number, longitude: number]

/** The corners of a ring of the outlines: steps of a thousandth of a degree, longitude and latitude in turn, the first from 0, 0. */
export function cornersOf(ring: string): readonly Corner[] {
  const steps = ring.split(' ').map(Number)
  let [x, y] = [0, 0]
  const corners: Corner[] = []
  for (let at = 0; at + 1 < steps.length; at += 2) {
    x += steps[at] ?? 0
    y += steps[at + 1] ?? 0
    corners.push([y / 1000, x / 1000])
  }
  return corners
}
