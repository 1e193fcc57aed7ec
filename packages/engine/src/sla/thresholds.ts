import { endOfTime } from '../calendars/calendar.ts'
import type { LadderStep } from '../definitions/ladder.ts'
import { parseDurationMs } from '../kernel/duration.ts'
import type { Instant } from '../kernel/instant.ts'
import type { ClockRow, TimerRow } from '../pipeline/rows.ts'
import { momentOf } from './ledger.ts'
import type { Calendars } from './types.ts'

/** The step every clock has without a ladder: its target is exceeded. No ladder step may have this id. */
export const dueStep = 'due'

/** The step a paused clock has whose pause is limited: it goes on by itself. No ladder step may have this id either. */
export const pauseEndStep = 'pause_end'
export const ownSteps: readonly string[] = [dueStep, pauseEndStep]

/**
 * Used time at which a step fires. Shares are shares of the nominal target, placed so that 1 is the target itself;
 * after a change of the `forward` kind the share used so far thereby stays used.
 */
function stepAmount(clock: Pick<ClockRow, 'targetMs' | 'nominalMs'>, step: LadderStep): number {
  if (step.after !== undefined) return clock.targetMs + (parseDurationMs(step.after) ?? 0)
  // More than the whole target left is so from the start.
  if (step.left !== undefined) return Math.max(0, clock.targetMs - (parseDurationMs(step.left) ?? 0))
  return Math.round(clock.targetMs - clock.nominalMs * (1 - (step.at ?? 1)))
}

// Equal to the target is met, so it is exceeded with the next millisecond that counts: a target that fits a day is
// breached when the next one begins, not in the evening.
const exceededAmount = (clock: ClockRow): number => clock.targetMs + 1

/** Used time at which a step fires; undefined for one the clock does not have, or that has fired in this run. */
function amountLeft(clock: ClockRow, step: string): number | undefined {
  if (step === dueStep) return clock.breachedAt === null ? exceededAmount(clock) : undefined
  const found = clock.acknowledged ? undefined : clock.ladder.find(({ id }) => id === step)
  return found && !clock.fired.includes(step) ? stepAmount(clock, found) : undefined
}

export const timerKey = (clock: ClockRow, step: string): string => `clock/${clock.clock}/${clock.run}/${step}`

export type Threshold = { readonly step: string; readonly key: string; readonly moment: Instant }

/**
 * The steps that have yet to fire and when. Of a paused clock those it had already reached (passed while no scheduler
 * was running, they still have to fire) and the end of its pause, where that is limited.
 */
export function thresholds(clock: ClockRow, calendars: Calendars): readonly Threshold[] {
  if (clock.state === 'stopped' || clock.state === 'cancelled') return []
  return [...clock.ladder.map(({ id }) => id), ...ownSteps].flatMap((step) => {
    const moment = thresholdOf(clock, step, calendars)
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

/** When a step that has yet to fire does; null: not as things stand. */
export function thresholdOf(clock: ClockRow, step: string, calendars: Calendars): Instant | null {
  if (step === pauseEndStep) return clock.state === 'paused' ? (clock.pauseUntil ?? null) : null
  const amount = amountLeft(clock, step)
  return amount === undefined ? null : momentOf(clock, amount, calendars)
}
