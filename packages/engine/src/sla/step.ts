import type { ClockDefinition } from '../definitions/policy.ts'
import { formatDurationMs } from '../kernel/duration.ts'
import type { Instant } from '../kernel/instant.ts'
import type { RecordData } from '../kernel/value-kind.ts'
import type { ClockRow, TimerRow } from '../pipeline/rows.ts'
import { type Moved, momentText } from './moves.ts'
import { thresholds, timerFor } from './thresholds.ts'
import type { Calendars, ClockStep } from './types.ts'

/** A clock before (absent: new) and after a change, with the fields it writes. */
export type Change = {
  readonly before: ClockRow | undefined
  readonly moved: Moved
  readonly writes?: ClockDefinition['writes']
}

/** Puts the changes of several clocks together: rows, events, timers that differ, fields. Later clocks write over earlier ones. */
export function stepOf(changes: readonly Change[], now: Instant, calendars: Calendars): ClockStep {
  const real = changes.filter(({ before, moved }) => before !== moved.row)
  const timers = real.map(({ before, moved }) => timersBetween(before, moved.row, now, calendars))
  return {
    clocks: real.map(({ moved }) => moved.row),
    events: real.flatMap(({ moved }) => moved.events),
    timersSet: timers.flatMap(({ set }) => set),
    timersCancelled: timers.flatMap(({ cancelled }) => cancelled),
    writes: Object.assign({}, ...real.map(({ moved, writes }) => writesOf(moved.row, writes))) as RecordData,
  }
}

function timersBetween(
  before: ClockRow | undefined,
  after: ClockRow,
  now: Instant,
  calendars: Calendars,
): { set: readonly TimerRow[]; cancelled: readonly string[] } {
  const old = new Map((before ? thresholds(before, calendars) : []).map((one) => [one.key, one.moment]))
  const next = thresholds(after, calendars)
  const kept = new Set(next.map(({ key }) => key))
  return {
    set: next.filter(({ key, moment }) => old.get(key) !== moment).map((threshold) => timerFor(after, threshold, now)),
    cancelled: [...old.keys()].filter((key) => !kept.has(key)),
  }
}

/** The fields a clock shows itself in: its due moment, the result once known, the time used once it has stopped. */
export function writesOf(row: ClockRow, writes: ClockDefinition['writes']): RecordData {
  const gone = row.state === 'cancelled'
  return {
    ...(writes?.due === undefined ? {} : { [writes.due]: gone ? null : momentText(row.dueAt) }),
    ...(writes?.met === undefined ? {} : { [writes.met]: gone ? null : row.met }),
    ...(writes?.elapsed === undefined
      ? {}
      : { [writes.elapsed]: row.state === 'stopped' ? formatDurationMs(row.elapsedMs) : null }),
  }
}

export const nothing: ClockStep = { clocks: [], events: [], timersSet: [], timersCancelled: [], writes: {} }
