import type { Placed } from '@tenon/engine/layout'

/** How far below its ends a way runs that leads back along the bottom. */
export const backOffset = 24
/** Room a step keeps from a way that passes it. */
const room = 12
/** The name under a sign: two lines. */
const nameHeight = 40
const signWidth = 60

/**
 * How much further below its ends a way back has to run, so that neither it nor its words cross a step that stands
 * between them, or the name under a sign.
 */
export function dipBelow(from: Placed, to: Placed, all: Iterable<Placed>): number {
  const [left, right] = [from, to].map(({ at, size }) => at[0] + size[0] / 2).sort((one, other) => one - other)
  const start = Math.max(bottomOf(from), bottomOf(to)) + backOffset
  const between = [...all]
    .filter((one) => one !== from && one !== to && one.at[0] < (right ?? 0) && one.at[0] + one.size[0] > (left ?? 0))
    // A sub-process around them is not in their way.
    .filter((one) => !(one.at[1] <= from.at[1] && bottomOf(one) >= bottomOf(from)) || one.size[1] <= from.size[1])
    .sort((one, other) => one.at[1] - other.at[1])
  let run = start
  for (const one of between) {
    const end = bottomOf(one) + (one.size[0] <= signWidth ? nameHeight : 0)
    if (one.at[1] - room < run && run < end + room) run = end + room
  }
  return run - start
}

const bottomOf = ({ at, size }: Placed): number => at[1] + size[1]
