import type { Instant } from '../kernel/instant.ts'
import type { ClockRow } from '../pipeline/rows.ts'
import type { Calendars, ExplainedClock } from './types.ts'

/**
 * Every stretch of a clock's life with what it counted and why; the stretches' counted time adds up to the time used.
 * `recountedMs` shows where today's calendar would count otherwise, which changes nothing by itself.
 */
export function explainClock(clock: ClockRow, now: Instant, calendars: Calendars): ExplainedClock {
  const segments = clock.segments.map((segment) => {
    const until = segment.to ?? Math.max(now, segment.from)
    const recountedMs = segment.state === 'running' ? calendars(segment.calendar).between(segment.from, until) : 0
    return { ...segment, until, recountedMs, countedMs: segment.to === null ? recountedMs : segment.countedMs }
  })
  const elapsedMs = segments.reduce((sum, { countedMs }) => sum + countedMs, 0)
  return {
    segments,
    elapsedMs,
    targetMs: clock.targetMs,
    remainingMs: clock.targetMs - elapsedMs,
    exceeded: elapsedMs > clock.targetMs,
  }
}
