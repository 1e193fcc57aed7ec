import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type ServerProcess, startServer } from './server-process.ts'

const patienceMs = 60_000

/** Real servers on one database, each killed without warning now and then and started again. */
export class Fleet {
  readonly #databaseUrl: string
  readonly #folder: string
  readonly #size: number
  kills = 0

  constructor(databaseUrl: string, folder: string, size: number) {
    this.#databaseUrl = databaseUrl
    this.#folder = folder
    this.#size = size
  }

  /** A process with a data folder of its own. */
  start = (at = 0): Promise<ServerProcess> => startServer(this.#databaseUrl, join(this.#folder, `server-${at}`))

  /**
   * Keeps every process alive for a random time from the start of its work, again and again for so long, and on a slow
   * machine longer until `least` have been killed. None lives in the end.
   */
  async rage(ms: number, random: () => number, least = 1): Promise<void> {
    const until = performance.now() + ms
    const goesOn = () => performance.now() < until || (this.kills < least && performance.now() < until + patienceMs)
    const one = async (at: number) => {
      while (goesOn()) {
        const server = await this.start(at)
        await wait(500 + random() * 2500)
        await server.kill()
        this.kills += 1
      }
    }
    await Promise.all(Array.from({ length: this.#size }, (_, at) => one(at)))
  }
}
