import type { Id } from '../kernel/ids.ts'
import type { Directory, Workload } from '../pipeline/world.ts'
import type { Assignable } from './choose-person.ts'

type Known = {
  readonly directory: Directory
  readonly workloads: ReadonlyMap<Id, Workload>
  /** Whether the calendar of a shift is working now. */
  readonly isWorking: (shift: string) => boolean
}

/** The people of a pool as a strategy sees them; whoever is not known is left out. */
export const assignables = (pool: readonly Id[], { directory, workloads, isWorking }: Known): readonly Assignable[] =>
  pool.flatMap((id) => {
    const person = directory.person(id)
    const workload = workloads.get(id)
    if (!person || !workload) return []
    return [{ person, workload, onShift: person.shift === null || isWorking(person.shift) }]
  })
