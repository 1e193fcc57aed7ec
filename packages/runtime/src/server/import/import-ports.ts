import type { Clock } from '../clock.ts'
import type { Executor } from '../commands/execute.ts'
import type { LiveMemory } from '../store/live-memory.ts'
import type { Store } from '../store/store.ts'

/** What an import works with. */
export type ImportPorts = {
  readonly store: Store
  readonly memory: LiveMemory
  readonly executor: Executor
  readonly clock: Clock
}
