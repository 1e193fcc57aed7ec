import { ok } from '@tenon/engine'
import { change } from '../../src/server/store/statement.ts'
import type { Store } from '../../src/server/store/store.ts'

/** Lets every job that waits for its next try be tried now. */
export async function hurryJobs(store: Store): Promise<void> {
  const text =
    store.kind === 'postgres'
      ? 'UPDATE graphile_worker._private_jobs SET run_at = now() WHERE attempts < max_attempts AND locked_at IS NULL'
      : "UPDATE jobs SET run_at = 0 WHERE state = 'backoff'"
  await store.transact(async (tx) => ok(await change(tx, text, [])))
}
