import { type Instant, parseInstant } from '../kernel/instant.ts'
import type { ClockState, EventRow } from '../pipeline/rows.ts'
import type { Calendars } from './types.ts'

export type ReplayedClock = {
  readonly state: ClockState
  readonly startedAt: Instant
  readonly stoppedAt: Instant | null
  readonly targetMs: number
  readonly elapsedMs: number
  /** Known once it has stopped. */
  readonly met: boolean | null
}
type Stretch = { readonly from: Instant; readonly to: Instant | null; readonly calendar: string | null }
type Replay = {
  stretches: readonly Stretch[]
  state: ClockState
  startedAt: Instant
  stoppedAt: Instant | null
  overSince: Instant
  targetMs: number
}
type ClockHistory = Pick<EventRow, 'at' | 'type' | 'data'>

/**
 * One run of a clock counted again from its entries in the audit trail (those with its `clock` id, in order), without
 * the row: proof that trail and row agree, and with other rules the answer to "what if". `targetMs` and `calendar`
 * take the place of every target and calendar it had. undefined: the trail has no start.
 */
export function replayClock(
  history: readonly ClockHistory[],
  now: Instant,
  calendars: Calendars,
  other: { readonly targetMs?: number; readonly calendar?: string | null } = {},
): ReplayedClock | undefined {
  const replay = history.reduce<Replay | undefined>(apply, undefined)
  if (!replay) return undefined
  const elapsedMs = replay.stretches.reduce((sum, { from, to, calendar }) => {
    const counting = other.calendar === undefined ? calendar : other.calendar
    return sum + calendars(counting).between(from, to ?? Math.max(now, from))
  }, 0)
  const { state, startedAt, stoppedAt } = replay
  const targetMs = other.targetMs ?? replay.targetMs
  return { state, startedAt, stoppedAt, targetMs, elapsedMs, met: state === 'stopped' ? elapsedMs <= targetMs : null }
}

function apply(replay: Replay | undefined, { at: told, type, data }: ClockHistory): Replay | undefined {
  // The end of a limited pause may be noticed late.
  const at = typeof data.since === 'string' ? (parseInstant(data.since) ?? told) : told
  const calendar = typeof data.calendar === 'string' ? data.calendar : null
  const targetMs = typeof data.targetMs === 'number' ? data.targetMs : 0
  if (type === 'clock.started')
    return {
      stretches: [{ from: at, to: null, calendar }],
      state: 'running',
      startedAt: at,
      stoppedAt: null,
      overSince: at,
      targetMs,
    }
  if (!replay) return undefined
  // Counted again from its start by the calendar and target of that moment; when it ran stays as it was.
  if (type === 'clock.recalculated')
    return { ...replay, stretches: replay.stretches.map((stretch) => ({ ...stretch, calendar })), targetMs }
  const stretches = ended(replay.stretches, at)
  switch (type) {
    case 'clock.paused':
      return { ...replay, stretches, state: 'paused' }
    case 'clock.stopped':
      return { ...replay, stretches, state: 'stopped', stoppedAt: at, overSince: at }
    case 'clock.cancelled':
      return { ...replay, stretches, state: 'cancelled', overSince: at }
    case 'clock.resumed':
      return {
        ...replay,
        stretches: [...stretches, ...gapOf(replay, data, calendar, at), { from: at, to: null, calendar }],
        state: 'running',
        stoppedAt: null,
      }
    case 'clock.retargeted':
      return 'calendar' in data
        ? { ...replay, stretches: [...stretches, { from: at, to: null, calendar }] }
        : { ...replay, targetMs }
    default:
      return replay
  }
}

const ended = (stretches: readonly Stretch[], at: Instant): readonly Stretch[] =>
  stretches.map((stretch) => (stretch.to === null ? { ...stretch, to: Math.max(at, stretch.from) } : stretch))

/** The time between stop and reopening, where it counts. */
const gapOf = (
  { overSince }: Replay,
  data: EventRow['data'],
  calendar: string | null,
  at: Instant,
): readonly Stretch[] => (data.gap === true ? [{ from: overSince, to: at, calendar }] : [])
