import { calendarsOf } from '../calendars/calendars-of.ts'
import type { Facts, RecordFacts } from '../facts.ts'
import type { Instant } from '../kernel/instant.ts'
import type { RecordData } from '../kernel/value-kind.ts'
import type { AppModel, FormLookup, FormModel } from '../model.ts'
import type { ClockRow, EventRow, RecordRef } from '../pipeline/rows.ts'
import { clocksAfterChange, currentClocks } from './clocks-after-change.ts'
import { fireClockTimer } from './fire-clock-timer.ts'
import { elapsedAt } from './ledger.ts'
import { pauseEndStep } from './thresholds.ts'
import type { Calendars, ClockStep } from './types.ts'

/** A record as it stood after one command. */
export type RecordState = { readonly at: Instant; readonly data: RecordData }

/**
 * What a record was after each command that changed it, rebuilt from its trail. The trail of a record that was imported
 * as history has no beginning of its own: no states.
 */
export function statesOf(trail: readonly EventRow[]): readonly RecordState[] {
  const states: (RecordState & { readonly command: string })[] = []
  for (const event of trail) {
    const last = states.at(-1)
    const data = dataAfter(event, last?.data)
    if (!data) continue
    const state = { at: event.at, data, command: event.command }
    if (last?.command === event.command) states[states.length - 1] = state
    else states.push(state)
  }
  return states
}

/** The values after this entry of the trail; undefined: it changes none. */
export function dataAfter({ type, data }: EventRow, before: RecordData | undefined): RecordData | undefined {
  if (type === 'record.created') return data.values as RecordData
  if (type !== 'record.updated' || !before) return undefined
  const changes = Object.entries(data.changes as { readonly [field: string]: readonly [unknown, unknown] })
  const next = Object.entries({ ...before, ...Object.fromEntries(changes.map(([field, [, after]]) => [field, after])) })
  return Object.fromEntries(next.filter(([, value]) => value !== null)) as RecordData
}

export type Rehearsal = {
  readonly app: AppModel
  readonly form: FormModel
  readonly lookup?: FormLookup
  readonly ref: RecordRef
  readonly states: readonly RecordState[]
  readonly now: Instant
  /** System fields and what the record links to. */
  readonly facts: (state: RecordState) => Pick<Facts, 'record' | 'linked' | 'zone'>
}

/** The latest run of every policy clock as it would be, had these policies and calendars been in force all along. Nothing is written. */
export function rehearse({ app, form, lookup, ref, states, now, facts }: Rehearsal): readonly ClockRow[] {
  const calendars = calendarsOf(app)
  const rows = new Map<string, ClockRow>()
  const take = (step: ClockStep) => {
    for (const row of step.clocks) rows.set(row.clock, row)
  }
  let previous: RecordFacts | undefined
  let made = 0
  const newId = () => {
    made += 1
    return `${made}`
  }
  for (const state of states) {
    const seen = facts(state)
    take(
      clocksAfterChange({
        app,
        form,
        ...(lookup ? { lookup } : {}),
        ref,
        facts: { ...seen, now: state.at, ...(previous ? { previous } : {}) },
        clocks: [...rows.values()],
        now: state.at,
        newId,
        calendars,
      }),
    )
    previous = seen.record
  }
  // Only the end of a pause changes what is counted; reminders do not.
  for (const clock of rows.values())
    take(fireClockTimer({ app, clock, run: clock.run, step: pauseEndStep, now, calendars }))
  return [...currentClocks([...rows.values()]).values()]
}

/** How a clock stands: met and breached are results; what runs, pauses or was cancelled has none yet. */
export type ClockResult = 'met' | 'breached' | 'running' | 'paused' | 'cancelled'

function resultOf(clock: ClockRow, now: Instant, calendars: Calendars): ClockResult {
  if (clock.state === 'cancelled') return 'cancelled'
  if (clock.state === 'stopped') return clock.met ? 'met' : 'breached'
  return elapsedAt(clock, now, calendars) > clock.targetMs ? 'breached' : clock.state
}

/** A clock whose result, target or time used differs. Null: there is no such clock. */
export type ClockDifference = {
  readonly clock: string
  readonly before: ClockStanding | null
  readonly after: ClockStanding | null
}
export type ClockStanding = {
  readonly policy: string
  readonly result: ClockResult
  readonly targetMs: number
  readonly elapsedMs: number
}

/** How the clocks of a record stand, by their id in the policy. */
export function standingsOf(
  clocks: readonly ClockRow[],
  now: Instant,
  calendars: Calendars,
): ReadonlyMap<string, ClockStanding> {
  return new Map(
    [...currentClocks(clocks)].map(([id, row]) => [
      id,
      {
        policy: row.owner.kind === 'policy' ? row.owner.policy : '',
        result: resultOf(row, now, calendars),
        targetMs: row.targetMs,
        elapsedMs: elapsedAt(row, now, calendars),
      },
    ]),
  )
}

/** What differs between two accounts of the same record; the policy's name alone is no difference. */
export function differences(
  before: ReadonlyMap<string, ClockStanding>,
  after: ReadonlyMap<string, ClockStanding>,
): readonly ClockDifference[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((clock) => {
    const [old, next] = [before.get(clock) ?? null, after.get(clock) ?? null]
    return isSame(old, next) ? [] : [{ clock, before: old, after: next }]
  })
}

const isSame = (one: ClockStanding | null, other: ClockStanding | null): boolean =>
  one?.result === other?.result && one?.targetMs === other?.targetMs && one?.elapsedMs === other?.elapsedMs

/** Counts of results of one clock; the attainment is met ÷ (met + breached), null while nothing has a result (C06 rule 12). */
export type Attainment = { readonly [K in ClockResult]: number } & { readonly attainment: number | null }

export function attainmentOf(results: readonly ClockResult[]): Attainment {
  const count = (result: ClockResult) => results.filter((one) => one === result).length
  const [met, breached] = [count('met'), count('breached')]
  return {
    met,
    breached,
    running: count('running'),
    paused: count('paused'),
    cancelled: count('cancelled'),
    attainment: met + breached === 0 ? null : met / (met + breached),
  }
}
