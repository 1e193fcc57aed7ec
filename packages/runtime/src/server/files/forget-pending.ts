import { ok } from '@tenon/engine'
import type { Executor } from '../commands/execute.ts'
import type { Store } from '../store/store.ts'
import { removeContent } from './add-file.ts'

const atOnce = 100
const by = { kind: 'system', reason: 'housekeeping' } as const

/** Removes uploads from before `until` that no record ever named: the row first, so that no row is without content. */
export async function forgetPending(store: Store, executor: Executor, folder: string, until: number): Promise<void> {
  const old = store.read.selectFrom('files').select('id').where('record', 'is', null).where('uploaded_at', '<', until)
  const ids = (await old.limit(atOnce).execute()).map((row) => row.id)
  for (const id of ids) {
    const removed = await executor.perform(by, async ({ tx }) => {
      const gone = await tx.deleteFrom('files').where('id', '=', id).where('record', 'is', null).executeTakeFirst()
      return ok(gone.numDeletedRows > 0n)
    })
    if (removed.ok && removed.value) await removeContent(folder, id)
  }
}
