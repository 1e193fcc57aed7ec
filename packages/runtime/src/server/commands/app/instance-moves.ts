import {
  type FlowDefinition,
  fail,
  type Id,
  type InstanceRow,
  type MigrationReason,
  type NodeChoice,
  ok,
  type Rejection,
  type Result,
  type Standing,
  standingOf,
} from '@tenon/engine'
import type { Clock } from '../../clock.ts'
import type { Db, Tx } from '../../store/database.ts'
import { newId } from '../../store/new-id.ts'
import { pinnedFlow } from '../../store/pinned-flows.ts'
import { runningAfter } from '../../store/rows/instances.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'
import { TryAgain } from '../../store/try-again.ts'
import type { Executor, Unit } from '../execute.ts'

/** What was chosen for running instances, flow by flow. */
type InstanceChoice = NodeChoice & { readonly flow: string }
export type InstanceChoices = {
  readonly choices: readonly InstanceChoice[]
  /** Timers whose definition has changed are counted anew; absent: they keep their moment. */
  readonly recompute?: boolean
}

const pageSize = 500
const batchSize = 50

/** One instance against the version it might go over to. */
export type Weighed = {
  readonly instance: InstanceRow
  readonly standing: Standing
  readonly reasons: readonly MigrationReason[]
}

/**
 * Every running instance whose flow reads differently in `next`, with what the choices mean for it and what would keep
 * it from moving. Reads only; several thousand a second.
 */
export async function* weighInstances(
  db: Db,
  app: string,
  next: { readonly flows: ReadonlyMap<string, FlowDefinition>; hash(flow: string): string | undefined },
  flows: readonly string[],
  { choices, recompute = false }: InstanceChoices,
): AsyncGenerator<Weighed> {
  for (let after = ''; ; ) {
    const page = await runningAfter(db, app, flows, after, pageSize)
    for (const instance of page) {
      if (next.hash(instance.flow) === instance.flowHash) continue
      const from = await pinnedFlow(db, instance.flowHash)
      const to = next.flows.get(instance.flow)
      if (from)
        yield weigh(
          instance,
          from,
          to,
          choices.filter((one) => one.flow === instance.flow),
          recompute,
        )
    }
    const last = page.at(-1)
    if (!last || page.length < pageSize) return
    after = last.instance
  }
}

function weigh(
  instance: InstanceRow,
  from: FlowDefinition,
  to: FlowDefinition | undefined,
  choices: readonly NodeChoice[],
  recompute: boolean,
): Weighed {
  const { snapshot } = instance
  if (!to) {
    const reasons = snapshot.tokens.map(({ node }) => ({ code: 'migration.flowGone' as const, node }))
    return { instance, standing: choices.length > 0 ? { what: 'blocked', reasons } : { what: 'keep' }, reasons }
  }
  const moving = choices.map((one) => ({ ...one, choice: 'move' as const }))
  const tried = standingOf(from, to, snapshot, [...moving, { choice: 'move' }], recompute)
  return {
    instance,
    standing: standingOf(from, to, snapshot, choices, recompute),
    reasons: tried.what === 'blocked' ? tried.reasons : [],
  }
}

/** Notes what is to be done with running instances; `moveInstances` does it after the commit. */
export async function orderMoves(
  unit: Unit,
  app: string,
  version: number,
  targets: ReadonlyMap<string, string>,
  chosen: InstanceChoices,
): Promise<Result<Id | undefined, Rejection>> {
  const gone = chosen.choices.find(({ flow, choice }) => choice === 'move' && !targets.has(flow))
  if (gone) return fail({ code: 'flow.gone', details: { flow: gone.flow } })
  if (chosen.choices.every(({ choice }) => choice === 'keep')) return ok(undefined)
  const id = unit.newId()
  await unit.tx
    .insertInto('instance_moves')
    .values({
      id,
      app,
      version,
      targets: JSON.stringify([...targets].filter(([flow]) => chosen.choices.some((one) => one.flow === flow))),
      choices: JSON.stringify(chosen),
      state: 'running',
      started_by: unit.by.kind === 'user' ? unit.by.user.id : null,
      started_at: unit.now,
      finished_at: null,
      after: '',
      moved: 0,
      kept: 0,
      parked: 0,
    })
    .execute()
  await unit.audit({ kind: 'app', id: app }, 'app.instancesChosen', {
    move: id,
    version,
    choices: chosen.choices.map((one) => ({ ...one })),
  })
  return ok(id)
}

type MovePorts = { readonly store: Store; readonly executor: Executor; readonly clock: Clock }

/**
 * Carries out what was ordered, fifty instances a transaction, with its progress in the same transaction: stopped at any
 * moment it goes on where it was, and each instance is treated once. Whoever comes second to a batch begins anew.
 */
export async function moveInstances(ports: MovePorts): Promise<void> {
  for (;;) {
    const order = await ports.store.read
      .selectFrom('instance_moves')
      .selectAll()
      .where('state', '=', 'running')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
    if (!order) return
    await moveBatch(ports, order)
  }
}

type Order = Tables['instance_moves']

async function moveBatch({ store, executor, clock }: MovePorts, order: Order): Promise<void> {
  const targets = new Map(JSON.parse(order.targets) as [string, string][])
  const { choices, recompute = false } = JSON.parse(order.choices) as InstanceChoices
  const page = await runningAfter(store.read, order.app, [...targets.keys()], order.after, batchSize)
  const last = page.at(-1)
  const commands = page.map((instance) => ({
    type: 'instance.migrate' as const,
    command: newId(clock.now()),
    principal: { kind: 'system' as const, reason: `publish:${order.app}@${order.version}` },
    source: 'system' as const,
    app: instance.app,
    form: instance.form,
    id: instance.id,
    instance: instance.instance,
    to: targets.get(instance.flow) ?? '',
    choices: choices.filter((one) => one.flow === instance.flow),
    recompute,
    orElse: 'park' as const,
  }))
  const isLast = page.length < batchSize
  const done = await executor.executeBatch(commands, 'skip', async (unit) => {
    const found = await outcomeOf(unit.tx, page, targets)
    const after = last?.instance ?? order.after
    const written = await unit.tx
      .updateTable('instance_moves')
      .set({
        after,
        moved: order.moved + found.moved,
        kept: order.kept + found.kept,
        parked: order.parked + found.parked,
        ...(isLast ? { state: 'done', finished_at: unit.now } : {}),
      })
      .where('id', '=', order.id)
      .where('after', '=', order.after)
      .where('state', '=', 'running')
      .executeTakeFirst()
    if (written.numUpdatedRows !== 1n) throw new TryAgain('another process has carried this batch out')
    if (isLast) unit.tell({ apps: [order.app] })
  })
  if (!done.ok && done.error.code !== 'version.conflict')
    throw new Error(`instances of ${order.app} are not moved: ${done.error.code}`)
}

/** What became of the instances of a batch. */
async function outcomeOf(tx: Tx, page: readonly InstanceRow[], targets: ReadonlyMap<string, string>) {
  if (page.length === 0) return { moved: 0, kept: 0, parked: 0 }
  const rows = await tx
    .selectFrom('instances')
    .select(['id', 'flow', 'flow_hash', 'parked'])
    .where(
      'id',
      'in',
      page.map((instance) => instance.instance),
    )
    .execute()
  const before = new Map(page.map((instance) => [instance.instance, instance.flowHash]))
  const changed = rows.filter((row) => before.get(row.id) !== targets.get(row.flow))
  const moved = changed.filter((row) => row.flow_hash === targets.get(row.flow)).length
  const parked = changed.filter((row) => row.parked !== null).length
  return { moved, parked, kept: changed.length - moved - parked }
}
