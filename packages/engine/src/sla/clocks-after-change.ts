import type { ClockDefinition } from '../definitions/policy.ts'
import type { Instant } from '../kernel/instant.ts'
import type { ClockRow } from '../pipeline/rows.ts'
import { onReopenOf } from './kinds.ts'
import { openSegment } from './ledger.ts'
import {
  cancel,
  changeCalendar,
  endPause,
  type Moment,
  type Moved,
  pause,
  reopen,
  resume,
  retarget,
  start,
  stop,
} from './moves.ts'
import { leaveToPause } from './pause-limit.ts'
import { type ApplicablePolicy, applicablePolicy, clockDefinition, type Look } from './policy-choice.ts'
import { type Change, stepOf } from './step.ts'
import type { ClockChange, ClockStep } from './types.ts'

/**
 * Looks at every policy clock of a record after a change of it, in this order: cancel, target and calendar, stop,
 * pause or resume. A clock of the same id goes on when another policy takes over; one the new policy does not have is
 * cancelled. A stopped clock never changes, unless it is reopened because `stopWhen` is false again.
 */
export function clocksAfterChange(change: ClockChange): ClockStep {
  const policy = applicablePolicy(change.app, change.form, change.lookup, change.facts)
  const current = currentClocks(change.clocks)
  const looked = (policy?.clocks ?? []).flatMap((look) =>
    lookAt({ change, policy: policy as ApplicablePolicy, look, row: current.get(look.definition.id) }),
  )
  const kept = new Set(policy?.clocks.map(({ definition }) => definition.id))
  const dropped = [...current.values()]
    .filter((row) => isLive(row) && !kept.has(idOf(row)))
    .map((row) => drop(change, row))
  return stepOf([...dropped, ...looked], change.now, change.calendars)
}

const isLive = ({ state }: ClockRow): boolean => state === 'running' || state === 'paused'
const idOf = ({ owner }: ClockRow): string => (owner.kind === 'policy' ? owner.id : '')

/** The latest run of each policy clock of a record, by the clock's id. */
export function currentClocks(clocks: readonly ClockRow[]): ReadonlyMap<string, ClockRow> {
  const current = new Map<string, ClockRow>()
  for (const row of clocks) {
    if (row.owner.kind !== 'policy') continue
    const known = current.get(row.owner.id)
    if (!known || known.run < row.run) current.set(row.owner.id, row)
  }
  return current
}

/** The clock as the change finds it. */
type Case = {
  readonly change: ClockChange
  readonly policy: ApplicablePolicy
  readonly look: Look
  readonly row: ClockRow | undefined
}

const momentOfChange = ({ now, calendars, app }: ClockChange): Moment => ({ now, calendars, version: app.version })

function drop(change: ClockChange, row: ClockRow): Change {
  const writes =
    row.owner.kind === 'policy' ? clockDefinition(change.app, row.owner.policy, row.owner.id)?.writes : undefined
  return {
    before: row,
    moved: cancel({ row, events: [] }, 'policy', momentOfChange(change)),
    ...(writes ? { writes } : {}),
  }
}

function lookAt(here: Case): readonly Change[] {
  const { row, look } = here
  if (!row) return begin(here, 1)
  const before = overdue(here, { row, events: [] })
  if (isLive(row))
    return look.cancels
      ? [changed(here, row, cancel(before, 'cancelled', momentOfChange(here.change)))]
      : goOn(here, row, before)
  return look.stops || look.cancels ? [] : goOnAfter(here, row, before)
}

const changed = ({ look }: Case, before: ClockRow | undefined, moved: Moved): Change => ({
  before,
  moved,
  ...(look.definition.writes ? { writes: look.definition.writes } : {}),
})

/**
 * Starts the clock when its condition holds. What is already over has nothing to measure; only a record that is created
 * so (a call answered at once) counts, with no time used.
 */
function begin(here: Case, run: number): readonly Change[] {
  const { change, policy, look } = here
  const isOver = look.stops && (change.facts.previous !== undefined || run > 1)
  const targetMs = targetMsOf(here, change.now)
  if (!look.starts || look.cancels || isOver || targetMs === undefined) return []
  const started = start(
    {
      ref: change.ref,
      clock: change.newId(),
      owner: { kind: 'policy', policy: policy.id, id: look.definition.id },
      run,
      targetMs,
      calendar: calendarOf(here),
      ladder: look.definition.ladder ?? [],
    },
    momentOfChange(change),
  )
  return [changed(here, undefined, settled(here, started))]
}

/** Stop, pause or resume: what the conditions say about a clock that is not over. */
function settled(here: Case, before: Moved): Moved {
  const { change, look } = here
  const moment = momentOfChange(change)
  if (look.stops) return stop(before, moment)
  if (look.pauses && before.row.state === 'running') return paused(here, before)
  if (!look.pauses && before.row.state === 'paused') return resume(before, calendarOf(here), moment)
  return before
}

function paused(here: Case, before: Moved): Moved {
  const { change, look } = here
  const leave = leaveToPause(look.definition.pauseLimit, before.row, calendarOf(here), change.now, change.calendars)
  return leave.allowed
    ? pause(before, { reason: look.pauseReason, until: leave.until }, momentOfChange(change))
    : before
}

/** A pause that has lasted as long as it may, and whose timer has not come yet. */
const overdue = (here: Case, before: Moved): Moved =>
  before.row.state === 'paused' && before.row.pauseUntil !== undefined && before.row.pauseUntil <= here.change.now
    ? endPause(before, calendarOf(here), momentOfChange(here.change))
    : before

/** Business time allowed from the start of the clock; a moment promised is put in these words. */
export function targetMsOf(here: Pick<Case, 'change' | 'look'>, startedAt: Instant): number | undefined {
  const { target } = here.look
  if (target === undefined || 'ms' in target) return target?.ms
  return Math.max(0, here.change.calendars(calendarOf(here)).between(startedAt, target.until))
}

/** A promised moment is reached on the wall clock, whatever the hours of work. */
export const calendarOf = ({ change, look }: Pick<Case, 'change' | 'look'>): string | null =>
  look.target && 'until' in look.target ? null : (look.definition.calendar ?? change.app.definition.calendar ?? null)

function goOn(here: Case, row: ClockRow, before: Moved): readonly Change[] {
  // A new run that is over at once would say nothing: what stops, stops the run it has.
  if (needsNewRun(here, row) && !here.look.stops) return anew(here, row, before)
  const mode = definitionOf(here).onTargetChange ?? 'recompute'
  const target = targetMsOf(here, row.startedAt)
  const adopted = adopt(here, before)
  const isSame = target === undefined || target === row.nominalMs || mode === 'reset'
  const aimed = isSame ? adopted : retarget(adopted, target, mode, momentOfChange(here.change))
  return [changed(here, row, settled(here, aimed))]
}

const definitionOf = (here: Case): ClockDefinition => here.look.definition

const needsNewRun = (here: Case, row: ClockRow): boolean =>
  definitionOf(here).onTargetChange === 'reset' &&
  here.look.target !== undefined &&
  targetMsOf(here, row.startedAt) !== row.nominalMs

/** Ends this run without a result and begins the next one. */
function anew(here: Case, row: ClockRow, before: Moved): readonly Change[] {
  return [changed(here, row, cancel(before, 'reset', momentOfChange(here.change))), ...begin(here, row.run + 1)]
}

/** `stopWhen` (or `cancelWhen`, or the policy) lets go of the clock: it goes on as `onReopen` says. */
function goOnAfter(here: Case, row: ClockRow, before: Moved): readonly Change[] {
  const mode = onReopenOf(definitionOf(here))
  // What was cancelled has no result that could stay.
  if (mode === 'never' && row.state === 'stopped') return []
  if (mode === 'reset' || needsNewRun(here, row)) return begin(here, row.run + 1)
  return goOn(here, row, reopen(before, calendarOf(here), mode === 'continueWithGap', momentOfChange(here.change)))
}

/** The rules of the policy as they are now: its id, ladder, and the calendar for the time to come. */
function adopt(here: Case, before: Moved): Moved {
  const ladder = definitionOf(here).ladder ?? []
  const { owner } = before.row
  const isSame =
    owner.kind === 'policy' &&
    owner.policy === here.policy.id &&
    JSON.stringify(before.row.ladder) === JSON.stringify(ladder)
  const row: ClockRow = isSame
    ? before.row
    : { ...before.row, owner: { kind: 'policy', policy: here.policy.id, id: definitionOf(here).id }, ladder }
  const open = openSegment(row)
  const calendar = calendarOf(here)
  const isOther = open?.state === 'running' && open.calendar !== calendar
  return isOther ? changeCalendar({ ...before, row }, calendar, momentOfChange(here.change)) : { ...before, row }
}
