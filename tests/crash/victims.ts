import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type ServerProcess, startServer } from './server-process.ts'

/** Real servers on one database, of which one is killed or frozen whenever somebody says so, and then another started. */
export class Victims {
  readonly #databaseUrl: string
  readonly #folder: string
  readonly #size: number
  readonly #env: { readonly [name: string]: string }
  readonly #alive = new Map<number, ServerProcess>()
  readonly #dying = new Set<Promise<void>>()
  readonly #chance: () => number
  kills = 0
  freezes = 0

  constructor(
    databaseUrl: string,
    folder: string,
    { size, env, chance }: { size: number; env: { readonly [name: string]: string }; chance: () => number },
  ) {
    this.#databaseUrl = databaseUrl
    this.#folder = folder
    this.#size = size
    this.#env = env
    this.#chance = chance
  }

  /** Starts as many as are missing. */
  async fill(): Promise<void> {
    await Promise.all(this.#dying)
    const missing = Array.from({ length: this.#size }, (_, at) => at).filter((at) => !this.#alive.has(at))
    await Promise.all(
      missing.map(async (at) => {
        this.#alive.set(at, await startServer(this.#databaseUrl, join(this.#folder, `server-${at}`), this.#env))
      }),
    )
  }

  /** One of those that live; undefined: none does. */
  any(): ServerProcess | undefined {
    const all = [...this.#alive.values()]
    return all[Math.floor(this.#chance() * all.length)]
  }

  /** SIGKILL for one of them, at this very moment. */
  kill(): void {
    const victim = this.any()
    if (!victim) return
    for (const [at, server] of this.#alive) if (server === victim) this.#alive.delete(at)
    this.kills += 1
    const dying: Promise<void> = victim.kill().finally(() => this.#dying.delete(dying))
    this.#dying.add(dying)
  }

  /** One of them stands still for so long, and goes on as if nothing had been, unless it is killed meanwhile. */
  async freeze(ms: number): Promise<void> {
    const victim = this.any()
    if (!victim) return
    this.freezes += 1
    victim.freeze()
    await wait(ms)
    victim.thaw()
  }

  async end(): Promise<void> {
    for (const server of this.#alive.values()) await server.kill()
    await Promise.all(this.#dying)
    this.#alive.clear()
  }
}
