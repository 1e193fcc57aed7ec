import { type AppModel, decide, type Id, ok, type RecordRef, type Rejection, type Result } from '@tenon/engine'
import { type Apps, type LoadedApp, loadApps } from '../../store/apps.ts'
import type { Tx } from '../../store/database.ts'
import { committedOf } from '../committed.ts'
import { DatabaseWorld } from '../database-world.ts'
import type { Unit } from '../execute.ts'
import { writeChanges } from '../write-changes.ts'

/**
 * Lets running clocks count on by the calendars of the version just published, record by record: the trail, the due
 * fields, tasks and timers follow. Versions with the same calendars cost nothing.
 */
export async function adoptClocks(
  unit: Unit,
  current: LoadedApp | undefined,
  next: AppModel,
): Promise<Result<undefined, Rejection>> {
  if (!current || calendarText(current.model) === calendarText(next)) return ok(undefined)
  const apps = await loadApps(unit.tx, unit.memory.apps)
  for (const ref of await withRunningClocks(unit.tx, next.id)) {
    const adopted = await adoptOne(unit, apps, ref, current.model)
    if (!adopted.ok) return adopted
  }
  return ok(undefined)
}

const calendarText = ({ calendars, definition }: AppModel): string =>
  JSON.stringify([definition.calendar ?? null, [...calendars.values()]])

async function withRunningClocks(tx: Tx, app: string): Promise<readonly RecordRef[]> {
  const rows = await tx
    .selectFrom('clocks')
    .select(['form', 'record'])
    .distinct()
    .where('app', '=', app)
    .where('state', '=', 'running')
    .orderBy('form')
    .orderBy('record')
    .execute()
  return rows.map(({ form, record }: { form: string; record: Id }) => ({ app, form, id: record }))
}

async function adoptOne(
  unit: Unit,
  apps: Apps,
  ref: RecordRef,
  before: AppModel,
): Promise<Result<undefined, Rejection>> {
  const memory = { ...unit.memory, apps }
  const command = {
    command: unit.newId(),
    principal: { kind: 'system', reason: 'calendars' },
    source: 'system',
    type: 'clocks.adopt',
    ...ref,
    before,
  } as const
  const world = new DatabaseWorld(unit.tx, memory)
  await world.lock(ref)
  const decided = await decide(command, world, { now: unit.now, newId: unit.newId })
  if (!decided.ok) return decided
  await writeChanges(unit.tx, memory, unit.outbox, decided.value.changes, world)
  unit.tell(committedOf(decided.value.changes))
  return ok(undefined)
}
