import type { Instant } from '../kernel/instant.ts'
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

/** Probes day by day, because zones that interrupt summer time for Ramadan change twice within a month. */
function stretchesOfYear(zone: string, year: number): readonly OffsetStretch[] {
  const offsetAt = offsetReader(zone)
  const start = year * yearMs
  const end = start + yearMs
  const stretches: OffsetStretch[] = []
  let from = year === firstYear ? Number.NEGATIVE_INFINITY : start
  let offset = offsetAt(start)
  for (let probe = start; probe < end; probe += dayMs) {
    const last = Math.min(probe + dayMs, end) - 1
    const after = offsetAt(last)
    if (after === offset) continue
    const change = firstWith(after, offsetAt, probe, last)
    stretches.push({ from, to: change, offset })
    from = change
    offset = after
  }
  return [...stretches, { from, to: year === lastYear ? Number.POSITIVE_INFINITY : end, offset }]
}

/** First instant of the new offset; `low` may still have the old one, `high` has the new one. */
function firstWith(offset: number, offsetAt: (at: Instant) => number, low: Instant, high: Instant): Instant {
  let before = low - 1
  let after = high
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (offsetAt(middle) === offset) after = middle
    else before = middle
  }
  return after
}

/**
 * Reads offsets from Intl, which is forty times as fast as the Temporal polyfill; the polyfill's own search for
 * transitions looks at the computer's clock, which the engine may not.
 */
function offsetReader(zone: string): (at: Instant) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  })
  return (at) => {
    const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = (format.format(at).match(/\d+/g) ?? []).map(Number)
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
  }
}
