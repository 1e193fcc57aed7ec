import { parseDurationMs } from '../kernel/duration.ts'
import type { Instant } from '../kernel/instant.ts'
import type { ClockRow } from '../pipeline/rows.ts'
import { cancel, start, stop } from './moves.ts'
import { nothing, stepOf } from './step.ts'
import type { Calendars, ClockStep, LimitStart } from './types.ts'

/** The clock of a task's time limit, running from now. Handing the task to somebody else leaves it as it is. */
export function startLimit({ ref, task, node, limit, calendar, now, newId, calendars }: LimitStart): ClockStep {
  const started = start(
    {
      ref,
      clock: newId(),
      owner: { kind: 'limit', task, node },
      run: 1,
      targetMs: parseDurationMs(limit.within) ?? 0,
      calendar: limit.calendar ?? calendar,
      ladder: limit.ladder ?? [],
    },
    { now, calendars },
  )
  return stepOf([{ before: undefined, moved: started }], now, calendars)
}

/** Ends the clock of a task: with its result when it was done, without one when it was cancelled. Once only. */
export function stopLimit({
  clock,
  now,
  cancelled = false,
  calendars,
}: {
  readonly clock: ClockRow
  readonly now: Instant
  readonly cancelled?: boolean
  readonly calendars: Calendars
}): ClockStep {
  if (clock.state !== 'running' && clock.state !== 'paused') return nothing
  const before = { row: clock, events: [] }
  const moved = cancelled ? cancel(before, 'cancelled', { now, calendars }) : stop(before, { now, calendars })
  return stepOf([{ before: clock, moved }], now, calendars)
}

/** Cancels every live clock of a record that is deleted. */
export function cancelClocks(clocks: readonly ClockRow[], now: Instant, calendars: Calendars): ClockStep {
  const live = clocks.filter(({ state }) => state === 'running' || state === 'paused')
  return stepOf(
    live.map((row) => ({ before: row, moved: cancel({ row, events: [] }, 'deleted', { now, calendars }) })),
    now,
    calendars,
  )
}
