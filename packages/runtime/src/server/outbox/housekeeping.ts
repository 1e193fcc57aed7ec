import { setTimeout as wait } from 'node:timers/promises'
import { ok } from '@tenon/engine'
import type { Clock } from '../clock.ts'
import { forgetAnswers } from '../commands/idempotency.ts'
import { forgetMessages } from '../store/rows/flow-waits.ts'
import { forgetPortalSignIns } from '../store/rows/portal.ts'
import { forgetRuleRuns } from '../store/rows/rule-runs.ts'
import { forgetCalls } from '../store/rows/webhook-calls.ts'
import { sealDays } from '../store/seals.ts'
import type { Store } from '../store/store.ts'

const everyMs = 10 * 60_000

/** Does what must be done now and then, until it is stopped: seals the audit of days that are over, forgets what has expired. */
export function startHousekeeping(
  store: Store,
  clock: Clock,
  report: (error: unknown) => void,
  also: readonly (() => Promise<void>)[] = [],
): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await keepHouse(store, clock).catch(report)
      for (const work of also) await work().catch(report)
      await wait(everyMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

export async function keepHouse(store: Store, clock: Clock): Promise<void> {
  await store.transact(async (tx) => {
    await forgetAnswers(tx, clock.now())
    await forgetMessages(tx, clock.now())
    await tx.deleteFrom('sessions').where('expires_at', '<', clock.now()).execute()
    await forgetPortalSignIns(tx, clock.now())
    await forgetRuleRuns(tx, clock.now())
    await forgetCalls(tx, clock.now())
    return ok(undefined)
  })
  // Two processes may seal at once: the second finds the day's row and begins anew.
  await store.transact(async (tx) => ok(await sealDays(tx, clock.now())))
}
