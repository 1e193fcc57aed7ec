import type { Instant } from '../kernel/instant.ts'
import type { ClockRow, ClockSegment } from '../pipeline/rows.ts'
import type { Calendars } from './types.ts'

/**
 * The segments of a clock are its ledger: they follow each other without gaps from its start, only the last one is
 * open, and what a clock has used is the sum of what its finished segments counted. Nothing else adds time.
 */
export const openSegment = (clock: Pick<ClockRow, 'segments'>): ClockSegment | undefined => {
  const last = clock.segments.at(-1)
  return last?.to === null ? last : undefined
}

/** Business time used until `now`, the open segment included. */
export function elapsedAt(clock: ClockRow, now: Instant, calendars: Calendars): number {
  const open = openSegment(clock)
  return open?.state === 'running' ? clock.elapsedMs + countOf(open, now, calendars) : clock.elapsedMs
}

const countOf = (segment: ClockSegment, until: Instant, calendars: Calendars): number =>
  calendars(segment.calendar).between(segment.from, Math.max(until, segment.from))

/** Ends the open segment. One of no length is left out; a server clock that went back ends it where it began. */
export function closed(segments: readonly ClockSegment[], now: Instant, calendars: Calendars): readonly ClockSegment[] {
  const open = segments.at(-1)
  if (!open || open.to !== null) return segments
  const before = segments.slice(0, -1)
  if (now <= open.from) return before
  return [...before, { ...open, to: now, countedMs: open.state === 'running' ? countOf(open, now, calendars) : 0 }]
}

export type NextSegment = Pick<ClockSegment, 'state' | 'why' | 'calendar' | 'version'>

/** Ends the open segment and begins the next one. */
export function followedBy(
  segments: readonly ClockSegment[],
  next: NextSegment,
  now: Instant,
  calendars: Calendars,
): readonly ClockSegment[] {
  const from = Math.max(now, segments.at(-1)?.from ?? now)
  return [...closed(segments, from, calendars), { from, ...next, to: null, countedMs: 0 }]
}

export const countedIn = (segments: readonly ClockSegment[]): number =>
  segments.reduce((sum, { countedMs }) => sum + countedMs, 0)

/**
 * The moment at which a clock's used time reaches (or reached) an amount, if it goes on as it is; null while it is not
 * running and the amount is not reached. Finished segments are taken by what they counted then, so a calendar changed
 * since does not move the past.
 */
export function momentOf(clock: ClockRow, amountMs: number, calendars: Calendars): Instant | null {
  if (amountMs <= 0) return clock.startedAt
  let used = 0
  for (const segment of clock.segments) {
    if (segment.state !== 'running') continue
    if (segment.to === null) return calendars(segment.calendar).add(segment.from, amountMs - used)
    if (amountMs <= used + segment.countedMs) {
      return Math.min(calendars(segment.calendar).add(segment.from, amountMs - used), segment.to)
    }
    used += segment.countedMs
  }
  return null
}
