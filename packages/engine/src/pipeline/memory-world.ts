import { compileCondition } from '../conditions/compile.ts'
import type { Condition } from '../definitions/condition.ts'
import type { FlowDefinition } from '../definitions/flow.ts'
import type { MetricRequest } from '../facts.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { FieldValue } from '../kernel/value-kind.ts'
import type { AppModel, FormLookup } from '../model.ts'
import { alertGroups } from '../rules/alert-groups.ts'
import { recordFacts } from './record-facts.ts'
import type {
  AlertRow,
  AssignmentRow,
  Changes,
  ClockRow,
  EffectRow,
  EventRow,
  InstanceRow,
  MessageRow,
  MutexRow,
  NotificationRow,
  RecordChange,
  RecordRef,
  RecordRow,
  RuleRunRow,
  TaskRow,
  TimerRow,
} from './rows.ts'
import { hasRefused, keyOf, placeOf, waitingIn } from './work.ts'
import type { Directory, MetricShape, Pending, Workload, World } from './world.ts'

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
  readonly alerts: Map<Id, AlertRow>
  readonly ruleRuns: RuleRunRow[]
}

/** Figures of records in memory: the reports package says what a metric means. */
export type MemoryMetrics = {
  shape(app: string, metric: string): MetricShape | undefined
  /** The figure over these records. */
  figure(app: AppModel, request: MetricRequest, over: MemoryRecords): FieldValue
  /** Those of them that it counts, newest first. */
  counted(app: AppModel, request: MetricRequest, over: MemoryRecords): readonly RecordRow[]
}
export type MemoryRecords = {
  readonly now: Instant
  /** Every record of a form, by the name the app knows it by. */
  records(form: string): Iterable<RecordRow>
  /** A record that a path follows a link to. */
  linked(form: string, id: Id): RecordRow | undefined
}
const noMetrics: MemoryMetrics = { shape: () => undefined, figure: () => null, counted: () => [] }

/** `metrics` absent: the apps have no metrics, and every figure is blank. */
export function memoryWorld(
  apps: ReadonlyMap<string, AppModel>,
  directory: Directory,
  metrics: MemoryMetrics = noMetrics,
): MemoryWorld {
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
    alerts: new Map(),
    ruleRuns: [],
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
    tasksOf: async (instance) => [...state.tasks.values()].filter((task) => task.instance === instance),
    clocksOf: async (ref) => of(state.clocks, ref),
    clock: async (id) => state.clocks.get(id),
    timer: async (key) => state.timers.get(key),
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
    metric: (app, metric) => metrics.shape(app, metric),
    figures: async (app, requests, pending) => {
      const model = apps.get(app)
      const over = recordsWith(state, app, pending)
      return requests.map((request) => (model ? metrics.figure(model, request, over) : null))
    },
    counted: async (app, request, pending, limit) => {
      const model = apps.get(app)
      const rows = model ? metrics.counted(model, request, recordsWith(state, app, pending)) : []
      const form = metrics.shape(app, request.metric)?.form ?? ''
      return { form, ids: rows.slice(0, limit).map(({ id }) => id), total: rows.length }
    },
    matching: async (app, form, where, now, limit) => matching(state, apps, { app, form, where, now }).slice(0, limit),
    latestAlert: async (app, rule, key) =>
      [...state.alerts.values()].findLast((row) => row.app === app && row.rule === rule && row.key === key),
    standingAlerts: async (app, rules, groups) =>
      [...state.alerts.values()].filter(
        (row) =>
          row.app === app &&
          row.clearedAt === null &&
          rules.includes(row.rule) &&
          alertGroups(row.watch).some((group) => groups.includes(group)),
      ),
    standingAlertsOf: async ({ app, id }) =>
      [...state.alerts.values()].filter((row) => row.app === app && row.clearedAt === null && row.record?.id === id),
    alert: async (id) => state.alerts.get(id),
    apply: (changes) => apply(state, changes),
  }
}

/** The records of an app with changes that are not stored yet. */
function recordsWith(state: MemoryState, app: string, { now, changes }: Pending): MemoryRecords {
  const records = new Map(state.records)
  for (const change of changes) write(records, change)
  const named = (form: string) => (form.includes('/') ? form : `${app}/${form}`)
  return {
    now,
    records: (form) => [...records.values()].filter((row) => `${row.app}/${row.form}` === named(form)),
    linked: (form, id) => records.get(`${named(form)}/${id}`),
  }
}

function matching(
  state: MemoryState,
  apps: ReadonlyMap<string, AppModel>,
  {
    app,
    form,
    where,
    now,
  }: { readonly app: string; readonly form: string; readonly where: Condition; readonly now: Instant },
): readonly Id[] {
  const model = apps.get(app)
  const lookup: FormLookup = (name) => model?.forms.get(name)
  const over = recordsWith(state, app, { now, changes: [] })
  const holds = compileCondition(where, model?.forms.get(form), lookup)
  const linked = (name: string, id: Id) => {
    const row = over.linked(name, id)
    return row && recordFacts(row)
  }
  return [...over.records(form)]
    .filter((row) => holds({ now, zone: model?.definition.zone ?? 'Asia/Shanghai', record: recordFacts(row), linked }))
    .map(({ id }) => id)
    .toSorted()
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
  for (const change of changes.records) write(state.records, change)
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
  for (const row of changes.alerts) state.alerts.set(row.alert, row)
  state.ruleRuns.push(...changes.ruleRuns)
}

function write(records: Map<string, RecordRow>, change: RecordChange): void {
  if (change.kind === 'delete') records.delete(keyOf(change.before))
  else records.set(keyOf(change.row), change.row)
}
