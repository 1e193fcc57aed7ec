import type { ClockRow } from '../pipeline/rows.ts'
import { calendarOf, currentClocks, targetMsOf } from './clocks-after-change.ts'
import { countedIn, elapsedAt, momentOf } from './ledger.ts'
import { clockEvent, momentText } from './moves.ts'
import { applicablePolicy, type Look } from './policy-choice.ts'
import { writesOf } from './step.ts'
import { thresholds, timerFor } from './thresholds.ts'
import type { Calendars, ClockChange, ClockEvent, ClockStep } from './types.ts'

type Recalculated = {
  readonly before: ClockRow
  readonly row: ClockRow
  readonly event: ClockEvent
  readonly look: Look
}

/**
 * Counts the running and paused clocks of these policies again from their start, by the target, calendar and ladder that
 * hold now (C06 rule 4). When a clock ran and when it paused stays as it was; what has a result is left alone, and so is
 * a clock whose record another policy applies to now. Steps that have fired stay fired. `was`: the calendars until now.
 */
export function recalculateClocks(change: ClockChange, policies: ReadonlySet<string>, was: Calendars): ClockStep {
  const { app, form, lookup, facts, now, calendars } = change
  const policy = applicablePolicy(app, form, lookup, facts)
  const current = currentClocks(change.clocks)
  const all = (policy?.clocks ?? []).flatMap((look): readonly Recalculated[] => {
    const row = current.get(look.definition.id)
    const isOf = row?.owner.kind === 'policy' && row.owner.policy === policy?.id && policies.has(row.owner.policy)
    return row && isOf && (row.state === 'running' || row.state === 'paused')
      ? recalculated(change, look, row, was)
      : []
  })
  const timersSet = all.flatMap(({ row }) => thresholds(row, calendars).map((one) => timerFor(row, one, now)))
  const kept = new Set(timersSet.map(({ key }) => key))
  return {
    clocks: all.map(({ row }) => row),
    events: all.map(({ event }) => event),
    timersSet,
    timersCancelled: all
      .flatMap(({ before }) => thresholds(before, calendars).map(({ key }) => key))
      .filter((key) => !kept.has(key)),
    writes: Object.assign({}, ...all.map(({ row, look }) => writesOf(row, look.definition.writes))),
  }
}

function recalculated(change: ClockChange, look: Look, before: ClockRow, was: Calendars): readonly Recalculated[] {
  const { app, now, calendars } = change
  const calendar = calendarOf({ change, look })
  const segments = before.segments.map((segment) =>
    segment.state === 'running'
      ? {
          ...segment,
          calendar,
          version: app.version,
          countedMs: segment.to === null ? 0 : calendars(calendar).between(segment.from, segment.to),
        }
      : segment,
  )
  const targetMs = targetMsOf({ change, look }, before.startedAt) ?? before.nominalMs
  const ladder = look.definition.ladder ?? []
  const counted: ClockRow = {
    ...before,
    segments,
    elapsedMs: countedIn(segments),
    targetMs,
    nominalMs: targetMs,
    ladder,
  }
  const elapsedMs = elapsedAt(counted, now, calendars)
  const isExceeded = elapsedMs > targetMs
  // A breach that nobody has noticed yet is noticed by its timer, which is due at once.
  const breachedAt =
    isExceeded && before.breachedAt !== null ? Math.min(momentOf(counted, targetMs + 1, calendars) ?? now, now) : null
  const row: ClockRow = {
    ...counted,
    breachedAt,
    met: breachedAt === null ? null : false,
    dueAt: momentOf(counted, targetMs, calendars),
  }
  const elapsedBefore = elapsedAt(before, now, was)
  if (
    JSON.stringify({ ...row, segments: [] }) === JSON.stringify({ ...before, segments: [] }) &&
    elapsedBefore === elapsedMs
  )
    return []
  const event = clockEvent('clock.recalculated', row, {
    calendar,
    targetMs,
    targetBefore: before.targetMs,
    elapsedMs,
    elapsedBefore,
    due: momentText(row.dueAt),
    dueBefore: momentText(before.dueAt),
    exceeded: isExceeded,
  })
  return [{ before, row, event, look }]
}
