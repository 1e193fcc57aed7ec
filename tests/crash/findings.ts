import { join } from 'node:path'
import { systemClock } from '../../packages/runtime/src/server/clock.ts'
import { examine } from '../../packages/runtime/src/server/doctor/examine.ts'
import { connect } from '../../packages/runtime/src/server/store/connect.ts'
import { LiveMemory } from '../../packages/runtime/src/server/store/live-memory.ts'

/** What `tenon doctor` says: every invariant of the database, read only. */
export async function findings(url: string, folder: string): Promise<readonly string[]> {
  const store = await connect(url)
  try {
    const memory = await new LiveMemory(store).fresh()
    const all: string[] = []
    for await (const one of examine({
      db: store.read,
      memory,
      filesFolder: join(folder, 'files'),
      now: systemClock.now(),
    })) {
      all.push(...one.findings.map(({ about, what }) => `${one.check}: ${about} ${what}`))
    }
    return all
  } finally {
    await store.close()
  }
}
