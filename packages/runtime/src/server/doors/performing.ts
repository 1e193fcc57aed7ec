import { ok, type Principal, type Rejection, type Result } from '@tenon/engine'
import type { Executor, Unit } from '../commands/execute.ts'
import type { Intention } from '../doors.ts'
import type { LiveMemory } from '../store/live-memory.ts'
import type { Store } from '../store/store.ts'
import { rejected } from '../tenon-error.ts'

/** A change that is not the engine's: its value, or its refusal thrown for the HTTP layer. */
export type Performing = <T>(
  by: Principal,
  work: (unit: Unit) => Promise<Result<T, Rejection>>,
  intention?: Intention,
) => Promise<T>

export const performing =
  (executor: Executor, store: Store, memory: LiveMemory): Performing =>
  async (by, work, intention) => {
    const result = await executor.perform(by, work, intention)
    if (!result.ok) throw rejected(result.error)
    // Whoever changed something sees it in the answer, even where memory may otherwise be half a second old.
    await memory.inside(store.read)
    return result.value
  }

/** For work that cannot be refused. */
export const done = async <T>(work: Promise<T>): Promise<Result<T, never>> => ok(await work)
