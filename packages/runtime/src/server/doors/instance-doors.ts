import {
  type AppModel,
  type FlowDefinition,
  type FlowNode,
  formatInstant,
  groupBy,
  type InstanceRow,
  type Locale,
  type MigrationReason,
  type Principal,
  renderProblem,
  resolveText,
} from '@tenon/engine'
import type {
  InstanceChoices,
  InstanceMove,
  InstancePlan,
  InstanceStanding,
  ParkedInstance,
  ResolveInstance,
} from '@tenon/runtime/contract'
import type { Clock } from '../clock.ts'
import { moveInstances, orderMoves, type Weighed, weighInstances } from '../commands/app/instance-moves.ts'
import type { Executor } from '../commands/execute.ts'
import type { InstanceDoors, RecordDoors } from '../doors.ts'
import { flowHash } from '../store/app-files.ts'
import type { LiveMemory } from '../store/live-memory.ts'
import { newId } from '../store/new-id.ts'
import { pinnedFlow } from '../store/pinned-flows.ts'
import { parkedInstances, readInstance, runningInstances, versionsOfTexts } from '../store/rows/instances.ts'
import type { Store } from '../store/store.ts'
import { notFound, rejected, TenonError } from '../tenon-error.ts'
import type { Performing } from './performing.ts'

type Ports = {
  readonly store: Store
  readonly memory: LiveMemory
  readonly executor: Executor
  readonly clock: Clock
  readonly records: RecordDoors
  readonly perform: Performing
}

/** The next version of an app's flows, as far as running instances are concerned. */
export type NextFlows = Pick<AppModel, 'id' | 'flows'>

/** Where instances stand and what may become of them, per flow, version and node. */
export async function planInstances(
  ports: Ports,
  principal: Principal,
  next: NextFlows,
  chosen: InstanceChoices,
  locale: Locale,
): Promise<InstancePlan> {
  const { store } = ports
  const hashes = new Map([...next.flows].map(([flow, definition]) => [flow, flowHash(definition)]))
  const running = await runningInstances(store.read, next.id)
  const flows = [...new Set(running.filter((one) => hashes.get(one.flow) !== one.hash).map((one) => one.flow))]
  const outcome = { keep: 0, move: 0, park: 0, blocked: 0 }
  const places = new Map<string, Place>()
  const target = { flows: next.flows, hash: (flow: string) => hashes.get(flow) }
  for await (const weighed of weighInstances(store.read, next.id, target, flows, withoutBlanks(chosen))) {
    outcome[weighed.standing.what] += 1
    gather(places, weighed)
  }
  const versions = await versionsOfTexts(store.read, next.id)
  const standings: InstanceStanding[] = []
  for (const place of [...places.values()].sort(byPlace))
    standings.push(await standingView(ports, principal, place, next, versions, locale))
  return { standings, outcome }
}

const withoutBlanks = ({ choices, recompute }: InstanceChoices) => ({
  choices,
  ...(recompute === undefined ? {} : { recompute }),
})

type Blocked = { readonly reason: MigrationReason; count: number; readonly examples: InstanceRow[] }
type Place = {
  readonly flow: string
  readonly hash: string
  readonly node: string
  count: number
  movable: number
  readonly blocked: Map<string, Blocked>
}
const byPlace = (one: Place, other: Place) =>
  `${one.flow} ${one.node} ${one.hash}` < `${other.flow} ${other.node} ${other.hash}` ? -1 : 1

function gather(places: Map<string, Place>, { instance, reasons }: Weighed): void {
  for (const node of new Set(instance.snapshot.tokens.map((token) => token.node))) {
    const key = `${instance.flow} ${instance.flowHash} ${node}`
    const place = places.get(key) ?? {
      flow: instance.flow,
      hash: instance.flowHash,
      node,
      count: 0,
      movable: 0,
      blocked: new Map<string, Blocked>(),
    }
    places.set(key, place)
    place.count += 1
    if (reasons.length === 0) place.movable += 1
    for (const reason of reasons) {
      const name = JSON.stringify(reason)
      const known = place.blocked.get(name) ?? { reason, count: 0, examples: [] }
      place.blocked.set(name, known)
      known.count += 1
      if (known.examples.length < 3) known.examples.push(instance)
    }
  }
}

async function standingView(
  ports: Ports,
  principal: Principal,
  place: Place,
  next: NextFlows,
  versions: ReadonlyMap<string, number>,
  locale: Locale,
): Promise<InstanceStanding> {
  const old = await pinnedFlow(ports.store.read, place.hash)
  const blocked: InstanceStanding['blocked'] = []
  for (const { reason, count, examples } of place.blocked.values()) {
    const shown: InstanceStanding['blocked'][number]['examples'] = []
    for (const { form, id, app } of examples) {
      const title = await titleOf(ports, principal, app, form, id)
      if (title !== null) shown.push({ form, id, title })
    }
    blocked.push({ code: reason.code, message: reasonWords(reason, old, locale), count, examples: shown })
  }
  const node = old?.nodes.find((one) => one.id === place.node)
  return {
    flow: place.flow,
    flowLabel: resolveText((next.flows.get(place.flow) ?? old)?.label, locale) || place.flow,
    version: versions.get(place.hash) ?? null,
    node: place.node,
    nodeLabel: nodeLabel(node, place.node, locale),
    count: place.count,
    movable: place.movable,
    blocked,
    targets: targetsOf(next.flows.get(place.flow), node, locale).map(({ node, label }) => ({ node, label })),
  }
}

/** The record's title, for those who may read it. */
async function titleOf(ports: Ports, principal: Principal, app: string, form: string, id: string) {
  if (principal.kind !== 'user' && principal.kind !== 'system') return null
  try {
    return (await ports.records.get(principal, app, form, id)).title
  } catch (error) {
    if (error instanceof TenonError) return null
    throw error
  }
}

const nodeLabel = (node: FlowNode | undefined, id: string, locale: Locale): string =>
  resolveText(node?.label, locale) || id

/** Nodes of the new version of the same type as the old one; without one, all where an instance may wait. */
function targetsOf(flow: FlowDefinition | undefined, node: FlowNode | undefined, locale: Locale) {
  return (flow?.nodes ?? [])
    .filter((one) => node === undefined || one.type === node.type)
    .map((one) => ({ node: one.id, label: nodeLabel(one, one.id, locale), type: one.type }))
}

function reasonWords(reason: MigrationReason, flow: FlowDefinition | undefined, locale: Locale): string {
  const node = nodeLabel(
    flow?.nodes.find((one) => one.id === reason.node),
    reason.node,
    locale,
  )
  return renderProblem({ code: reason.code, details: { node, edge: reason.edge ?? '' } }, locale)
}

/** Background work that carries out what was chosen for instances: started when something is ordered, one at a time. */
export function instanceMover(ports: Pick<Ports, 'store' | 'executor' | 'clock'>, report: (error: unknown) => void) {
  let turn: Promise<void> = Promise.resolve()
  return {
    kick(): void {
      turn = turn.then(() => moveInstances(ports).catch(report))
    },
    /** Resolves when everything ordered so far is done. */
    idle: () => turn,
  }
}

export function instanceDoors(ports: Ports & { readonly mover: ReturnType<typeof instanceMover> }): InstanceDoors {
  const { store, memory, executor, clock } = ports
  const live = (app: string): AppModel => {
    const model = memory.now.apps.app(app)?.model
    if (!model) throw notFound()
    return model
  }
  return {
    async overview(principal, app, locale) {
      const model = live(app)
      const rows = await store.read
        .selectFrom('instance_moves')
        .selectAll()
        .where('app', '=', app)
        .orderBy('id', 'desc')
        .limit(20)
        .execute()
      const moves: InstanceMove[] = rows.map((row) => ({
        id: row.id,
        version: row.version,
        state: row.state as InstanceMove['state'],
        startedAt: formatInstant(row.started_at),
        finishedAt: row.finished_at === null ? null : formatInstant(row.finished_at),
        moved: row.moved,
        kept: row.kept,
        parked: row.parked,
      }))
      const { standings } = await planInstances(ports, principal, model, { choices: [] }, locale)
      return { standings, moves, parked: await parkedViews(ports, principal, model, locale) }
    },
    async migrate(principal, app, { dryRun, ...chosen }, locale) {
      const model = live(app)
      const plan = await planInstances(ports, principal, model, chosen, locale)
      if (dryRun === true) return { plan, move: null }
      const targets = new Map([...model.flows].map(([flow, definition]) => [flow, flowHash(definition)]))
      const move = await ports.perform(principal, async (unit) =>
        orderMoves(unit, app, model.version, targets, withoutBlanks(chosen)),
      )
      ports.mover.kick()
      return { plan, move: move ?? null }
    },
    async resolve(principal, app, id, request) {
      const model = live(app)
      const instance = await readInstance(store.read, id)
      if (!instance || instance.app !== app) throw notFound()
      const result = await executor.execute({
        command: newId(clock.now()),
        principal,
        source: 'user',
        ...resolution(request, instance, model),
      })
      if (!result.ok) throw rejected(result.error)
    },
    async idle() {
      await ports.mover.idle()
    },
  }
}

function resolution(request: ResolveInstance, row: InstanceRow, model: AppModel) {
  const { app, form, id, instance } = row
  const about = { app, form, id, instance }
  if (request.do === 'cancel')
    return {
      type: 'instance.cancel' as const,
      ...about,
      ...(request.reason === undefined ? {} : { reason: request.reason }),
    }
  const flow = model.flows.get(row.flow)
  if (!flow && request.do === 'move') throw rejected({ code: 'flow.gone' })
  const mapped = Object.entries(request.to ?? {}).map(([node, to]) => ({ node, to, choice: 'move' as const }))
  return {
    type: 'instance.migrate' as const,
    ...about,
    to: flow ? flowHash(flow) : row.flowHash,
    choices: request.do === 'keep' ? [{ choice: 'keep' as const }] : [...mapped, { choice: 'move' as const }],
    orElse: 'refuse' as const,
  }
}

async function parkedViews(
  ports: Ports,
  principal: Principal,
  model: AppModel,
  locale: Locale,
): Promise<ParkedInstance[]> {
  const rows = await parkedInstances(ports.store.read, model.id, 200)
  const versions = await versionsOfTexts(ports.store.read, model.id)
  const views: ParkedInstance[] = []
  for (const row of rows) {
    const old = await pinnedFlow(ports.store.read, row.flowHash)
    const nodes = groupBy(row.snapshot.tokens, (token) => token.node)
    const types = new Set([...nodes.keys()].map((id) => old?.nodes.find((one) => one.id === id)?.type))
    views.push({
      instance: row.instance,
      flow: row.flow,
      flowLabel: resolveText(model.flows.get(row.flow)?.label ?? old?.label, locale) || row.flow,
      version: versions.get(row.flowHash) ?? null,
      form: row.form,
      record: row.id,
      title: await titleOf(ports, principal, row.app, row.form, row.id),
      since: formatInstant(row.parked?.at ?? row.startedAt),
      nodes: [...nodes.keys()].map((id) => ({
        node: id,
        label: nodeLabel(
          old?.nodes.find((one) => one.id === id),
          id,
          locale,
        ),
      })),
      reasons: (row.parked?.reasons ?? []).map((reason) => ({
        code: reason.code,
        message: reasonWords(reason, old, locale),
        node: reason.node,
      })),
      targets: targetsOf(model.flows.get(row.flow), undefined, locale).filter((one) => types.has(one.type as never)),
    })
  }
  return views
}
