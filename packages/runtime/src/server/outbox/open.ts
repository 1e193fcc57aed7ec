import type { Clock } from '../clock.ts'
import type { Store } from '../store/store.ts'
import { LaneOutbox } from './in-lanes.ts'
import { leaseMs, type Outbox } from './outbox.ts'
import { TableOutbox } from './table-outbox.ts'

export type OpenOutbox = Outbox & { close(): Promise<void> }

/**
 * The outbox that belongs to the database. Nobody else asks which one it is. `takeoverMs`: a silent worker has lost its
 * jobs after so long.
 */
export async function openOutbox(
  store: Store,
  url: string,
  clock: Clock,
  takeoverMs: number = leaseMs,
): Promise<OpenOutbox> {
  if (store.kind === 'postgres') {
    const { GraphileOutbox } = await import('./graphile-outbox.ts')
    const free = await GraphileOutbox.open(store, url, { leaseMs: takeoverMs })
    return Object.assign(new LaneOutbox(store, free), { close: () => free.close() })
  }
  const outbox = new LaneOutbox(store, new TableOutbox(store, { clock, leaseMs: takeoverMs }))
  return Object.assign(outbox, { close: () => outbox.stop() })
}
