import type { FlowDefinition } from '../definitions/flow.ts'
import type { Id } from '../kernel/ids.ts'
import type { AppModel } from '../model.ts'
import type {
  AssignmentRow,
  Changes,
  ClockRow,
  EffectRow,
  EventRow,
  InstanceRow,
  MessageRow,
  MutexRow,
  NotificationRow,
  RecordRef,
  RecordRow,
  TaskRow,
  TimerRow,
} from './rows.ts'
import { hasRefused, keyOf, placeOf, waitingIn } from './work.ts'
import type { Directory, Workload, World } from './world.ts'

/** A world in memory: for scenarios, trying things out and property tests. `apply` stores what a decision changed. */
export type MemoryWorld = World & {
  readonly apply: (changes: Changes) => void
  readonly state: MemoryState
}
type MemoryState = {
  readonly records: Map<string, RecordRow>
  readonly events: EventRow[]
  readonly tasks: Map<Id, TaskRow>
  readonly instances: Map<Id, InstanceRow>
  readonly messages: Map<string, MessageRow>
  readonly mutexes: Map<string, MutexRow>
  readonly clocks: Map<Id, ClockRow>
  readonly timers: Map<string, TimerRow>
  readonly effects: EffectRow[]
  readonly notifications: NotificationRow[]
  readonly assignments: AssignmentRow[]
}

export function memoryWorld(apps: ReadonlyMap<string, AppModel>, directory: Directory): MemoryWorld {
  const state: MemoryState = {
    records: new Map(),
    events: [],
    tasks: new Map(),
    instances: new Map(),
    messages: new Map(),
    mutexes: new Map(),
    clocks: new Map(),
    timers: new Map(),
    effects: [],
    notifications: [],
    assignments: [],
  }
  const serials = new Map<string, number>()
  const of = <T extends RecordRef>(rows: Map<Id, T>, ref: RecordRef): readonly T[] =>
    [...rows.values()].filter((row) => keyOf(row) === keyOf(ref))
  const hash = (app: string, flow: string) => `${app}/${flow}`
  return {
    state,
    directory,
    app: (id) => apps.get(id),
    record: async (ref) => state.records.get(keyOf(ref)),
    pinnedFlow: async (pinned) => flowAt(apps, pinned),
    flowHash: hash,
    instance: async (id) => state.instances.get(id),
    instancesOf: async (ref) => of(state.instances, ref),
    hold: async () => {},
    waiting: async (app, kind, name, key) =>
      [...state.instances.values()].flatMap((row) => (row.app === app ? waitingIn(row, kind, name, key) : [])),
    message: async (app, name, message) => state.messages.get(JSON.stringify([app, name, message])),
    messages: async (app, name, key) =>
      [...state.messages.values()]
        .filter((row) => row.app === app && row.name === name && row.key === key && row.takenBy === null)
        .toSorted((a, b) => a.receivedAt - b.receivedAt),
    mutexQueue: async (app, name, key) =>
      [...state.mutexes.values()]
        .filter((row) => row.app === app && row.name === name && row.key === key)
        .toSorted((a, b) => a.position - b.position),
    task: async (id) => state.tasks.get(id),
    openTasksOf: async (ref) => of(state.tasks, ref).filter((task) => task.state === 'open'),
    clocksOf: async (ref) => of(state.clocks, ref),
    clock: async (id) => state.clocks.get(id),
    nextSeq: async (ref) => 1 + state.events.filter((event) => keyOf(event) === keyOf(ref)).length,
    findByValue: async (app, form, field, value) =>
      [...state.records.values()].find((row) => row.app === app && row.form === form && row.data[field] === value)?.id,
    nextSerial: async (...key) => {
      const next = (serials.get(key.join('/')) ?? 0) + 1
      serials.set(key.join('/'), next)
      return next
    },
    turnOf: async (app, strategy) =>
      state.assignments.findLast((one) => one.app === app && one.strategy === strategy && one.chosen !== null)
        ?.chosen ?? null,
    workload: async (app, candidates, about) =>
      new Map(candidates.map((id) => [id, workloadOf(state, app, id, about)])),
    referencing: async (app, form, field, target, limit) =>
      [...state.records.values()]
        .filter((row) => row.app === app && row.form === form && row.data[field] === target)
        .slice(0, limit),
    apply: (changes) => apply(state, changes),
  }
}

function flowAt(apps: ReadonlyMap<string, AppModel>, pinned: string): FlowDefinition | undefined {
  const [app = '', flow = ''] = pinned.split('/')
  return apps.get(app)?.flows.get(flow)
}

function workloadOf(state: MemoryState, app: string, person: Id, about: RecordRef): Workload {
  const open = [...state.tasks.values()].filter(
    (task) => task.app === app && task.assignee === person && task.state === 'open',
  )
  const given = state.assignments.filter((decision) => decision.chosen === person).map((decision) => decision.at)
  return {
    openTasks: open.length,
    weightedLoad: open.length,
    lastAssignedAt: given.length > 0 ? Math.max(...given) : null,
    sameCustomer: 0,
    refused: hasRefused(state.events, about, person),
  }
}

function apply(state: MemoryState, changes: Changes): void {
  for (const change of changes.records) {
    if (change.kind === 'delete') state.records.delete(keyOf(change.before))
    else state.records.set(keyOf(change.row), change.row)
  }
  for (const row of changes.tasks) state.tasks.set(row.task, row)
  for (const row of changes.instances) state.instances.set(row.instance, row)
  for (const row of changes.clocks) state.clocks.set(row.clock, row)
  for (const row of changes.messages) state.messages.set(JSON.stringify([row.app, row.name, row.message]), row)
  for (const row of changes.mutexesDropped) state.mutexes.delete(placeOf(row))
  for (const row of changes.mutexesSet) state.mutexes.set(placeOf(row), row)
  for (const key of changes.timersCancelled) state.timers.delete(key)
  for (const timer of changes.timersSet) state.timers.set(timer.key, timer)
  state.events.push(...changes.events)
  state.effects.push(...changes.effects)
  state.notifications.push(...changes.notifications)
  state.assignments.push(...changes.assignments)
}
