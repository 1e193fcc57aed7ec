import { appRights } from '../access/access.ts'
import type { MigrationEvent, MigrationReason } from '../flow/migrate.ts'
import { standingOf } from '../flow/stand.ts'
import type { Id } from '../kernel/ids.ts'
import type { Json } from '../kernel/json.ts'
import type { Rejection } from '../kernel/problem.ts'
import type { Command } from './commands.ts'
import { timerKey } from './flow-events.ts'
import { advance } from './flows.ts'
import type { InstanceRow } from './rows.ts'
import type { Origin, Work } from './work.ts'

type Migrate = Extract<Command, { type: 'instance.migrate' }>

/** Whether somebody may say what becomes of the instances of an app: whoever may design it. */
function mayDecide(work: Work, app: string): boolean {
  const model = work.world.app(app)
  return model !== undefined && appRights(model.definition, work.command.principal).has('design')
}

/** Carries out what was chosen for the nodes an instance stands at; one that already is where it should be is left alone. */
export async function migrateInstance(work: Work, command: Migrate, origin: Origin): Promise<Rejection | undefined> {
  const instance = await instanceOf(work, command)
  if (!('instance' in instance)) return instance
  if (instance.flowHash === command.to) return undefined
  const [from, to] = [await work.world.pinnedFlow(instance.flowHash), await work.world.pinnedFlow(command.to)]
  if (!from || to?.id !== instance.flow) return { code: 'flow.gone' }
  const standing = standingOf(from, to, instance.snapshot, command.choices, command.recompute)
  if (standing.what === 'keep') return keepInstance(work, instance, origin)
  if (standing.what === 'park') return parkInstance(work, instance, [], origin)
  if (standing.what === 'blocked')
    return command.orElse === 'refuse'
      ? refusal(standing.reasons)
      : parkInstance(work, instance, standing.reasons, origin)
  const { snapshot, events, open } = standing.migrated
  const { parked: _, ...unparked } = instance
  work.putInstance({ ...unparked, flowHash: command.to, snapshot, version: instance.version + 1 })
  const about = { flow: instance.flow, instance: instance.instance, from: instance.flowHash, to: command.to }
  const nodes = placesMoved(instance, snapshot.tokens)
  await work.event(instance, 'flow.migrated', { ...about, nodes }, origin)
  for (const event of events) await tell(work, instance, event)
  return open.length > 0 ? advance(work, instance.instance, { type: 'waits.open', open }, origin) : undefined
}

/** Ends a parked instance, with its tasks and timers, because a person says so. */
export async function cancelInstance(
  work: Work,
  command: Extract<Command, { type: 'instance.cancel' }>,
  origin: Origin,
): Promise<Rejection | undefined> {
  const instance = await instanceOf(work, command)
  if (!('instance' in instance)) return instance
  const { parked: _, ...unparked } = instance
  work.putInstance(unparked)
  const reason = command.reason ?? 'cancelled'
  // Who did it: the end itself is the flow's own entry.
  await work.event(instance, 'flow.cancelled', { flow: instance.flow, instance: instance.instance, reason }, origin)
  return advance(work, instance.instance, { type: 'cancel', reason }, origin)
}

async function instanceOf(
  work: Work,
  command: { readonly app: string; readonly id: Id; readonly instance: Id },
): Promise<InstanceRow | Rejection> {
  if (!mayDecide(work, command.app)) return { code: 'access.denied' }
  const instance = await work.instance(command.instance)
  if (!instance || instance.app !== command.app || instance.id !== command.id) return { code: 'flow.gone' }
  return instance.status === 'running' || instance.status === 'dead' ? instance : { code: 'flow.notRunning' }
}

async function keepInstance(work: Work, instance: InstanceRow, origin: Origin): Promise<undefined> {
  if (instance.parked === undefined) return undefined
  const { parked: _, ...unparked } = instance
  work.putInstance({ ...unparked, version: instance.version + 1 })
  await work.event(instance, 'flow.kept', { flow: instance.flow, instance: instance.instance }, origin)
  return undefined
}

async function parkInstance(
  work: Work,
  instance: InstanceRow,
  reasons: readonly MigrationReason[],
  origin: Origin,
): Promise<undefined> {
  work.putInstance({ ...instance, parked: { at: work.now, reasons }, version: instance.version + 1 })
  const data = { flow: instance.flow, instance: instance.instance, reasons: reasons as unknown as Json }
  await work.event(instance, 'flow.parked', data, origin)
  return undefined
}

const refusal = (reasons: readonly MigrationReason[]): Rejection => ({
  code: 'migration.blocked',
  problems: reasons.map(({ code, node, edge }) => ({
    code,
    path: `/${node}`,
    details: { node, ...(edge === undefined ? {} : { edge }) },
  })),
})

/** Where it stood and where it stands now, for the trail; only what has another name. */
const placesMoved = (instance: InstanceRow, after: InstanceRow['snapshot']['tokens']): Json =>
  Object.fromEntries(
    instance.snapshot.tokens.flatMap((token, at) => {
      const now = after[at]?.node
      return now === undefined || now === token.node ? [] : [[token.node, now]]
    }),
  )

async function tell(work: Work, instance: InstanceRow, event: MigrationEvent): Promise<void> {
  if (event.type === 'timer.cancelled') work.cancelTimer(timerKey(instance.instance, event.node, event.visit))
  else if (event.type === 'timer.moved') await moveTimer(work, instance, event)
  else await moveTask(work, event)
}

async function moveTimer(
  work: Work,
  { instance }: InstanceRow,
  { from, to }: Extract<MigrationEvent, { type: 'timer.moved' }>,
): Promise<void> {
  const key = timerKey(instance, from.node, from.visit)
  const timer = await work.world.timer(key)
  // One that has fired already is not armed again.
  if (timer?.payload.kind !== 'flow') return
  work.cancelTimer(key)
  work.setTimer({ ...timer, key: timerKey(instance, to.node, to.visit), payload: { ...timer.payload, ...to } })
}

async function moveTask(work: Work, { task, to }: Extract<MigrationEvent, { type: 'task.moved' }>): Promise<void> {
  const row = await work.task(task)
  if (!row) return
  work.putTask({ ...row, ...to, version: row.version + 1 })
  for (const clock of await work.clocksOf(row))
    if (clock.owner.kind === 'limit' && clock.owner.task === task)
      work.putClock({ ...clock, owner: { ...clock.owner, node: to.node } })
}
