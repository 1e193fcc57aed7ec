import { formatInstant, type Id, type Instant, ok, type Principal } from '@tenon/engine'
import type { EffectList } from '@tenon/runtime/contract'
import type { Executor } from '../commands/execute.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Db } from '../store/database.ts'
import { newId } from '../store/new-id.ts'
import { readInstance } from '../store/rows/instances.ts'
import { dropTimer, retryTimer, troubledTimers } from '../store/rows/timers.ts'
import type { Store } from '../store/store.ts'
import { notFound, rejected } from '../tenon-error.ts'
import type { Performing } from './performing.ts'

type Row = EffectList['items'][number]
const shown = 200
const moment = (at: Instant | null): string | null => (at === null ? null : formatInstant(at))
const instanceKey = 'instance/'

/** What waits for the outside world, and all that is stuck and needs a person: effects, timers, flows. */
export async function stuckWork(db: Db, outbox: Outbox): Promise<Row[]> {
  const [jobs, timers, flows] = await Promise.all([outbox.jobs(db, shown), troubledTimers(db, shown), stuckFlows(db)])
  return [
    ...flows,
    ...timers.map(({ key, kind, attempts, isDead, nextAt, lastError }): Row => {
      const state = isDead ? 'dead' : 'backoff'
      return { key, type: `timer.${kind}`, state, attempts, nextAt: moment(nextAt), lastError }
    }),
    ...jobs.map((job): Row => ({ ...job, nextAt: moment(job.nextAt) })),
  ]
}

/** Flows that cannot go on, with the nodes at which they are stuck and the code of the reason. */
async function stuckFlows(db: Db): Promise<readonly Row[]> {
  const rows = await db
    .selectFrom('flow_tokens')
    .select(['instance', 'flow', 'node', 'dead'])
    .where('dead', 'is not', null)
    .orderBy('since', 'desc')
    .limit(shown)
    .execute()
  const reasons = new Map<Id, string[]>()
  for (const { instance, flow, node, dead } of rows)
    reasons.set(instance, [...(reasons.get(instance) ?? []), `${flow}/${node}: ${dead}`])
  return [...reasons].map(([instance, why]) => ({
    key: instanceKey + instance,
    type: 'flow',
    state: 'dead',
    attempts: 1,
    nextAt: null,
    lastError: why.join('; '),
  }))
}

/** Has one of them tried again. */
export async function retryWork(
  { store, outbox, executor, perform }: Retrying,
  by: Principal,
  key: string,
): Promise<void> {
  if (key.startsWith(instanceKey)) {
    const instance = key.slice(instanceKey.length)
    const known = store.read.selectFrom('instances').select('id').where('id', '=', instance)
    if (!(await known.executeTakeFirst())) throw notFound()
    const command = { command: newId(), principal: by, source: 'user', type: 'flow.retry', instance } as const
    const retried = await executor.execute(command)
    if (!retried.ok) throw rejected(retried.error)
    return
  }
  const found = await perform(by, async ({ tx, audit }) => {
    if (!(await outbox.retry(tx, key)) && !(await retryTimer(tx, key))) return ok(false)
    await audit({ kind: 'effect', id: key }, 'effect.retried', {})
    return ok(true)
  })
  if (!found) throw notFound()
}
/** Gives up for good what is dead: an effect or timer is gone, a flow is cancelled with its tasks and timers. */
export async function dropWork(
  { store, outbox, executor, perform }: Retrying,
  by: Principal,
  key: string,
): Promise<void> {
  if (key.startsWith(instanceKey)) {
    const row = await readInstance(store.read, key.slice(instanceKey.length))
    if (!row?.snapshot.tokens.some(({ dead }) => dead !== undefined)) throw notFound()
    const { app, form, id, instance } = row
    const about = { app, form, id, instance, reason: 'given up' }
    const command = { command: newId(), principal: by, source: 'user', type: 'instance.cancel', ...about } as const
    const cancelled = await executor.execute(command)
    if (!cancelled.ok) throw rejected(cancelled.error)
    return
  }
  const found = await perform(by, async ({ tx, audit }) => {
    if (!(await outbox.drop(tx, key)) && !(await dropTimer(tx, key))) return ok(false)
    await audit({ kind: 'effect', id: key }, 'effect.dropped', {})
    return ok(true)
  })
  if (!found) throw notFound()
}
type Retrying = {
  readonly store: Store
  readonly outbox: Outbox
  readonly executor: Executor
  readonly perform: Performing
}
