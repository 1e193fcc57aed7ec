import type {
  AlertRow,
  AppModel,
  ClockRow,
  Condition,
  Evidence,
  FieldValue,
  FlowDefinition,
  Id,
  InstanceRow,
  Instant,
  MessageRow,
  MetricRequest,
  MetricShape,
  MutexRow,
  Pending,
  RecordRef,
  RecordRow,
  TaskRow,
  TimerRow,
  WaitingRow,
  Workload,
  World,
} from '@tenon/engine'
import { metricShape } from '@tenon/reports'
import { metricsOf } from '../queries/reading.ts'
import { systemReading } from '../queries/system-reading.ts'
import { kindOf, type Tx } from '../store/database.ts'
import type { Memory } from '../store/live-memory.ts'
import { pinnedFlow } from '../store/pinned-flows.ts'
import { latestAlert, readAlert, standingAlerts, standingAlertsOf } from '../store/rows/alerts.ts'
import { clocksOf, readClock } from '../store/rows/clocks.ts'
import { type EventHead, readHead } from '../store/rows/events.ts'
import { holdName, mutexQueue, readMessage, untakenMessages, waiting } from '../store/rows/flow-waits.ts'
import { instancesOf, readInstance } from '../store/rows/instances.ts'
import { findByValue, readRecord, referencing } from '../store/rows/records.ts'
import { customersServed } from '../store/rows/same-customer.ts'
import { nextSerial } from '../store/rows/serials.ts'
import { openTasksOf, readLoads, readRefusals, readTask, tasksOf } from '../store/rows/tasks.ts'
import { readTimer } from '../store/rows/timers.ts'
import { lockAssignment, readTurn } from '../store/rows/turns.ts'
import { together } from '../store/statement.ts'
import { asIf, hold, holdFigures, readCounted, readFigure, readMatching } from './figures.ts'
import { writeRecordRow } from './write-record-row.ts'

const keyOf = (ref: RecordRef) => `${ref.app}/${ref.form}/${ref.id}`

/**
 * The pipeline's world over one transaction. The record a command is about is locked before anything of it is read, so
 * on PostgreSQL too its tasks, clocks and instances stand still until the command is over. Other records are read as
 * they are: should the command write one of them, its version is compared and the whole command begins anew.
 */
export class DatabaseWorld implements World {
  readonly #tx: Tx
  readonly #memory: Memory
  readonly #records = new Map<string, Promise<RecordRow | undefined>>()
  readonly #heads = new Map<string, EventHead>()
  readonly #locked = new Set<string>()
  readonly #instances = new Map<Id, InstanceRow>()
  readonly #tasks = new Map<Id, TaskRow>()

  constructor(tx: Tx, memory: Memory) {
    this.#tx = tx
    this.#memory = memory
  }

  get directory() {
    return this.#memory.organisation
  }

  /** Trails whose end was read for the numbers given out. */
  get heads(): ReadonlyMap<string, EventHead> {
    return this.#heads
  }

  /** Instances that were read, as they are stored: all others a command writes are new. */
  get instances(): ReadonlyMap<Id, InstanceRow> {
    return this.#instances
  }

  /** The same of tasks. */
  get tasks(): ReadonlyMap<Id, TaskRow> {
    return this.#tasks
  }

  app(id: string): AppModel | undefined {
    return this.#memory.apps.app(id)?.model
  }

  /** Locks the record and reads it, once per command, and where its trail stands: what is locked will have an entry. */
  async lock(ref: RecordRef): Promise<void> {
    const key = keyOf(ref)
    if (this.#locked.has(key)) return
    this.#locked.add(key)
    const storage = this.#memory.apps.storage(ref.app, ref.form)
    const row = storage ? readRecord(this.#tx, storage, ref.id, 'lock') : Promise.resolve(undefined)
    // Given together, looked at one after the other: the trail is read under the lock.
    const head = readHead(this.#tx, ref)
    this.#records.set(key, row)
    await together([row, head])
    this.#heads.set(key, await head)
  }

  record(ref: RecordRef): Promise<RecordRow | undefined> {
    const key = keyOf(ref)
    const known = this.#records.get(key)
    if (known) return known
    const storage = this.#memory.apps.storage(ref.app, ref.form)
    const row = storage ? readRecord(this.#tx, storage, ref.id) : Promise.resolve(undefined)
    this.#records.set(key, row)
    return row
  }

  async pinnedFlow(hash: string): Promise<FlowDefinition | undefined> {
    return pinnedFlow(this.#tx, hash)
  }

  flowHash(app: string, flow: string): string {
    const hash = this.#memory.apps.app(app)?.flowHashes.get(flow)
    if (hash === undefined) throw new Error(`there is no flow ${app}/${flow}`)
    return hash
  }

  async instance(id: Id): Promise<InstanceRow | undefined> {
    const known = this.#instances.get(id)
    // What is locked stands still until the command is over.
    if (known && this.#locked.has(keyOf(known))) return known
    const row = await this.#underLock(() => readInstance(this.#tx, id))
    if (row) this.#instances.set(id, row)
    return row
  }

  async instancesOf(ref: RecordRef): Promise<readonly InstanceRow[]> {
    const rows = await instancesOf(this.#tx, ref)
    for (const row of rows) this.#instances.set(row.instance, row)
    return rows
  }

  hold(name: string): Promise<void> {
    return holdName(this.#tx, name)
  }

  waiting(app: string, kind: 'message' | 'signal', name: string, key: string): Promise<readonly WaitingRow[]> {
    return waiting(this.#tx, app, kind, name, key)
  }

  message(app: string, name: string, message: string): Promise<MessageRow | undefined> {
    return readMessage(this.#tx, app, name, message)
  }

  messages(app: string, name: string, key: string): Promise<readonly MessageRow[]> {
    return untakenMessages(this.#tx, app, name, key)
  }

  mutexQueue(app: string, name: string, key: string): Promise<readonly MutexRow[]> {
    return mutexQueue(this.#tx, app, name, key)
  }

  async task(id: Id): Promise<TaskRow | undefined> {
    const row = await this.#underLock(() => readTask(this.#tx, id))
    if (row) this.#tasks.set(id, row)
    return row
  }

  async openTasksOf(ref: RecordRef): Promise<readonly TaskRow[]> {
    const rows = await openTasksOf(this.#tx, ref)
    for (const row of rows) this.#tasks.set(row.task, row)
    return rows
  }

  async tasksOf(instance: Id): Promise<readonly TaskRow[]> {
    const rows = await tasksOf(this.#tx, instance)
    for (const row of rows) this.#tasks.set(row.task, row)
    return rows
  }

  clocksOf(ref: RecordRef): Promise<readonly ClockRow[]> {
    return clocksOf(this.#tx, ref)
  }

  async clock(id: Id): Promise<ClockRow | undefined> {
    return this.#underLock(() => readClock(this.#tx, id))
  }

  timer(key: string): Promise<TimerRow | undefined> {
    return readTimer(this.#tx, key)
  }

  async nextSeq(ref: RecordRef): Promise<number> {
    const head = this.#heads.get(keyOf(ref)) ?? (await readHead(this.#tx, ref))
    this.#heads.set(keyOf(ref), head)
    return head.seq + 1
  }

  async findByValue(app: string, form: string, field: string, value: FieldValue): Promise<Id | undefined> {
    const storage = this.#memory.apps.storage(app, form)
    return storage && findByValue(this.#tx, storage, field, value)
  }

  nextSerial(app: string, form: string, field: string, period: string): Promise<number> {
    return nextSerial(this.#tx, app, form, field, period)
  }

  async turnOf(app: string, strategy: string): Promise<Id | null> {
    await lockAssignment(this.#tx, app)
    return readTurn(this.#tx, app, strategy)
  }

  async workload(
    app: string,
    candidates: readonly Id[],
    about: Parameters<World['workload']>[2],
  ): Promise<ReadonlyMap<Id, Workload>> {
    const loads = await readLoads(this.#tx, app, candidates)
    const refusals = await readRefusals(this.#tx, about)
    const served = await customersServed(this.#tx, this.#memory.apps, candidates, about)
    return new Map(
      [...loads].map(([id, load]) => [id, { ...load, sameCustomer: served.get(id) ?? 0, refused: refusals.has(id) }]),
    )
  }

  metric(app: string, metric: string): MetricShape | undefined {
    const loaded = this.#memory.apps.app(app)
    const definition = loaded && metricsOf(loaded).get(metric)
    return definition && metricShape(definition, loaded.lookup)
  }

  async figures(app: string, requests: readonly MetricRequest[], pending: Pending): Promise<readonly FieldValue[]> {
    const reading = systemReading(this.#tx, this.#memory, app, pending.now)
    if (!reading) return requests.map(() => null)
    const values: FieldValue[] = []
    const read = async () => {
      for (const request of requests) values.push(await readFigure(reading, request))
    }
    await together([holdFigures(this.#tx, app, requests), this.#asIf(pending, read)])
    return values
  }

  async counted(
    app: string,
    request: MetricRequest,
    pending: Pending,
    limit: number,
  ): Promise<Omit<Evidence, 'metric'>> {
    const reading = systemReading(this.#tx, this.#memory, app, pending.now)
    if (!reading) return { form: '', ids: [], total: 0 }
    return this.#asIf(pending, () => readCounted(reading, request, limit))
  }

  async matching(app: string, form: string, where: Condition, now: Instant, limit: number): Promise<readonly Id[]> {
    const reading = systemReading(this.#tx, this.#memory, app, now)
    return reading ? readMatching(reading, form, where, limit) : []
  }

  async latestAlert(app: string, rule: string, key: string): Promise<AlertRow | undefined> {
    await hold(this.#tx, `alert/${app}/${rule}/${key}`)
    return latestAlert(this.#tx, app, rule, key)
  }

  standingAlerts(app: string, rules: readonly string[], groups: readonly string[]): Promise<readonly AlertRow[]> {
    return standingAlerts(this.#tx, app, rules, groups)
  }

  standingAlertsOf({ app, id }: RecordRef): Promise<readonly AlertRow[]> {
    return standingAlertsOf(this.#tx, app, id)
  }

  /** Held, so that of two who answer it one is first. */
  async alert(id: Id): Promise<AlertRow | undefined> {
    await hold(this.#tx, `alert/${id}`)
    return readAlert(this.#tx, id)
  }

  #asIf<T>({ changes }: Pending, read: () => Promise<T>): Promise<T> {
    return asIf(this.#tx, changes, (change) => writeRecordRow(this.#tx, this.#memory, change), read)
  }

  async referencing(
    app: string,
    form: string,
    field: string,
    target: Id,
    limit: number,
  ): Promise<readonly RecordRow[]> {
    const storage = this.#memory.apps.storage(app, form)
    return storage ? referencing(this.#tx, storage, field, target, limit) : []
  }

  /** Reads a part of a record, locks the record, and reads the part again if it was somebody else's until then. */
  async #underLock<T extends RecordRef>(read: () => Promise<T | undefined>): Promise<T | undefined> {
    const part = await read()
    if (!part || this.#locked.has(keyOf(part))) return part
    // On SQLite nobody else writes meanwhile.
    if (kindOf(this.#tx) === 'sqlite') {
      await this.lock(part)
      return part
    }
    const locked = this.lock(part)
    const again = read()
    await together([locked, again])
    return again
  }
}
