import { formatInstant } from '../kernel/instant.ts'
import type { ClockRow } from '../pipeline/rows.ts'
import { breach, clockEvent, endPause, momentText } from './moves.ts'
import { clockDefinition } from './policy-choice.ts'
import { nothing, stepOf } from './step.ts'
import { dueStep, pauseEndStep, thresholdOf, timerFor, timerKey } from './thresholds.ts'
import type { ClockTimer, FiredTimer } from './types.ts'

/**
 * What a clock's timer does: a step fires once per run, however often it is delivered and however late; the moment it
 * was due and how late it came are both kept. A timer of another run, of a clock that is over, or of a step that fired
 * does nothing; one that comes too early is set again.
 */
export function fireClockTimer({ app, clock, run, step, now, calendars }: ClockTimer): FiredTimer {
  const isOver = clock.state === 'stopped' || clock.state === 'cancelled'
  const moment = isOver || run !== clock.run ? null : thresholdOf(clock, step, calendars)
  if (moment === null) return { ...nothing, ladder: null }
  if (moment > now)
    return { ...nothing, timersSet: [timerFor(clock, { step, key: timerKey(clock, step), moment }, now)], ladder: null }
  const before = { row: clock, events: [] }
  const { owner } = clock
  const definition = owner.kind === 'policy' ? clockDefinition(app, owner.policy, owner.id) : undefined
  const moved =
    step === pauseEndStep
      ? endPause(before, definition?.calendar ?? app?.definition.calendar ?? null, {
          now,
          calendars,
          ...(app ? { version: app.version } : {}),
        })
      : step === dueStep
        ? breach(before, { now, calendars })
        : warned(clock, step, moment, now)
  const writes = definition?.writes
  const fired = stepOf([{ before: clock, moved, ...(writes ? { writes } : {}) }], now, calendars)
  // The timer that fired is gone already.
  return {
    ...fired,
    timersCancelled: fired.timersCancelled.filter((key) => key !== timerKey(clock, step)),
    ladder: clock.ladder.find(({ id }) => id === step) ?? null,
  }
}

function warned(clock: ClockRow, step: string, moment: number, now: number) {
  const row: ClockRow = { ...clock, fired: [...clock.fired, step] }
  const data = {
    step,
    targetMs: row.targetMs,
    due: momentText(row.dueAt),
    at: formatInstant(moment),
    late: now - moment,
    overdue: row.dueAt !== null && moment >= row.dueAt,
  }
  return { row, events: [clockEvent('clock.warned', row, data)] }
}
