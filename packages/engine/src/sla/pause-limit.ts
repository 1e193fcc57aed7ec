import type { ClockDefinition } from '../definitions/policy.ts'
import { parseDurationMs } from '../kernel/duration.ts'
import type { Instant } from '../kernel/instant.ts'
import type { ClockRow } from '../pipeline/rows.ts'
import type { Calendars } from './types.ts'

type PauseLimit = NonNullable<ClockDefinition['pauseLimit']>

/** How often a clock has stood still, and for how long in the business time of a calendar; an open pause counts until now. */
function pausesOf({ segments }: ClockRow, calendar: string | null, now: Instant, calendars: Calendars) {
  const pauses = segments.filter(({ state }) => state === 'paused')
  const totalMs = pauses.reduce(
    (sum, { from, to }) => sum + calendars(calendar).between(from, Math.max(to ?? now, from)),
    0,
  )
  return { times: pauses.length, totalMs }
}

export type PauseLeave = { readonly allowed: boolean; readonly until?: Instant }

/** Whether a running clock may pause once more, and until when at most. */
export function leaveToPause(
  limit: PauseLimit | undefined,
  row: ClockRow,
  calendar: string | null,
  now: Instant,
  calendars: Calendars,
): PauseLeave {
  if (!limit) return { allowed: true }
  const { times, totalMs } = pausesOf(row, calendar, now, calendars)
  if (limit.times !== undefined && times >= limit.times) return { allowed: false }
  if (limit.total === undefined) return { allowed: true }
  const leftMs = (parseDurationMs(limit.total) ?? 0) - totalMs
  return leftMs > 0 ? { allowed: true, until: calendars(calendar).add(now, leftMs) } : { allowed: false }
}
