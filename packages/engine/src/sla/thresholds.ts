import { endOfTime } from '../calendars/calendar.ts'
import type { LadderStep } from '../definitions/ladder.ts'
import { parseDurationMs } from '../kernel/duration.ts'
import type { Instant } from '../kernel/instant.ts'
import type { ClockRow, TimerRow } from '../pipeline/rows.ts'
import { momentOf } from './ledger.ts'
import type { Calendars } from './types.ts'

/** The step every clock has without a ladder: its target is exceeded. No ladder step may have this id. */
export const dueStep = 'due'

/**
 * Used time at which a step fires. Shares are shares of the nominal target, placed so that 1 is the target itself;
 * after a change of the `forward` kind the share used so far thereby stays used.
 */
function stepAmount(clock: Pick<ClockRow, 'targetMs' | 'nominalMs'>, step: LadderStep): number {
  if (step.after !== undefined) return clock.targetMs + (parseDurationMs(step.after) ?? 0)
  return Math.round(clock.targetMs - clock.nominalMs * (1 - (step.at ?? 1)))
}

// Equal to the target is met, so it is exceeded with the next millisecond that counts: a target that fits a day is
// breached when the next one begins, not in the evening.
const exceededAmount = (clock: ClockRow): number => clock.targetMs + 1

/** Used time at which a step fires; undefined for one the clock does not have, or that has fired in this run. */
export function amountLeft(clock: ClockRow, step: string): number | undefined {
  if (step === dueStep) return clock.breachedAt === null ? exceededAmount(clock) : undefined
  const found = clock.ladder.find(({ id }) => id === step)
  return found && !clock.fired.includes(step) ? stepAmount(clock, found) : undefined
}

export const timerKey = (clock: ClockRow, step: string): string => `clock/${clock.clock}/${clock.run}/${step}`

export type Threshold = { readonly step: string; readonly key: string; readonly moment: Instant }

/**
 * The steps that have yet to fire and when. Of a paused clock only those it had already reached: passed while no
 * scheduler was running, they still have to fire.
 */
export function thresholds(clock: ClockRow, calendars: Calendars): readonly Threshold[] {
  if (clock.state === 'stopped' || clock.state === 'cancelled') return []
  return [...clock.ladder.map(({ id }) => id), dueStep].flatMap((step) => {
    const amount = amountLeft(clock, step)
    const moment = amount === undefined ? null : momentOf(clock, amount, calendars)
    return moment === null || moment >= endOfTime ? [] : [{ step, key: timerKey(clock, step), moment }]
  })
}

/** A timer row for a threshold; one already passed is due at once. */
export const timerFor = (clock: ClockRow, { step, key, moment }: Threshold, now: Instant): TimerRow => ({
  key,
  dueAt: Math.max(moment, now),
  app: clock.app,
  payload: { kind: 'clock', clock: clock.clock, run: clock.run, step },
})
