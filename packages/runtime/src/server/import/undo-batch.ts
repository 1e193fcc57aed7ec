import type { Id } from '@tenon/engine'
import type { FormStorage } from '../store/form-storage.ts'
import { newId } from '../store/new-id.ts'
import type { ImportPorts } from './import-ports.ts'

/** `kept`: records that stay, because somebody has worked on them since or other records point to them. */
export type Undone = { readonly deleted: number; readonly kept: number }

const portion = 200

/**
 * Deletes what a batch has created, by the ordinary command, so that the trail says so. `untouched` spares what a
 * person has changed or commented since; a batch that broke off is taken back with `everything`. What the batch only
 * changed stays changed: its trail has the values of before.
 */
export async function undoBatch(
  ports: ImportPorts,
  app: string,
  batch: Id,
  what: 'everything' | 'untouched',
  onProgress: (done: number, total: number) => void | Promise<void> = () => {},
): Promise<Undone> {
  // Forms in reverse: what links comes before what is linked to.
  const storages = [...(ports.memory.now.apps.app(app)?.storage.values() ?? [])].toReversed()
  const found = await Promise.all(storages.map((storage) => recordsOf(ports, storage, batch)))
  const total = found.reduce((sum, ids) => sum + ids.length, 0)
  let deleted = 0
  let seen = 0
  for (const [index, storage] of storages.entries()) {
    const ids = found[index] ?? []
    for (let start = 0; start < ids.length; start += portion) {
      const some = ids.slice(start, start + portion)
      const spared = what === 'untouched' ? await workedOn(ports, some) : new Set<Id>()
      deleted += await remove(
        ports,
        app,
        storage.form,
        some.filter((id) => !spared.has(id)),
      )
      seen += some.length
      await onProgress(seen, total)
    }
  }
  return { deleted, kept: total - deleted }
}

async function recordsOf({ store }: ImportPorts, storage: FormStorage, batch: Id): Promise<readonly Id[]> {
  const rows = (await store.read
    .selectFrom(storage.table as never)
    .select('id' as never)
    .where('batch' as never, '=', batch as never)
    .execute()) as { id: Id }[]
  return rows.map(({ id }) => id)
}

async function workedOn({ store }: ImportPorts, ids: readonly Id[]): Promise<ReadonlySet<Id>> {
  const rows = await store.read
    .selectFrom('events')
    .innerJoin('users', 'users.id', 'events.actor')
    .select('record')
    .distinct()
    .where('record', 'in', ids)
    .where('source', '!=', 'import')
    // What demo people played nobody has worked on: no person can act as one who has no password.
    .where((where) => where.or([where('users.demo_of', 'is', null), where('users.password_hash', 'is not', null)]))
    .execute()
  return new Set(rows.map(({ record }) => record))
}

async function remove(
  { executor, clock }: ImportPorts,
  app: string,
  form: string,
  ids: readonly Id[],
): Promise<number> {
  const commands = ids.map((id) => ({
    command: newId(clock.now()),
    principal: { kind: 'system' as const, reason: 'import' },
    source: 'import' as const,
    type: 'record.delete' as const,
    app,
    form,
    id,
  }))
  if (commands.length === 0) return 0
  const done = await executor.executeBatch(commands, 'skip')
  return done.ok ? done.value.done : 0
}
