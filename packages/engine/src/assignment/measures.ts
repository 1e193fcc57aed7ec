import type { AssignmentDefinition } from '../definitions/assignment.ts'
import { compareText } from '../kernel/code-points.ts'
import type { Id } from '../kernel/ids.ts'
import type { Assignable } from './choose-person.ts'

export type Measure = NonNullable<AssignmentDefinition['score'][number]['measure']>

/**
 * Those a measure compares with each other: everybody in the pool, and those who passed all filters. `turn`: whom the
 * strategy chose last.
 */
export type Field = {
  readonly pool: readonly Assignable[]
  readonly eligible: readonly Assignable[]
  readonly turn: Id | null
}

const share = (part: number): number => Math.min(1, Math.max(0, part))
const unused = (used: number, capacity: number): number => (capacity > 0 ? share(1 - used / capacity) : 0)

/** What each measure gives a candidate, 0 … 1, higher is better. What is the same for all is worked out once. */
export const measures: { readonly [M in Measure]: (field: Field) => (candidate: Assignable) => number } = {
  /** Share of the capacity that is free by number of open tasks. */
  idle:
    () =>
    ({ person, workload }) =>
      unused(workload.openTasks, person.capacity),
  /** The same by weighted load. */
  load:
    () =>
    ({ person, workload }) =>
      unused(workload.weightedLoad, person.capacity),
  sameCustomer:
    () =>
    ({ workload }) =>
      workload.sameCustomer > 0 ? 1 : 0,
  /** Share of the others who passed and were given something later; 1 for an only candidate. */
  longestWithout:
    ({ eligible }) =>
    (candidate) => {
      const later = eligible.filter((other) => byLastAssigned(candidate, other) < 0).length
      return eligible.length > 1 ? later / (eligible.length - 1) : 1
    },
  /** 1 for who follows, in order of id, the one whom the strategy gave something last; falling to 0 around the circle. */
  roundRobin: ({ pool, turn }) => {
    const circle = pool.toSorted((a, b) => compareText(a.person.id, b.person.id))
    // Whoever had the last turn may have left the pool meanwhile; the circle goes on behind her place.
    const next = turn === null ? 0 : circle.findIndex(({ person }) => compareText(person.id, turn) > 0)
    const start = Math.max(next, 0)
    const order = new Map([...circle.slice(start), ...circle.slice(0, start)].map((one, index) => [one, index]))
    return (candidate) => (circle.length > 1 ? 1 - (order.get(candidate) ?? 0) / (circle.length - 1) : 1)
  },
}

/** Longest without an assignment first; never is longest. */
export function byLastAssigned(a: Assignable, b: Assignable): number {
  const [first, second] = [
    a.workload.lastAssignedAt ?? Number.NEGATIVE_INFINITY,
    b.workload.lastAssignedAt ?? Number.NEGATIVE_INFINITY,
  ]
  return first === second ? 0 : first - second
}
