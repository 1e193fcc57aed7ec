import { type Instant, parseInstant } from './instant.ts'
import { isZone, zoneOffsetMs } from './zone.ts'

const dayMs = 86_400_000

/** Instants [from, to) during which a zone keeps one offset; `offset` is added to UTC to get the wall clock. */
export type OffsetStretch = { readonly from: Instant; readonly to: Instant; readonly offset: number }

const yearMs = 365.25 * dayMs
// Daylight rules are made for some years ahead; outside this range the offset of its edge is kept.
const firstYear = -70
const lastYear = 230
const cache = new Map<string, Map<number, readonly OffsetStretch[]>>()

/** Finds the stretch of one offset around an instant; stretches follow each other without gaps, some cut at a year's edge. */
export function zoneOffsets(zone: string): (at: Instant) => OffsetStretch {
  const years = cache.get(zone) ?? new Map<number, readonly OffsetStretch[]>()
  cache.set(zone, years)
  let last: OffsetStretch = { from: 0, to: 0, offset: 0 }
  return (at) => {
    if (at >= last.from && at < last.to) return last
    const year = Math.min(Math.max(Math.floor(at / yearMs), firstYear), lastYear)
    const stretches = years.get(year) ?? stretchesOfYear(zone, year)
    years.set(year, stretches)
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
  // Intl of Node 20 knows zones by name only; one given as an offset never changes.
  if (/^[+-]/.test(zone) || !isZone(zone)) return () => zoneOffsetMs(zone, 0)
  // Swedish writes moments almost as RFC 3339 does.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  return (at) => {
    const wall = parseInstant(`${format.format(at).replace(' ', 'T')}Z`)
    if (wall === undefined) throw new Error(`unreadable wall clock of ${zone}: ${format.format(at)}`)
    return wall - Math.floor(at / 1000) * 1000
  }
}

/** A stretch of time with one offset: from `from` (inclusive) until the next one begins. */
export type ZoneSegment = { readonly from: Instant; readonly offsetMs: number }

/**
 * The offsets of a zone between two moments, in order; the first segment counts for everything before it as well. This
 * is how SQL, which need not know the zone, turns moments into the zone's wall clock.
 */
export function zoneSegments(zone: string, from: Instant, to: Instant): readonly ZoneSegment[] {
  const around = zoneOffsets(zone)
  let stretch = around(from)
  const segments: ZoneSegment[] = [{ from, offsetMs: stretch.offset }]
  while (stretch.to < to) {
    stretch = around(stretch.to)
    if (stretch.offset !== segments.at(-1)?.offsetMs) segments.push({ from: stretch.from, offsetMs: stretch.offset })
  }
  return segments
}
