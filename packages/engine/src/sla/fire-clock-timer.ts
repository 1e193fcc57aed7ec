import { formatInstant } from '../kernel/instant.ts'
import type { ClockRow } from '../pipeline/rows.ts'
import { momentOf } from './ledger.ts'
import { breach, clockEvent, momentText } from './moves.ts'
import { clockDefinition } from './policy-choice.ts'
import { nothing, stepOf } from './step.ts'
import { amountLeft, dueStep, timerFor, timerKey } from './thresholds.ts'
import type { ClockTimer, FiredTimer } from './types.ts'

/**
 * What a clock's timer does: a step fires once per run, however often it is delivered and however late; the moment it
 * was due and how late it came are both kept. A timer of another run, of a clock that is over, or of a step that fired
 * does nothing; one that comes too early is set again.
 */
export function fireClockTimer({ app, clock, run, step, now, calendars }: ClockTimer): FiredTimer {
  const isOver = clock.state === 'stopped' || clock.state === 'cancelled'
  const amount = isOver || run !== clock.run ? undefined : amountLeft(clock, step)
  const moment = amount === undefined ? null : momentOf(clock, amount, calendars)
  if (moment === null) return { ...nothing, ladder: null }
  if (moment > now)
    return { ...nothing, timersSet: [timerFor(clock, { step, key: timerKey(clock, step), moment }, now)], ladder: null }
  const before = { row: clock, events: [] }
  const moved = step === dueStep ? breach(before, { now, calendars }) : warned(clock, step, moment, now)
  const { owner } = clock
  const writes = owner.kind === 'policy' ? clockDefinition(app, owner.policy, owner.id)?.writes : undefined
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
