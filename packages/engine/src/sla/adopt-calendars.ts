import { calendarsOf } from '../calendars/calendars-of.ts'
import type { Instant } from '../kernel/instant.ts'
import type { RecordData } from '../kernel/value-kind.ts'
import type { AppModel } from '../model.ts'
import type { ClockRow } from '../pipeline/rows.ts'
import { openSegment } from './ledger.ts'
import { changeCalendar } from './moves.ts'
import { clockDefinition } from './policy-choice.ts'
import { writesOf } from './step.ts'
import { thresholds, timerFor } from './thresholds.ts'
import type { ClockStep } from './types.ts'

type Publish = { readonly now: Instant; readonly before: AppModel; readonly after: AppModel }

/**
 * What a published change of calendars does to running clocks: the time up to now stays as it was counted, from now on
 * the new calendar counts, and timers move to the new moments. Clocks on calendars that did not change are left alone.
 */
export function adoptCalendars(clocks: readonly ClockRow[], { now, before, after }: Publish): ClockStep {
  const [old, next] = [calendarsOf(before), calendarsOf(after)]
  const moves = clocks.flatMap((clock) => {
    const open = openSegment(clock)
    if (open?.state !== 'running' || textOf(before, open.calendar) === textOf(after, open.calendar)) return []
    // The stretch that ends was counted by the old calendar, the due moment follows from the new one.
    const split = changeCalendar({ row: clock, events: [] }, open.calendar, {
      now,
      calendars: old,
      dueBy: next,
      version: after.version,
    })
    return [{ clock, split }]
  })
  const timersSet = moves.flatMap(({ split }) =>
    thresholds(split.row, next).map((one) => timerFor(split.row, one, now)),
  )
  const kept = new Set(timersSet.map(({ key }) => key))
  return {
    clocks: moves.map(({ split }) => split.row),
    events: moves.flatMap(({ split }) => split.events),
    timersSet,
    timersCancelled: moves
      .flatMap(({ clock }) => thresholds(clock, old).map(({ key }) => key))
      .filter((key) => !kept.has(key)),
    writes: Object.assign(
      {},
      ...moves.map(({ split }) => writesOf(split.row, writtenBy(after, split.row))),
    ) as RecordData,
  }
}

const writtenBy = (app: AppModel, { owner }: ClockRow) =>
  owner.kind === 'policy' ? clockDefinition(app, owner.policy, owner.id)?.writes : undefined

const textOf = (app: AppModel, id: string | null): string =>
  JSON.stringify(
    id === null ? null : (app.calendars.get(id) ?? app.calendars.get(app.definition.calendar ?? '') ?? null),
  )
