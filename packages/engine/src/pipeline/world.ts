import type { Condition } from '../definitions/condition.ts'
import type { FlowDefinition } from '../definitions/flow.ts'
import type { MetricRequest, UserFacts } from '../facts.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { FieldValue, RecordData } from '../kernel/value-kind.ts'
import type { AppModel } from '../model.ts'
import type {
  AlertRow,
  ClockRow,
  Evidence,
  InstanceRow,
  MessageRow,
  MutexRow,
  RecordChange,
  RecordRef,
  RecordRow,
  TaskRow,
  TimerRow,
  WaitingRow,
} from './rows.ts'

/** A person of the organisation. Kept in memory by the host: some thousands at most. */
export type Person = UserFacts & {
  readonly email: string | null
  readonly phone: string | null
  readonly active: boolean
  /** Says they are out of office, within the period where one is given; see `isAway`. */
  readonly away: boolean
  readonly awayFrom?: Instant | null
  readonly awayUntil?: Instant | null
  /** Who gets new tasks meanwhile; absent: nobody. */
  readonly deputy?: Id | null
  readonly skills: readonly string[]
  /** How well she has each of them, 1 … 5; a skill that is not named here is had at level 1. */
  readonly skillLevels: { readonly [skill: string]: number }
  /** Certificates with the last day they are valid; null: for good. */
  readonly certifications: readonly Certification[]
  readonly languages: readonly string[]
  readonly regions: readonly string[]
  readonly capacity: number
  /** Roles by app: `after_sales/agent`. `roles` of UserFacts are those of the app at hand. */
  readonly grants: readonly { readonly app: string; readonly role: string }[]
  /** May administer the installation. */
  readonly admin: boolean
  /** Calendar of the working shifts; null: always on shift. */
  readonly shift: string | null
  /** App whose demo data brought the person; absent: nobody's. */
  readonly demoOf?: string | null
}

type Certification = { readonly name: string; readonly until: string | null }

/** The organisation at one moment, answering without waiting. */
export type Directory = {
  person(id: Id): Person | undefined
  byUsername(username: string): Person | undefined
  everybody(): readonly Person[]
  /** Person ids of everybody active with the role in the app. */
  withRole(app: string, role: string): readonly Id[]
  inDepartment(code: string): readonly Id[]
  departmentByCode(code: string): { readonly id: Id; readonly name: string; readonly manager: Id | null } | undefined
  /** Superior with the fallback chain: superior, else manager of the department, else of the ones above; who is away at that moment is passed over. */
  superiorOf(id: Id, at: Instant): Id | null
}

/**
 * What the pipeline may ask of its surroundings, inside one transaction. Implemented by the database and, for scenarios
 * and trying things out, by memory. Reads for update: nobody else changes what was read until the command is over.
 */
export type World = {
  readonly directory: Directory
  app(id: string): AppModel | undefined
  record(ref: RecordRef): Promise<RecordRow | undefined>
  /** The flow text an instance is pinned to. */
  pinnedFlow(hash: string): Promise<FlowDefinition | undefined>
  flowHash(app: string, flow: string): string
  instance(id: Id): Promise<InstanceRow | undefined>
  instancesOf(ref: RecordRef): Promise<readonly InstanceRow[]>
  /** Keeps others out who would hold the same name, until the command is over. Records are locked before. */
  hold(name: string): Promise<void>
  /** Events of running instances that wait for this name and key, the oldest instance first. */
  waiting(app: string, kind: 'message' | 'signal', name: string, key: string): Promise<readonly WaitingRow[]>
  message(app: string, name: string, message: string): Promise<MessageRow | undefined>
  /** Messages that nobody has taken, the oldest first, expired ones included. */
  messages(app: string, name: string, key: string): Promise<readonly MessageRow[]>
  /** Who is in a critical section and who waits for it, in order. */
  mutexQueue(app: string, name: string, key: string): Promise<readonly MutexRow[]>
  task(id: Id): Promise<TaskRow | undefined>
  openTasksOf(ref: RecordRef): Promise<readonly TaskRow[]>
  /** All tasks of an instance, done ones too, in the order they were created. */
  tasksOf(instance: Id): Promise<readonly TaskRow[]>
  clocksOf(ref: RecordRef): Promise<readonly ClockRow[]>
  clock(id: Id): Promise<ClockRow | undefined>
  timer(key: string): Promise<TimerRow | undefined>
  /** Next audit number of a record, 1 for a new one. */
  nextSeq(ref: RecordRef): Promise<number>
  /** Another record that already has this value of a unique field. */
  findByValue(app: string, form: string, field: string, value: FieldValue): Promise<Id | undefined>
  /** Next number of a serial field's counter; `period` is the rendered date part. */
  nextSerial(app: string, form: string, field: string, period: string): Promise<number>
  /**
   * For assignment: whom a strategy of an app chose last, null for nobody. Until the command is over nobody else is
   * assigned in the app, so that what is read next stays true.
   */
  turnOf(app: string, strategy: string): Promise<Id | null>
  /** For assignment: open work and last assignment per candidate, and whom the same customer had before. `data` as it stands, stored or not. */
  workload(
    app: string,
    candidates: readonly Id[],
    about: RecordRef & { readonly data?: RecordData },
  ): Promise<ReadonlyMap<Id, Workload>>
  /** What a metric of the app looks at; undefined: there is no such metric. */
  metric(app: string, metric: string): MetricShape | undefined
  /**
   * Figures at `now`, as if `pending` were written: what a command has decided counts although it is not stored yet.
   * Nobody else changes what they count until the command is over.
   */
  figures(app: string, requests: readonly MetricRequest[], pending: Pending): Promise<readonly FieldValue[]>
  /** The records that a figure counts, newest first; at most `limit`. */
  counted(app: string, request: MetricRequest, pending: Pending, limit: number): Promise<Omit<Evidence, 'metric'>>
  /** Records of a form that satisfy a row condition, by id; at most `limit`. */
  matching(app: string, form: string, where: Condition, now: Instant, limit: number): Promise<readonly Id[]>
  /** The newest alert of a rule about the same. Nobody else raises one until the command is over. */
  latestAlert(app: string, rule: string, key: string): Promise<AlertRow | undefined>
  /** Alerts of these rules that have not cleared and stand on one of these groups (`alertGroups`), or on any. */
  standingAlerts(app: string, rules: readonly string[], groups: readonly string[]): Promise<readonly AlertRow[]>
  /** Alerts about this record that have not cleared. */
  standingAlertsOf(ref: RecordRef): Promise<readonly AlertRow[]>
  alert(id: Id): Promise<AlertRow | undefined>
  /** Records of a form that link to `target` through `field`, for lookups back. */
  referencing(app: string, form: string, field: string, target: Id, limit: number): Promise<readonly RecordRow[]>
}
/** Changes not written yet, and the moment they are decided at. */
export type Pending = { readonly now: Instant; readonly changes: readonly RecordChange[] }
export type MetricShape = {
  /** Form whose records it counts. */
  readonly form: string
  /** Fields of that form that it looks at. */
  readonly fields: ReadonlySet<string>
  /** Whether it looks at other records through one of them. */
  readonly linked: boolean
}
export type Workload = {
  readonly openTasks: number
  readonly weightedLoad: number
  readonly lastAssignedAt: Instant | null
  readonly sameCustomer: number
  readonly refused: boolean
}

/** Time, chance and identity, given from outside so that the engine stays pure. */
export type Context = {
  readonly now: Instant
  readonly newId: () => Id
}
