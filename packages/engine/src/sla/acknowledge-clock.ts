import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { ClockRow } from '../pipeline/rows.ts'
import { acknowledge } from './moves.ts'
import { stepOf } from './step.ts'
import type { Calendars, ClockStep } from './types.ts'

type Acknowledgement = {
  readonly clock: ClockRow
  readonly by: Id | null
  readonly note: string | null
  readonly now: Instant
  readonly calendars: Calendars
}

/** Stops the ladder of a clock: what has fired stays, what is to come does not fire. The breach is still noted. */
export const acknowledgeClock = ({ clock, by, note, now, calendars }: Acknowledgement): ClockStep =>
  stepOf(
    [{ before: clock, moved: acknowledge({ row: clock, events: [] }, by, note, { now, calendars }) }],
    now,
    calendars,
  )
