import type { LadderStep } from '../definitions/ladder.ts'
import type { ClockDefinition } from '../definitions/policy.ts'
import type { Id } from '../kernel/ids.ts'
import { formatInstant, type Instant } from '../kernel/instant.ts'
import type { Json } from '../kernel/json.ts'
import type { ClockRow, RecordRef } from '../pipeline/rows.ts'
import { closed, countedIn, elapsedAt, followedBy, momentOf } from './ledger.ts'
import type { Calendars, ClockEvent, ClockEventType } from './types.ts'

/** One clock on its way through a change: the row so far and what happened to it. */
export type Moved = { readonly row: ClockRow; readonly events: readonly ClockEvent[] }

/**
 * What every move needs: the moment, and the calendars that count. `version`: of the app, for the ledger. `dueBy`:
 * calendars for the time to come, where they differ.
 */
export type Moment = {
  readonly now: Instant
  readonly calendars: Calendars
  readonly version?: number
  readonly dueBy?: Calendars
}

const ownerData = ({ owner }: ClockRow): { readonly [key: string]: Json } =>
  owner.kind === 'policy' ? { id: owner.id, policy: owner.policy } : { task: owner.task, node: owner.node }

export const clockEvent = (type: ClockEventType, row: ClockRow, data: ClockEvent['data'] = {}): ClockEvent => ({
  type,
  data: { clock: row.clock, ...ownerData(row), run: row.run, ...data },
})

const moved = ({ events }: Moved, row: ClockRow, ...more: readonly ClockEvent[]): Moved => ({
  row,
  events: [...events, ...more],
})

/** Keeps `dueAt` true to the ledger after it changed. */
const withDue = (row: ClockRow, calendars: Calendars): ClockRow => ({
  ...row,
  dueAt: momentOf(row, row.targetMs, calendars),
})

const versionOf = ({ version }: Moment) => (version === undefined ? {} : { version })

export type Start = {
  readonly ref: RecordRef
  readonly clock: Id
  readonly owner: ClockRow['owner']
  readonly run: number
  readonly targetMs: number
  readonly calendar: string | null
  readonly ladder: readonly LadderStep[]
}

/** A new run of a clock, running from now. */
export function start({ ref, clock, owner, run, targetMs, calendar, ladder }: Start, moment: Moment): Moved {
  const { now, calendars } = moment
  const row: ClockRow = {
    app: ref.app,
    form: ref.form,
    id: ref.id,
    clock,
    owner,
    run,
    state: 'running',
    targetMs,
    nominalMs: targetMs,
    startedAt: now,
    dueAt: null,
    stoppedAt: null,
    elapsedMs: 0,
    breachedAt: null,
    met: null,
    ladder,
    fired: [],
    segments: followedBy([], { state: 'running', why: 'started', calendar, ...versionOf(moment) }, now, calendars),
  }
  const due = withDue(row, calendars)
  return { row: due, events: [clockEvent('clock.started', due, { targetMs, calendar, due: momentText(due.dueAt) })] }
}

// The end of the year 9999: later moments have no RFC 3339 text.
const lastWritable = 253_402_300_799_999

/** A moment as a field value; null when there is none or it is beyond all years. */
export const momentText = (moment: Instant | null): string | null =>
  moment === null || moment > lastWritable ? null : formatInstant(moment)

function continued(
  row: ClockRow,
  next: { state: 'running' | 'paused'; why: string; calendar: string | null },
  moment: Moment,
): ClockRow {
  const segments = followedBy(row.segments, { ...next, ...versionOf(moment) }, moment.now, moment.calendars)
  const { pauseUntil: _, ...rest } = row
  return withDue(
    { ...rest, state: next.state, segments, elapsedMs: countedIn(segments) },
    moment.dueBy ?? moment.calendars,
  )
}

export type Pause = { readonly reason?: Json; readonly until?: Instant | undefined }

/** Stands still until `resume`, or until the moment its limit allows. */
export function pause(before: Moved, { reason, until }: Pause, moment: Moment): Moved {
  const paused = continued(before.row, { state: 'paused', why: 'paused', calendar: null }, moment)
  const row = until === undefined ? paused : { ...paused, pauseUntil: until }
  const data = {
    elapsedMs: row.elapsedMs,
    ...(reason === undefined || reason === null ? {} : { reason }),
    ...(until === undefined ? {} : { until: momentText(until) }),
  }
  return moved(before, row, clockEvent('clock.paused', row, data))
}

/** A pause has lasted as long as it may: it goes on from that moment, however late that is noticed. */
export function endPause(before: Moved, calendar: string | null, moment: Moment): Moved {
  const ended = before.row.pauseUntil ?? moment.now
  const row = continued(before.row, { state: 'running', why: 'pauseLimit', calendar }, { ...moment, now: ended })
  const data = { calendar, why: 'pauseLimit', since: formatInstant(ended), due: momentText(row.dueAt) }
  return moved(before, row, clockEvent('clock.resumed', row, { ...data, elapsedMs: row.elapsedMs }))
}

/** Somebody has taken notice: the steps of the ladder still to come do not fire. The result stays what it will be. */
export function acknowledge(before: Moved, by: Id | null, note: string | null, { now }: Moment): Moved {
  const row: ClockRow = { ...before.row, acknowledged: { at: now, by } }
  return moved(before, row, clockEvent('clock.acknowledged', row, note === null ? {} : { note }))
}

export function resume(before: Moved, calendar: string | null, moment: Moment): Moved {
  const row = continued(before.row, { state: 'running', why: 'resumed', calendar }, moment)
  return moved(
    before,
    row,
    clockEvent('clock.resumed', row, { calendar, elapsedMs: row.elapsedMs, due: momentText(row.dueAt) }),
  )
}

/** Goes on counting on another calendar; what was counted so far stays. */
export function changeCalendar(before: Moved, calendar: string | null, moment: Moment): Moved {
  const row = continued(before.row, { state: 'running', why: 'calendar', calendar }, moment)
  return moved(
    before,
    row,
    clockEvent('clock.retargeted', row, {
      targetMs: row.targetMs,
      calendar,
      elapsedMs: row.elapsedMs,
      due: momentText(row.dueAt),
    }),
  )
}

/** The result is known: met when the time used is at most the target. A breach nobody noticed in time is noted first. */
export function stop(before: Moved, moment: Moment): Moved {
  const { now, calendars } = moment
  const elapsedMs = elapsedAt(before.row, now, calendars)
  const met = elapsedMs <= before.row.targetMs
  const noticed = met || before.row.breachedAt !== null ? before : breach(before, moment)
  const row: ClockRow = {
    ...noticed.row,
    state: 'stopped',
    stoppedAt: now,
    elapsedMs,
    met,
    breachedAt: met ? null : noticed.row.breachedAt,
    segments: followedBy(
      noticed.row.segments,
      { state: 'closed', why: 'stopped', calendar: null, ...versionOf(moment) },
      now,
      calendars,
    ),
  }
  return moved(noticed, row, clockEvent('clock.stopped', row, { elapsedMs, targetMs: row.targetMs, met }))
}

/** The target is exceeded: noted with the moment it was, however late that is noticed. */
export function breach(before: Moved, { now, calendars }: Moment): Moved {
  const breachedAt = Math.min(momentOf(before.row, before.row.targetMs + 1, calendars) ?? now, now)
  const row: ClockRow = { ...before.row, breachedAt, met: false }
  const data = {
    targetMs: row.targetMs,
    due: momentText(row.dueAt),
    at: formatInstant(breachedAt),
    late: now - breachedAt,
  }
  return moved(before, row, clockEvent('clock.breached', row, data))
}

/** Leaves the attainment: neither met nor breached. */
export function cancel(before: Moved, why: string, moment: Moment): Moved {
  const segments = followedBy(
    before.row.segments,
    { state: 'closed', why, calendar: null, ...versionOf(moment) },
    moment.now,
    moment.calendars,
  )
  const row: ClockRow = {
    ...before.row,
    state: 'cancelled',
    segments,
    elapsedMs: countedIn(segments),
    dueAt: null,
    met: null,
  }
  return moved(before, row, clockEvent('clock.cancelled', row, { why, elapsedMs: row.elapsedMs }))
}

/** Goes on after having been stopped or cancelled; the time in between counts only `withGap`. */
export function reopen(before: Moved, calendar: string | null, withGap: boolean, moment: Moment): Moved {
  const { now, calendars } = moment
  const gap = before.row.segments.at(-1)
  const segments =
    withGap && gap?.to === null
      ? closed(
          [...before.row.segments.slice(0, -1), { ...gap, state: 'running', why: 'gap', calendar }],
          now,
          calendars,
        )
      : before.row.segments
  const { acknowledged: _, ...rest } = before.row
  const row = continued(
    { ...rest, segments, stoppedAt: null, met: before.row.breachedAt === null ? null : false },
    { state: 'running', why: 'reopened', calendar },
    moment,
  )
  return moved(
    before,
    row,
    clockEvent('clock.resumed', row, {
      calendar,
      why: 'reopened',
      gap: withGap,
      elapsedMs: row.elapsedMs,
      due: momentText(row.dueAt),
    }),
  )
}

type TargetMode = Exclude<NonNullable<ClockDefinition['onTargetChange']>, 'reset'>

/**
 * A new target for a running clock. `recompute`: it counts from the start. `forward`: the share of the old target that
 * is left, of the new one, counts from now; what was exceeded stays exceeded.
 */
export function retarget(before: Moved, nominalMs: number, mode: TargetMode, { now, calendars }: Moment): Moved {
  const elapsed = elapsedAt(before.row, now, calendars)
  const targetMs = mode === 'recompute' ? nominalMs : forwardTarget(before.row, elapsed, nominalMs)
  const breachedAt = elapsed > targetMs ? before.row.breachedAt : null
  const row = withDue(
    { ...before.row, targetMs, nominalMs, breachedAt, met: breachedAt === null ? null : false },
    calendars,
  )
  const data = {
    from: before.row.nominalMs,
    to: nominalMs,
    targetMs,
    mode,
    elapsedMs: elapsed,
    due: momentText(row.dueAt),
  }
  return moved(before, row, clockEvent('clock.retargeted', row, data))
}

function forwardTarget({ targetMs, nominalMs }: ClockRow, elapsed: number, next: number): number {
  // Without an old target there is no share of it; it is used up.
  return nominalMs === 0 ? targetMs : elapsed + Math.round(((targetMs - elapsed) / nominalMs) * next)
}
