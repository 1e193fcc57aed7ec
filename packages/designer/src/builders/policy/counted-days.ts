import { addDays, type Calendar, type Instant, localDay, startOfDay } from '@tenon/engine'

/** What of one day counts towards a target, and how much has been counted when it ends. */
export type CountedDay = {
  readonly day: string
  readonly stretches: readonly { readonly from: Instant; readonly to: Instant }[]
  readonly countedMs: number
  readonly totalMs: number
}

/** Days of a table; a target further away is told without the rest. */
const mostDays = 60
const mostStretches = 24

/** Business time from one moment to another, day by day and minute by minute: the stretches add up to `between`. */
export function countedDays(calendar: Calendar, from: Instant, to: Instant, zone: string): readonly CountedDay[] {
  const days: CountedDay[] = []
  let totalMs = 0
  for (let at = from; at < to && days.length < mostDays; ) {
    const day = localDay(zone, at)
    const end = Math.min(startOfDay(zone, addDays(day, 1)), to)
    const stretches = stretchesOf(calendar, at, end)
    const countedMs = calendar.between(at, end)
    totalMs += countedMs
    days.push({ day, stretches, countedMs, totalMs })
    at = end
  }
  return days
}

function stretchesOf(calendar: Calendar, from: Instant, to: Instant): CountedDay['stretches'] {
  const found: { from: Instant; to: Instant }[] = []
  for (let at = calendar.nextWorking(from); at < to && found.length < mostStretches; ) {
    const end = endOfWork(calendar, at, to)
    found.push({ from: at, to: end })
    at = calendar.nextWorking(end)
  }
  return found
}

/** The last moment up to which every millisecond since `from` is working time. */
function endOfWork(calendar: Calendar, from: Instant, to: Instant): Instant {
  let [yes, no] = [from, to + 1]
  while (no - yes > 1) {
    const middle = Math.floor((yes + no) / 2)
    if (calendar.between(from, middle) === middle - from) yes = middle
    else no = middle
  }
  return yes
}
