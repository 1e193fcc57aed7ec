import { requestKey } from '../conditions/metric.ts'
import type { Facts, MetricRequest } from '../facts.ts'
import type { FlowCommand } from '../flow/types.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Json } from '../kernel/json.ts'
import type { FieldValue } from '../kernel/value-kind.ts'
import type { Command } from './commands.ts'
import { isBeside } from './figure-reach.ts'
import type {
  AlertRow,
  AssignmentRow,
  Changes,
  ClockRow,
  EffectRow,
  EventRow,
  EventType,
  FlowCall,
  InstanceRow,
  MessageRow,
  MutexRow,
  NotificationRow,
  ReactionName,
  RecordChange,
  RecordRef,
  RecordRow,
  RuleRunRow,
  Source,
  TaskRow,
  TimerRow,
  WaitingRow,
} from './rows.ts'
import type { Context, Pending, Workload, World } from './world.ts'

/** Why something is done: the person's command, or what that set off. `depth` bounds the chain. */
export type Origin = { readonly source: Source; readonly cause: string | null; readonly depth: number }

type Figure = { readonly app: string; readonly request: MetricRequest; readonly value: FieldValue }

/** Something that happened to a record and that rules and flows may react to. */
export type Reaction = {
  readonly ref: RecordRef
  readonly event: ReactionName
  /** Only this rule; absent: whichever watch the event. */
  readonly rule?: string
  readonly changed: readonly string[]
  readonly previous: RecordRow | undefined
  readonly detail: { readonly [key: string]: Json }
  readonly origin: Origin
}

/** What flows are to do when what goes on now is over: because an action said so, or another flow. */
export type FlowRequest = { readonly origin: Origin } & (
  | { readonly kind: 'start' | 'end'; readonly ref: RecordRef; readonly flow: string | null }
  | { readonly kind: 'call'; readonly call: FlowCall }
  | { readonly kind: 'advance'; readonly instance: Id; readonly command: FlowCommand }
  | { readonly kind: 'deliver'; readonly message: MessageRow; readonly to: WaitingRow }
  | { readonly kind: 'send'; readonly ref: RecordRef; readonly message: Incoming }
  | { readonly kind: 'signal'; readonly ref: RecordRef; readonly name: string }
  /** A task gets an answer without being asked: its time is up, or it was done by submitting. `by` null: by nobody. */
  | { readonly kind: 'answer'; readonly task: Id; readonly outcome: string | null; readonly by: Id | null }
)

/** A message on its way into an inbox. */
export type Incoming = {
  readonly app: string
  readonly name: string
  readonly key: string
  /** Unique per name: a message that comes twice counts once. */
  readonly message: string
  readonly data?: Json
  readonly ttl?: string | null
}

/** `seq`: of the next entry in the trail; read when the first one is written, for most records are only looked at. */
type Slot = { row: RecordRow | undefined; readonly before: RecordRow | undefined; seq: number | undefined }

/** App under which trails of what is not a record are kept: people, apps, alerts. */
export const systemApp = '_system'

export const keyOf = (ref: RecordRef): string => `${ref.app}/${ref.form}/${ref.id}`
export const refOf = ({ app, form, id }: RecordRef): RecordRef => ({ app, form, id })

/**
 * The unit of work of one command: what it has read and what it is going to write. Later steps see earlier ones' writes
 * although nothing is stored before the end.
 */
export class Work {
  readonly command: Command
  readonly world: World
  readonly context: Context
  readonly reactions: Reaction[] = []
  readonly flowRequests: FlowRequest[] = []
  /** What effects are derived from while a flow's step acts: `flow/<instance>/<node>/<visit>`; null: the command. */
  effectsOf: string | null = null
  /** Node visits that flows have made in this command. */
  flowVisits = 0
  /** Tasks created or freed by this command that still need a person. */
  readonly unassigned: { readonly task: Id; readonly origin: Origin }[] = []
  /** Tasks that went to somebody by a command: whoever has them then is told. */
  readonly toTell: {
    readonly task: Id
    readonly kind: 'assigned' | 'delegated' | 'resolved'
    readonly origin: Origin
  }[] = []
  /** What records link to, as facts; forgotten with every write, for it may be a linked record that is written. */
  readonly linkedFacts = new Map<RecordRow, NonNullable<Facts['linked']>>()
  readonly #records = new Map<string, Slot>()
  readonly #tasks = new Map<Id, TaskRow>()
  readonly #storedTasks = new Map<Id, TaskRow>()
  readonly #changedTasks = new Set<Id>()
  readonly #instances = new Map<Id, InstanceRow>()
  readonly #messages = new Map<string, MessageRow>()
  readonly #mutexes = new Map<string, { readonly row: MutexRow; readonly isIn: boolean }>()
  readonly #clocks = new Map<Id, ClockRow>()
  readonly #clocksOf = new Map<string, readonly Id[]>()
  readonly #changedClocks = new Set<Id>()
  readonly #timers = new Map<string, TimerRow | null>()
  readonly #events: EventRow[] = []
  readonly #effects: EffectRow[] = []
  readonly #ordinals = new Map<string, number>()
  readonly #notifications: NotificationRow[] = []
  readonly #assignments: AssignmentRow[] = []
  readonly #alerts = new Map<Id, AlertRow>()
  readonly #runs: RuleRunRow[] = []
  readonly #figures = new Map<string, Figure>()
  readonly #moved = new Map<string, RecordRow | undefined>()

  constructor(command: Command, world: World, context: Context) {
    this.command = command
    this.world = world
    this.context = context
  }

  get now(): Instant {
    return this.context.now
  }

  get actor(): Id | null {
    return this.command.principal.kind === 'user' ? this.command.principal.user.id : null
  }

  /** The record as it stands after the writes so far; undefined when there is none (any more). */
  async record(ref: RecordRef): Promise<RecordRow | undefined> {
    return (this.#records.get(keyOf(ref)) ?? (await this.#slot(ref))).row
  }

  /** The record as it was before this command. */
  async before(ref: RecordRef): Promise<RecordRow | undefined> {
    return (await this.#slot(ref)).before
  }

  insert(row: RecordRow): void {
    this.#forgetRead(undefined, row)
    this.#records.set(keyOf(row), { row, before: undefined, seq: 1 })
  }

  /** Replaces the row; its version counts commands, not writes. */
  async update(row: RecordRow): Promise<RecordRow> {
    const slot = await this.#slot(row)
    const version = slot.before === undefined ? row.version : slot.before.version + 1
    const next = { ...row, version, updatedAt: this.now, updatedBy: this.actor ?? row.updatedBy }
    this.#forgetRead(slot.row, next)
    slot.row = next
    return next
  }

  async remove(ref: RecordRef): Promise<void> {
    const slot = await this.#slot(ref)
    this.#forgetRead(slot.row, undefined)
    slot.row = undefined
  }

  /** Records written by this command. */
  touched(): readonly RecordRow[] {
    return [...this.#records.values()].flatMap(({ row, before }) => (row && row !== before ? [row] : []))
  }

  async event(
    ref: RecordRef,
    type: EventType,
    data: EventRow['data'],
    origin: Origin,
    at: Instant = this.now,
  ): Promise<void> {
    const slot = await this.#slot(ref)
    const seq = slot.seq ?? (await this.world.nextSeq(refOf(ref)))
    slot.seq = seq + 1
    this.#events.push({
      app: ref.app,
      form: ref.form,
      id: ref.id,
      eventId: this.context.newId(),
      seq,
      at,
      type,
      actor: origin.source === 'user' || origin.source === 'api' || origin.source === 'import' ? this.actor : null,
      source: origin.source,
      command: this.command.command,
      cause: origin.cause,
      data,
    })
  }

  /** Records written since this was asked last, as they were then and as they are. */
  moves(): readonly { readonly before: RecordRow | undefined; readonly after: RecordRow | undefined }[] {
    const moves: { before: RecordRow | undefined; after: RecordRow | undefined }[] = []
    for (const [key, { row, before }] of this.#records) {
      const seen = this.#moved.has(key) ? this.#moved.get(key) : before
      if (seen === row) continue
      moves.push({ before: seen, after: row })
      this.#moved.set(key, row)
    }
    return moves
  }

  /** What this command writes to records, so far. */
  pending(): Pending {
    return { now: this.now, changes: [...this.#records.values()].flatMap(changeOf) }
  }

  /** Figures with what this command writes, each read once until a write that it may count. */
  async figures(app: string, requests: readonly MetricRequest[]): Promise<(request: MetricRequest) => FieldValue> {
    const keyOfFigure = (request: MetricRequest) => `${app} ${requestKey(request)}`
    const asked = new Map(requests.map((request) => [keyOfFigure(request), request]))
    const missing = [...asked].filter(([key]) => !this.#figures.has(key))
    if (missing.length > 0) {
      const found = await this.world.figures(
        app,
        missing.map(([, request]) => request),
        this.pending(),
      )
      for (const [index, [key, request]] of missing.entries())
        this.#figures.set(key, { app, request, value: found[index] ?? null })
    }
    const known = new Map([...asked].map(([key]) => [key, this.#figures.get(key)?.value ?? null]))
    return (request) => known.get(keyOfFigure(request)) ?? null
  }

  async alert(id: Id): Promise<AlertRow | undefined> {
    return this.#alerts.get(id) ?? this.world.alert(id)
  }

  /** The newest alert of a rule about the same, this command's own included. */
  async latestAlert(app: string, rule: string, key: string): Promise<AlertRow | undefined> {
    const own = [...this.#alerts.values()].findLast(
      (row) => row.app === app && row.rule === rule && row.key === key && row.clearedAt === null,
    )
    const stored = own ?? (await this.world.latestAlert(app, rule, key))
    return stored && (this.#alerts.get(stored.alert) ?? stored)
  }

  /** Alerts that have not cleared, as this command leaves them. */
  async standingAlerts(app: string, rules: readonly string[], groups: readonly string[]): Promise<readonly AlertRow[]> {
    return this.#standing(await this.world.standingAlerts(app, rules, groups))
  }

  /** The same, about a record. */
  async standingAlertsOf(ref: RecordRef): Promise<readonly AlertRow[]> {
    return this.#standing(await this.world.standingAlertsOf(ref))
  }

  #standing(stored: readonly AlertRow[]): readonly AlertRow[] {
    return stored.map((row) => this.#alerts.get(row.alert) ?? row).filter((row) => row.clearedAt === null)
  }

  putAlert(row: AlertRow): AlertRow {
    this.#alerts.set(row.alert, row)
    return row
  }

  ran(row: Omit<RuleRunRow, 'at' | 'command'>): void {
    this.#runs.push({ ...row, at: this.now, command: this.command.command })
  }

  async task(id: Id): Promise<TaskRow | undefined> {
    const known = this.#tasks.get(id)
    if (known) return known
    const row = await this.world.task(id)
    if (row) this.#keepStored(row)
    return row
  }

  /** All tasks of an instance as they stand after the writes so far, in the order they were created. */
  async tasksOf(instance: Id): Promise<readonly TaskRow[]> {
    for (const row of await this.world.tasksOf(instance)) if (!this.#tasks.has(row.task)) this.#keepStored(row)
    return [...this.#tasks.values()]
      .filter((row) => row.instance === instance)
      .toSorted((a, b) => (a.task < b.task ? -1 : 1))
  }

  async openTasksOf(ref: RecordRef): Promise<readonly TaskRow[]> {
    const stored = this.#isNew(ref) ? [] : await this.world.openTasksOf(ref)
    for (const row of stored) if (!this.#tasks.has(row.task)) this.#keepStored(row)
    return [...this.#tasks.values()].filter((row) => row.state === 'open' && keyOf(row) === keyOf(ref))
  }

  putTask(row: TaskRow): TaskRow {
    this.#tasks.set(row.task, row)
    this.#changedTasks.add(row.task)
    return row
  }

  async instance(id: Id): Promise<InstanceRow | undefined> {
    const known = this.#instances.get(id)
    if (known) return known
    return this.world.instance(id)
  }

  async instancesOf(ref: RecordRef): Promise<readonly InstanceRow[]> {
    const all = this.#isNew(ref) ? [] : await this.world.instancesOf(ref)
    const stored = all.filter((row) => !this.#instances.has(row.instance))
    return [...stored, ...[...this.#instances.values()].filter((row) => keyOf(row) === keyOf(ref))]
  }

  putInstance(row: InstanceRow): InstanceRow {
    this.#instances.set(row.instance, row)
    return row
  }

  /** Who waits for a message or signal, after what this command has changed. */
  async waiting(app: string, kind: 'message' | 'signal', name: string, key: string): Promise<readonly WaitingRow[]> {
    const stored = (await this.world.waiting(app, kind, name, key)).filter((row) => !this.#instances.has(row.instance))
    const fresh = [...this.#instances.values()].flatMap((row) =>
      row.app === app ? waitingIn(row, kind, name, key) : [],
    )
    return [...stored, ...fresh]
  }

  async message(app: string, name: string, message: string): Promise<MessageRow | undefined> {
    return this.#messages.get(JSON.stringify([app, name, message])) ?? this.world.message(app, name, message)
  }

  async messages(app: string, name: string, key: string): Promise<readonly MessageRow[]> {
    const fresh = [...this.#messages.values()].filter(
      (row) => row.app === app && row.name === name && row.key === key && row.takenBy === null,
    )
    const stored = await this.world.messages(app, name, key)
    return [...stored.filter((row) => !this.#messages.has(JSON.stringify([app, name, row.message]))), ...fresh]
  }

  putMessage(row: MessageRow): void {
    this.#messages.set(JSON.stringify([row.app, row.name, row.message]), row)
  }

  async mutexQueue(app: string, name: string, key: string): Promise<readonly MutexRow[]> {
    const stored = (await this.world.mutexQueue(app, name, key)).filter((row) => !this.#mutexes.has(placeOf(row)))
    const fresh = [...this.#mutexes.values()].flatMap(({ row, isIn }) =>
      isIn && row.app === app && row.name === name && row.key === key ? [row] : [],
    )
    return [...stored, ...fresh].toSorted((a, b) => a.position - b.position)
  }

  putMutex(row: MutexRow): void {
    this.#mutexes.set(placeOf(row), { row, isIn: true })
  }

  dropMutex(row: MutexRow): void {
    this.#mutexes.set(placeOf(row), { row, isIn: false })
  }

  async clocksOf(ref: RecordRef): Promise<readonly ClockRow[]> {
    const key = keyOf(ref)
    if (!this.#clocksOf.has(key)) {
      const stored = this.#isNew(ref) ? [] : await this.world.clocksOf(ref)
      for (const row of stored) if (!this.#clocks.has(row.clock)) this.#clocks.set(row.clock, row)
      this.#clocksOf.set(
        key,
        stored.map((row) => row.clock),
      )
    }
    return [...this.#clocks.values()].filter((row) => keyOf(row) === key)
  }

  async clock(id: Id): Promise<ClockRow | undefined> {
    return this.#clocks.get(id) ?? this.world.clock(id)
  }

  putClock(row: ClockRow): void {
    this.#clocks.set(row.clock, row)
    this.#changedClocks.add(row.clock)
  }

  setTimer(timer: TimerRow): void {
    this.#timers.set(timer.key, timer)
  }

  cancelTimer(key: string): void {
    this.#timers.set(key, null)
  }

  /** Gives the effect's key. */
  effect(row: EffectRow['effect'], lane?: string): string {
    const cause = this.effectsOf ?? this.command.command
    const ordinal = this.#ordinals.get(cause) ?? 0
    this.#ordinals.set(cause, ordinal + 1)
    const key = `${cause}/${ordinal}`
    this.#effects.push({ key, effect: row, ...(lane === undefined ? {} : { lane }) })
    return key
  }

  notify(row: Omit<NotificationRow, 'notification' | 'at'>): void {
    this.#notifications.push({ notification: this.context.newId(), ...row, at: this.now })
  }

  assigned(row: AssignmentRow): void {
    this.#assignments.push(row)
  }

  /** Whom a strategy chose last, in this command too. */
  async turnOf(app: string, strategy: string): Promise<Id | null> {
    const stored = await this.world.turnOf(app, strategy)
    const own = this.#assignments.findLast((one) => one.app === app && one.strategy === strategy && one.chosen !== null)
    return own?.chosen ?? stored
  }

  /** How much the candidates have to do, with what this command has given them and taken from them already. */
  async workload(app: string, candidates: readonly Id[], about: RecordRow): Promise<ReadonlyMap<Id, Workload>> {
    const stored = await this.world.workload(app, candidates, about)
    return new Map([...stored].map(([id, load]) => [id, this.#loadNow(app, about, id, load)]))
  }

  #loadNow(app: string, about: RecordRef, person: Id, load: Workload): Workload {
    const holds = (row: TaskRow | undefined) =>
      Number(row?.app === app && row.state === 'open' && row.assignee === person)
    const more = [...this.#changedTasks].reduce(
      (sum, id) => sum + holds(this.#tasks.get(id)) - holds(this.#storedTasks.get(id)),
      0,
    )
    return {
      ...load,
      openTasks: load.openTasks + more,
      weightedLoad: load.weightedLoad + more,
      lastAssignedAt: this.#assignments.some(({ chosen }) => chosen === person) ? this.now : load.lastAssignedAt,
      refused: load.refused || hasRefused(this.#events, about, person),
    }
  }

  react(reaction: Reaction): void {
    this.reactions.push(reaction)
  }

  changes(): Changes {
    const timers = [...this.#timers.entries()]
    return {
      records: [...this.#records.values()].flatMap(changeOf),
      events: this.#events,
      instances: [...this.#instances.values()],
      tasks: [...this.#changedTasks].flatMap((id) => this.#tasks.get(id) ?? []),
      clocks: [...this.#changedClocks].flatMap((id) => this.#clocks.get(id) ?? []),
      messages: [...this.#messages.values()],
      mutexesSet: [...this.#mutexes.values()].flatMap(({ row, isIn }) => (isIn ? [row] : [])),
      mutexesDropped: [...this.#mutexes.values()].flatMap(({ row, isIn }) => (isIn ? [] : [row])),
      timersSet: timers.flatMap(([, timer]) => timer ?? []),
      timersCancelled: timers.flatMap(([key, timer]) => (timer === null ? [key] : [])),
      effects: this.#effects,
      notifications: this.#notifications,
      assignments: this.#assignments,
      alerts: [...this.#alerts.values()],
      ruleRuns: this.#runs,
    }
  }

  /** A write may change what records link to and what figures count. */
  #forgetRead(before: RecordRow | undefined, after: RecordRow | undefined): void {
    this.linkedFacts.clear()
    for (const [key, { app, request }] of this.#figures) {
      const shape = this.world.metric(app, request.metric)
      if (!before || !after || !shape || !isBeside(app, shape, request, before, after)) this.#figures.delete(key)
    }
  }

  /** Whether this command makes the record: then nothing of it is stored. */
  #isNew(ref: RecordRef): boolean {
    const slot = this.#records.get(keyOf(ref))
    return slot !== undefined && slot.before === undefined
  }

  #keepStored(row: TaskRow): void {
    this.#tasks.set(row.task, row)
    this.#storedTasks.set(row.task, row)
  }

  async #slot(ref: RecordRef): Promise<Slot> {
    const known = this.#records.get(keyOf(ref))
    if (known) return known
    const row = await this.world.record(refOf(ref))
    const meanwhile = this.#records.get(keyOf(ref))
    if (meanwhile) return meanwhile
    // What is not a record (an alert) has a trail all the same.
    const slot: Slot = { row, before: row, seq: row || ref.app === systemApp ? undefined : 1 }
    this.#records.set(keyOf(ref), slot)
    return slot
  }
}

export const placeOf = ({ instance, node, visit }: WaitingRow): string => `${instance}/${node}/${visit}`

/** The events of an instance that wait for a message or signal of this name and key. */
export const waitingIn = (
  row: InstanceRow,
  kind: 'message' | 'signal',
  name: string,
  key: string,
): readonly WaitingRow[] =>
  (row.status === 'running' ? (row.snapshot.waits ?? []) : []).flatMap((wait) =>
    wait.kind === kind && wait.name === name && (wait.key ?? '') === key
      ? [{ ...refOf(row), instance: row.instance, node: wait.node, visit: wait.visit }]
      : [],
  )

function changeOf({ row, before }: Slot): readonly RecordChange[] {
  if (row === before) return []
  if (row === undefined) return before === undefined ? [] : [{ kind: 'delete', before }]
  return [before === undefined ? { kind: 'insert', row } : { kind: 'update', row, before }]
}

/** Whether somebody was given a task of the record and refused it or did not accept it in time, by the record's trail. */
export const hasRefused = (trail: readonly EventRow[], about: RecordRef, person: Id): boolean =>
  trail.some(
    (event) =>
      (event.type === 'task.refused' || (event.type === 'task.transferred' && event.data.why === notAccepted)) &&
      event.data.from === person &&
      keyOf(event) === keyOf(about),
  )

/** Why a task was taken from somebody who let the time to accept it pass. */
export const notAccepted = 'notAccepted'
