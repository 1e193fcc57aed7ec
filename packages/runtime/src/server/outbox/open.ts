import type { Clock } from '../clock.ts'
import type { Store } from '../store/store.ts'
import { LaneOutbox } from './in-lanes.ts'
import type { Outbox } from './outbox.ts'
import { TableOutbox } from './table-outbox.ts'

export type OpenOutbox = Outbox & { close(): Promise<void> }

/** The outbox that belongs to the database. Nobody else asks which one it is. */
export async function openOutbox(store: Store, url: string, clock: Clock): Promise<OpenOutbox> {
  if (store.kind === 'postgres') {
    const { GraphileOutbox } = await import('./graphile-outbox.ts')
    const free = await GraphileOutbox.open(store, url)
    return Object.assign(new LaneOutbox(store, free), { close: () => free.close() })
  }
  const outbox = new LaneOutbox(store, new TableOutbox(store, { clock }))
  return Object.assign(outbox, { close: () => outbox.stop() })
}
