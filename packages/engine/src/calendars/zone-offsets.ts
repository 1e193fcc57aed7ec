import type { Instant } from '../kernel/instant.ts'
import { zoneOffsetMs } from '../kernel/zone.ts'
import { dayMs } from './day-plan.ts'

/** Instants [from, to) during which a zone keeps one offset; `offset` is added to UTC to get the wall clock. */
export type OffsetStretch = { readonly from: Instant; readonly to: Instant; readonly offset: number }

const yearMs = 365.25 * dayMs
// Daylight rules are made for some years ahead; outside this range the offset of its edge is kept.
const firstYear = -70
const lastYear = 230
const cache = new Map<string, Map<number, readonly OffsetStretch[]>>()

/** Finds the stretch of one offset around an instant; stretches follow each other without gaps, some cut at a year's edge. */
export function zoneOffsets(zone: string): (at: Instant) => OffsetStretch {
  let years = cache.get(zone)
  if (!years) cache.set(zone, (years = new Map()))
  const known = years
  let last: OffsetStretch = { from: 0, to: 0, offset: 0 }
  return (at) => {
    if (at >= last.from && at < last.to) return last
    const year = Math.min(Math.max(Math.floor(at / yearMs), firstYear), lastYear)
    let stretches = known.get(year)
    if (!stretches) known.set(year, (stretches = stretchesOfYear(zone, year)))
    last = stretches.find(({ to }) => at < to) ?? last
    return last
  }
}

/** Probes day by day, because zones with a summer time interrupted for Ramadan change twice within a month. */
function stretchesOfYear(zone: string, year: number): readonly OffsetStretch[] {
  const start = year * yearMs
  const end = start + yearMs
  const stretches: OffsetStretch[] = []
  let from = year === firstYear ? Number.NEGATIVE_INFINITY : start
  let offset = zoneOffsetMs(zone, start)
  for (let probe = start; probe < end; probe += dayMs) {
    const next = Math.min(probe + dayMs, end)
    const after = zoneOffsetMs(zone, next - 1)
    if (after === offset) continue
    const change = changeBetween(zone, probe, next - 1, after)
    stretches.push({ from, to: change, offset })
    from = change
    offset = after
  }
  stretches.push({ from, to: year === lastYear ? Number.POSITIVE_INFINITY : end, offset })
  return stretches
}

/** First instant of the new offset, which `low` has not and `high` has. */
function changeBetween(zone: string, low: Instant, high: Instant, offset: number): Instant {
  let before = low - 1
  let after = high
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (zoneOffsetMs(zone, middle) === offset) after = middle
    else before = middle
  }
  return after
}
