import type { Calendar } from '../calendars/calendar.ts'
import type { LadderStep, Limit } from '../definitions/ladder.ts'
import type { Facts } from '../facts.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Json } from '../kernel/json.ts'
import type { RecordData } from '../kernel/value-kind.ts'
import type { AppModel, FormLookup, FormModel } from '../model.ts'
import type { ClockRow, ClockSegment, EventType, RecordRef, TimerRow } from '../pipeline/rows.ts'

/** Finds a calendar by id; null: every minute counts. `calendarsOf(app)` makes one. */
export type Calendars = (id: string | null) => Calendar

/** Something that happened to a clock, for the audit trail of its record. */
export type ClockEvent = { readonly type: ClockEventType; readonly data: { readonly [key: string]: Json } }
export type ClockEventType = Extract<EventType, `clock.${string}`>

/**
 * What a step of the clock engine changes. `timersSet` replaces timers of the same key; `writes` are fields of the
 * record to be set (null: blank), already normalised.
 */
export type ClockStep = {
  readonly clocks: readonly ClockRow[]
  readonly events: readonly ClockEvent[]
  readonly timersSet: readonly TimerRow[]
  readonly timersCancelled: readonly string[]
  readonly writes: RecordData
}

/** `clocksAfterChange`: every policy clock of the record is looked at after each change, creation included. */
export type ClockChange = {
  readonly app: AppModel
  readonly form: FormModel
  readonly lookup?: FormLookup
  readonly ref: RecordRef
  /** `record` as it is after the change, `previous` before it; absent `previous`: the record was just created. */
  readonly facts: Facts
  /** All clocks of the record; those of task limits are left alone. */
  readonly clocks: readonly ClockRow[]
  readonly now: Instant
  readonly newId: () => Id
  readonly calendars: Calendars
}

/** `startLimit`: the task's clock; `step.clocks[0].dueAt` is the task's due moment. */
export type LimitStart = {
  readonly ref: RecordRef
  readonly task: Id
  readonly node: string
  readonly limit: Limit
  /** Calendar for limits that name none: the app's. */
  readonly calendar: string | null
  readonly now: Instant
  readonly newId: () => Id
  readonly calendars: Calendars
}

/** `fireClockTimer`: `app` finds the fields a policy clock writes; not needed for task limits. */
export type ClockTimer = {
  readonly app?: AppModel | undefined
  readonly clock: ClockRow
  readonly run: number
  /** Id of a ladder step, or `due`: the moment the target is exceeded. */
  readonly step: string
  readonly now: Instant
  readonly calendars: Calendars
}

/** `ladder`: the step to carry out now (notify, escalate, set); null: nothing, the timer was obsolete or is `due`. */
export type FiredTimer = ClockStep & { readonly ladder: LadderStep | null }

/** A stretch of a clock's life with the business time it counted. */
export type ExplainedSegment = ClockSegment & {
  /** End of the stretch, the moment asked about for one that still goes on. */
  readonly until: Instant
  /** Counted again now with today's calendar; differs from `countedMs` only where the calendar was changed since. */
  readonly recountedMs: number
}
export type ExplainedClock = {
  readonly segments: readonly ExplainedSegment[]
  /** Sum of the segments' counted time. */
  readonly elapsedMs: number
  readonly targetMs: number
  /** Negative once the target is exceeded. */
  readonly remainingMs: number
  readonly exceeded: boolean
}
