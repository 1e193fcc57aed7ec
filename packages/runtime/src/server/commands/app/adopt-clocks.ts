import {
  type AppModel,
  type ClockRow,
  decide,
  type EventRow,
  fail,
  formLookup,
  type Id,
  type Instant,
  ok,
  type RecordRef,
  type Rejection,
  type Result,
} from '@tenon/engine'
import { type Apps, type LoadedApp, loadApps } from '../../store/apps.ts'
import type { Db } from '../../store/database.ts'
import type { Memory } from '../../store/live-memory.ts'
import { clocksOf } from '../../store/rows/clocks.ts'
import type { Store } from '../../store/store.ts'
import { committedOf } from '../committed.ts'
import { DatabaseWorld } from '../database-world.ts'
import type { Unit } from '../execute.ts'
import { writeChanges } from '../write-changes.ts'

/**
 * Lets running clocks count on by the calendars of the version just published, record by record: the trail, the due
 * fields, tasks and timers follow. Versions with the same calendars cost nothing. Open clocks of the policies in
 * `recalculate` are counted again from their start instead.
 */
export async function adoptClocks(
  unit: Unit,
  current: LoadedApp | undefined,
  next: AppModel,
  recalculate: readonly string[] = [],
): Promise<Result<undefined, Rejection>> {
  if (!current) return ok(undefined)
  const isOther = calendarText(current.model) !== calendarText(next)
  if (!isOther && recalculate.length === 0) return ok(undefined)
  const apps = await loadApps(unit.tx, unit.memory.apps)
  for (const ref of await withOpenClocks(unit.tx, next.id, isOther ? undefined : recalculate)) {
    const adopted = await adoptOne(unit, apps, ref, current.model, recalculate)
    if (!adopted.ok) return adopted
  }
  return ok(undefined)
}

export type ClockForecast = { readonly before: ClockRow; readonly after: ClockRow; readonly event: EventRow }

/**
 * What recalculating would make of the open clocks of these policies, under a version that is not published: decided
 * record by record like the real thing, and not written.
 */
export async function forecastClocks(
  ports: { readonly store: Store; readonly memory: Memory; readonly now: Instant; readonly newId: () => Id },
  next: AppModel,
  recalculate: readonly string[],
  most: number,
): Promise<{ readonly clocks: readonly ClockForecast[]; readonly more: boolean }> {
  const { store, memory, now } = ports
  const current = memory.apps.app(next.id)
  if (!current) return { clocks: [], more: false }
  const loaded: LoadedApp = { ...current, model: next, lookup: formLookup(next, (id) => memory.apps.app(id)?.model) }
  const apps: Apps = { ...memory.apps, app: (id) => (id === next.id ? loaded : memory.apps.app(id)) }
  const refs = await withOpenClocks(store.read, next.id, recalculate, most + 1)
  const clocks: ClockForecast[] = []
  for (const ref of refs.slice(0, most)) {
    await store.transact(async (tx) => {
      const before = new Map((await clocksOf(tx, ref)).map((row) => [row.clock, row]))
      const decided = await decideOne(
        { tx, memory: { ...memory, apps }, now, newId: ports.newId },
        ref,
        current.model,
        recalculate,
      )
      const changes = decided.result.ok ? decided.result.value.changes : undefined
      for (const event of changes?.events ?? []) {
        const after = changes?.clocks.find(({ clock }) => clock === event.data.clock)
        const row = after && before.get(after.clock)
        if (event.type === 'clock.recalculated' && row && after) clocks.push({ before: row, after, event })
      }
      // Nothing of it stays.
      return fail('forecast')
    })
  }
  return { clocks, more: refs.length > most }
}

const calendarText = ({ calendars, definition }: AppModel): string =>
  JSON.stringify([definition.calendar ?? null, [...calendars.values()]])

/** Records with clocks that are open: of these policies, or any. */
async function withOpenClocks(
  db: Db,
  app: string,
  policies: readonly string[] | undefined,
  most?: number,
): Promise<readonly RecordRef[]> {
  let query = db
    .selectFrom('clocks')
    .select(['form', 'record'])
    .distinct()
    .where('app', '=', app)
    .where('state', 'in', ['running', 'paused'])
    .orderBy('form')
    .orderBy('record')
  if (policies)
    query = query
      .where('owner_kind', '=', 'policy')
      .where((where) => where.or(policies.map((policy) => where('owner_ref', 'like', `${policy}/%`))))
  if (most !== undefined) query = query.limit(most)
  const rows = await query.execute()
  return rows.map(({ form, record }: { form: string; record: Id }) => ({ app, form, id: record }))
}

async function adoptOne(
  unit: Unit,
  apps: Apps,
  ref: RecordRef,
  before: AppModel,
  recalculate: readonly string[],
): Promise<Result<undefined, Rejection>> {
  const memory = { ...unit.memory, apps }
  const { result, world } = await decideOne({ ...unit, memory }, ref, before, recalculate)
  if (!result.ok) return result
  await writeChanges(unit.tx, memory, unit.outbox, result.value.changes, world)
  unit.tell(committedOf(result.value.changes))
  return ok(undefined)
}

async function decideOne(
  { tx, memory, now, newId }: Pick<Unit, 'tx' | 'memory' | 'now' | 'newId'>,
  ref: RecordRef,
  before: AppModel,
  recalculate: readonly string[],
) {
  const command = {
    command: newId(),
    principal: { kind: 'system', reason: 'calendars' },
    source: 'system',
    type: 'clocks.adopt',
    ...ref,
    before,
    recalculate,
  } as const
  const world = new DatabaseWorld(tx, memory)
  await world.lock(ref)
  return { result: await decide(command, world, { now, newId }), world }
}
