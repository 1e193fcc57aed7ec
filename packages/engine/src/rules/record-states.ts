import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { RecordData } from '../kernel/value-kind.ts'
import type { EventRow, RecordRow } from '../pipeline/rows.ts'
import { dataAfter } from '../sla/what-if.ts'

/** A record as it is now, with its whole trail, oldest entry first. */
export type RecordHistory = { readonly row: RecordRow; readonly trail: readonly EventRow[] }

/** Up to which entry the past is looked at; `eventId` null: up to everything written at that moment. */
export type Position = { readonly at: Instant; readonly eventId: Id | null }
export type State = { readonly at: Instant; readonly event: Id; readonly data: RecordData }
export type States = RecordHistory & { readonly states: readonly State[] }

/** What a record was after each entry of its trail that changed it; without a trail, as it is now since it was created. */
export function statesOver({ row, trail }: RecordHistory): States {
  const states: State[] = []
  for (const event of trail) {
    const data = dataAfter(event, states.at(-1)?.data)
    if (data) states.push({ at: event.at, event: event.eventId, data })
  }
  return {
    row,
    trail,
    states: states.length > 0 ? states : [{ at: row.createdAt, event: '', data: row.data }],
  }
}

export const isBy = (state: State, { at, eventId }: Position): boolean =>
  state.at < at || (state.at === at && (eventId === null || state.event <= eventId))

/** The record as it was; undefined: it was not there yet. */
export function rowAt({ row, states }: States, position: Position): RecordRow | undefined {
  const state = states.findLast((one) => isBy(one, position))
  return state && rowOf(row, state)
}

export const rowOf = (row: RecordRow, { at, data }: State): RecordRow => ({ ...row, updatedAt: at, data })
