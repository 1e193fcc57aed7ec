import type { Instant } from '@tenon/engine'
import { type Apps, loadApps } from './apps.ts'
import type { Db } from './database.ts'
import { loadOrganisation, type Organisation } from './directory.ts'
import { readRevisions } from './revisions.ts'
import type { Store } from './store.ts'

/** What this process keeps in memory of apps and people. */
export type Memory = { readonly apps: Apps; readonly organisation: Organisation }

/** Another process may have changed something: asked at most this often outside of commands, so within a second it counts. */
const checkEveryMs = 500

/**
 * Apps and people in memory, read anew when their mark in the database has changed. Commands look at the mark inside
 * their transaction; reads at most twice a second, on SQLite every time.
 */
export class LiveMemory {
  readonly #store: Store
  #held: { readonly memory: Memory; readonly apps: string; readonly directory: string } | undefined
  #checkedAt = Number.NEGATIVE_INFINITY
  #loading: Promise<Memory> | undefined

  constructor(store: Store) {
    this.#store = store
  }

  /** As last read; throws before the first reading. */
  get now(): Memory {
    if (!this.#held) throw new Error('read the memory first')
    return this.#held.memory
  }

  /** For a command: exact at this moment of its transaction. */
  async inside(db: Db): Promise<Memory> {
    const marks = await readRevisions(db)
    const held = this.#held
    if (held && held.apps === marks.apps && held.directory === marks.directory) return held.memory
    const apps = held?.apps === marks.apps ? held.memory.apps : await loadApps(db, held?.memory.apps)
    const organisation = held?.directory === marks.directory ? held.memory.organisation : await loadOrganisation(db)
    this.#held = { memory: { apps, organisation }, ...marks }
    return this.#held.memory
  }

  /** For a request: at most half a second old. */
  async fresh(): Promise<Memory> {
    const now: Instant = performance.now()
    if (this.#held && this.#store.kind === 'postgres' && now - this.#checkedAt < checkEveryMs) return this.#held.memory
    this.#checkedAt = now
    const loading = this.#loading ?? this.inside(this.#store.read)
    this.#loading = loading
    return loading.finally(() => {
      if (this.#loading === loading) this.#loading = undefined
    })
  }

  /** This process has committed a change: the next request looks at the marks again, whenever it last did. */
  changed(): void {
    this.#checkedAt = Number.NEGATIVE_INFINITY
    // A reading under way may have begun before the commit.
    this.#loading = undefined
  }
}
