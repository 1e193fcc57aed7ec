import type { ExplainedCondition } from '../conditions/explain.ts'
import type { Condition } from '../definitions/condition.ts'
import type { LadderStep } from '../definitions/ladder.ts'
import type { RecordEventName } from '../definitions/rule.ts'
import type { MigrationReason } from '../flow/migrate.ts'
import type { Caller, FlowCommand, InstanceSnapshot, Variables, Via } from '../flow/types.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Json } from '../kernel/json.ts'
import type { RecordData } from '../kernel/value-kind.ts'

/** Address of a record. */
export type RecordRef = { readonly app: string; readonly form: string; readonly id: Id }

/** A record as stored: system values beside the authored ones. Instants in milliseconds. */
export type RecordRow = RecordRef & {
  readonly version: number
  readonly createdAt: Instant
  readonly createdBy: Id | null
  readonly updatedAt: Instant
  readonly updatedBy: Id | null
  readonly title: string
  /** Authored fields, normalised, computed ones included; blanks are absent. */
  readonly data: RecordData
  /** Imported as history: no flow, clock or message was started. */
  readonly history: boolean
  /** Import batch that created it. */
  readonly batch: Id | null
}

/** One entry of the audit trail and timeline of a record. `seq` is per record, without gaps. */
export type EventRow = RecordRef & {
  readonly eventId: Id
  readonly seq: number
  readonly at: Instant
  readonly type: EventType
  /** Who did it; null: the system. */
  readonly actor: Id | null
  readonly source: Source
  /** The command that began the chain. */
  readonly command: Id
  /** What made it happen, e.g. `rule:vip_complaint@3`, `flow:ticket_sop/intake`, `timer:…`; null: a person. */
  readonly cause: string | null
  /** Before and after values, comment body, task and outcome … by type; see `EventData`. */
  readonly data: { readonly [key: string]: Json }
}
export type EventType =
  | 'record.created'
  | 'record.updated'
  | 'record.deleted'
  | 'record.commented'
  | 'record.imported'
  | 'stage.changed'
  | 'flow.started'
  | 'flow.ended'
  | 'flow.stuck'
  | 'flow.retried'
  | 'flow.migrated'
  | 'flow.kept'
  | 'flow.cancelled'
  | 'flow.parked'
  | 'node.entered'
  | 'node.left'
  | 'task.created'
  | 'task.assigned'
  | 'task.claimed'
  | 'task.completed'
  | 'task.transferred'
  | 'task.refused'
  | 'task.cancelled'
  | 'task.delegated'
  | 'task.resolved'
  | 'task.signerAdded'
  | 'task.signerRemoved'
  | 'task.returned'
  | 'task.withdrawn'
  | 'task.draftSaved'
  | 'task.passed'
  | 'task.copied'
  | 'clock.started'
  | 'clock.paused'
  | 'clock.resumed'
  | 'clock.warned'
  | 'clock.breached'
  | 'clock.stopped'
  | 'clock.cancelled'
  | 'clock.retargeted'
  | 'clock.recalculated'
  | 'decision.made'
  | 'clock.acknowledged'
  | 'clock.escalated'
  | 'rule.fired'
  | 'rule.stopped'
  | 'alert.raised'
  | 'alert.acknowledged'
  | 'alert.closed'
  | 'alert.ended'
  | 'message.sent'
  | 'message.mailed'
  | 'webhook.called'
  | 'history.entry'
export type Source = 'user' | 'rule' | 'flow' | 'timer' | 'api' | 'import' | 'mail' | 'public' | 'system'

export type TaskState = 'open' | 'completed' | 'cancelled'
/** A user task waiting for (or done by) a person. `assignee` null and `candidates` given: a pool task to be claimed. */
export type TaskRow = RecordRef & {
  readonly task: Id
  readonly instance: Id
  readonly flow: string
  readonly node: string
  readonly visit: number
  readonly state: TaskState
  readonly assignee: Id | null
  /** Who may claim it, resolved to people when it was created; roles and departments stay symbolic. */
  readonly candidates: readonly Candidate[]
  readonly createdAt: Instant
  readonly claimedAt: Instant | null
  readonly completedAt: Instant | null
  /** Who answered it (null: the system), or whose act ended it. */
  readonly completedBy: Id | null
  readonly outcome: string | null
  /** Nearest due moment of its limit; null: none. */
  readonly dueAt: Instant | null
  readonly version: number
  /** Who has delegated it and gets it back to confirm. */
  readonly owner: Id | null
  /** What the delegate proposes. */
  readonly advice: string | null
  /** Why it is with whom it is; null: by the rules of the node. */
  readonly via: Via | null
  /** What somebody has entered and not submitted: theirs alone, no part of the record. */
  readonly draft: TaskDraft | null
}
type TaskDraft = {
  readonly by: Id
  readonly at: Instant
  readonly values: { readonly [field: string]: Json }
  readonly comment: string | null
}
export type Candidate = { readonly kind: 'user' | 'role' | 'department'; readonly ref: string }

export type InstanceRow = RecordRef & {
  readonly instance: Id
  readonly flow: string
  /** Hash of the flow's canonical text the instance is pinned to. */
  readonly flowHash: string
  readonly status: 'running' | 'completed' | 'cancelled' | 'dead'
  readonly startedAt: Instant
  readonly endedAt: Instant | null
  readonly version: number
  readonly snapshot: InstanceSnapshot
  /** Since when it waits for a person to say how it goes on, and why; it keeps running on its version meanwhile. */
  readonly parked?: { readonly at: Instant; readonly reasons: readonly MigrationReason[] }
}

/** An event of a running instance that waits for a message or signal. */
export type WaitingRow = RecordRef & { readonly instance: Id; readonly node: string; readonly visit: number }

/** A message in the inbox of an app's flows, kept until it expires: its id counts once even when it has been taken. */
export type MessageRow = {
  readonly app: string
  readonly name: string
  readonly message: string
  readonly key: string
  readonly receivedAt: Instant
  readonly expiresAt: Instant
  readonly data: Json
  /** The instance that has consumed it. */
  readonly takenBy: Id | null
  readonly takenAt: Instant | null
}

/** A place in the queue of a critical section; the first of a queue is inside. */
export type MutexRow = WaitingRow & { readonly name: string; readonly key: string; readonly position: number }

/** A timer is a row: firing deletes it and acts in the same transaction. */
export type TimerRow = {
  /** Unique: `flow/<instance>/<node>/<visit>`, `clock/<clock>/<run>/<step>`, `errand/<instance>/<id>`, `rule/<app>/<rule>/…`, `alert/<alert>`, … */
  readonly key: string
  readonly dueAt: Instant
  readonly app: string
  readonly payload:
    | { readonly kind: 'flow'; readonly instance: Id; readonly node: string; readonly visit: number }
    | { readonly kind: 'clock'; readonly clock: Id; readonly run: number; readonly step: string }
    | { readonly kind: 'accept'; readonly task: Id }
    /** Due at once: what an instance does in a following transaction, for it is about another record, or too long. */
    | { readonly kind: 'errand'; readonly instance: Id; readonly command: FlowCommand }
    | { readonly kind: 'message'; readonly app: string; readonly name: string; readonly message: string }
    | { readonly kind: 'call'; readonly call: FlowCall }
    /** `form` and `id`: the record it is for; absent: the rule's schedule. `why`: the trigger. */
    | {
        readonly kind: 'rule'
        readonly app: string
        readonly rule: string
        readonly why: 'dateReached' | 'scheduled'
        readonly record?: { readonly form: string; readonly id: Id }
      }
    | { readonly kind: 'alert'; readonly alert: Id }
}

/** A flow that is started by a call activity. */
export type FlowCall = {
  readonly ref: RecordRef
  readonly flow: string
  readonly child: Id
  readonly variables: Variables
  readonly depth: number
  /** The instance that waits for it; null: nobody. */
  readonly caller: Caller | null
}

export type ClockState = 'running' | 'paused' | 'stopped' | 'cancelled'
/** A stretch of time a clock spent in one state. Business time of a running segment is counted on `calendar`. */
export type ClockSegment = {
  readonly from: Instant
  /** null: still going on. */
  readonly to: Instant | null
  readonly state: 'running' | 'paused' | 'closed'
  readonly why: string
  readonly calendar: string | null
  /** Business milliseconds of a finished running segment. */
  readonly countedMs: number
  /** Version of the app whose policy it was counted by; absent for task limits. */
  readonly version?: number
}
/** SLA clock of a record or time limit of a task: one type, one table. */
export type ClockRow = RecordRef & {
  readonly clock: Id
  readonly owner:
    | { readonly kind: 'policy'; readonly policy: string; readonly id: string }
    | { readonly kind: 'limit'; readonly task: Id; readonly node: string }
  readonly run: number
  readonly state: ClockState
  /** Business time allowed: the nominal target, or what was left of it after a change of the `forward` kind. */
  readonly targetMs: number
  /** Target as the policy names it; tells when it changes. */
  readonly nominalMs: number
  readonly startedAt: Instant
  /** When it is due if it goes on running; null while paused. */
  readonly dueAt: Instant | null
  readonly stoppedAt: Instant | null
  readonly elapsedMs: number
  readonly breachedAt: Instant | null
  /** Result once known: equal to the target is met. */
  readonly met: boolean | null
  readonly ladder: readonly LadderStep[]
  /** Steps of this run that have fired. */
  readonly fired: readonly string[]
  /** Who took notice of the ladder, which stops it until the clock is reopened or begins anew; absent: nobody. */
  readonly acknowledged?: { readonly at: Instant; readonly by: Id | null }
  /** When a pause of limited length ends by itself; absent: it is not paused, or not limited. */
  readonly pauseUntil?: Instant
  readonly segments: readonly ClockSegment[]
}

/**
 * Something to be done in the outside world, at least once, with `key` as idempotency key. Those of one lane are done one
 * after the other, in the order they were decided; absent: whenever.
 */
export type EffectRow = { readonly key: string; readonly effect: Effect; readonly lane?: string }
export type Effect =
  | {
      readonly type: 'mail.send'
      readonly to: string
      readonly subject: string
      readonly body: string
      readonly message: string | null
      readonly user: Id | null
    }
  | {
      readonly type: 'sms.send'
      readonly to: string
      readonly body: string
      readonly message: string | null
      readonly user: Id | null
    }
  /** Makes the code of somebody who wants to sign in on a portal, and sends it if they are a contact. */
  | { readonly type: 'portal.code'; readonly id: string }
  | WebhookCall
export type EffectName = Effect['type']
/** A request to another system. Secrets by name: their values are put in when it leaves. */
export type WebhookCall = {
  readonly type: 'webhook.call'
  readonly app: string
  /** The record it is about; null: none. */
  readonly record: RecordRef | null
  /** What wanted it, `rule:vip@3/tell_erp`. */
  readonly cause: string
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'GET'
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  /** JSON text; null: none. */
  readonly body: string | null
  readonly auth: { readonly secret: string; readonly header: string; readonly scheme: string | null } | null
  /** Name of the secret it is signed with; null: it is not. */
  readonly sign: string | null
  readonly timeoutMs: number
}

/** A line in somebody's bell: written in the transaction, so it is exactly once. */
export type NotificationRow = {
  readonly notification: Id
  readonly user: Id
  readonly at: Instant
  readonly title: string
  readonly body: string
  readonly record: RecordRef | null
  readonly task: Id | null
  readonly message: string | null
}

/** Why a task went to whom: every candidate, the filters each failed, the score parts. */
export type AssignmentRow = RecordRef & {
  readonly decision: Id
  readonly task: Id
  readonly at: Instant
  readonly strategy: string
  readonly chosen: Id | null
  readonly fallback: boolean
  readonly candidates: readonly {
    readonly user: Id
    readonly failed: readonly string[]
    readonly scores: readonly { readonly id: string; readonly value: number; readonly weighted: number }[]
    readonly total: number
  }[]
}

export type AlertState = 'open' | 'acknowledged' | 'closed' | 'ended'
/**
 * Something a rule wants a person to look at. `open` and `acknowledged` wait; `closed` by a person; `ended` by itself,
 * when what raised it no longer held. Until `clearedAt` no second one is raised about the same.
 */
export type AlertRow = {
  readonly alert: Id
  readonly app: string
  readonly rule: string
  readonly version: number
  /** Kind, as the rule names it. */
  readonly kind: string
  /** What it is about: with the rule, unique among alerts that have not cleared. */
  readonly key: string
  readonly severity: 'info' | 'warning' | 'critical'
  /** By language. */
  readonly title: { readonly [locale: string]: string }
  /** The record whose change raised it; null: a schedule did. */
  readonly record: RecordRef | null
  readonly owner: Id | null
  /** Everybody it was sent to, the owner first. */
  readonly people: readonly Id[]
  readonly state: AlertState
  readonly raisedAt: Instant
  readonly acknowledgedAt: Instant | null
  readonly acknowledgedBy: Id | null
  readonly closedAt: Instant | null
  readonly closedBy: Id | null
  readonly comment: string | null
  readonly clearedAt: Instant | null
  /** The run of the rule that raised it: each condition with its value. */
  readonly run: Id
  /** What must hold for it to stand, with everything but the figures settled. */
  readonly watch: Condition
  /** The records that made it fire, newest first: at most `evidenceLimit` of each figure. */
  readonly evidence: readonly Evidence[]
  readonly revision: number
}
/** Records that a figure counted. `total` may be more than `ids`. */
export type Evidence = {
  readonly metric: string
  readonly form: string
  readonly ids: readonly Id[]
  readonly total: number
}

export type RuleOutcome = 'fired' | 'notMet' | 'standing' | 'coolDown'
/** One look of a rule at what happened: whether it acted, and each condition with its value. */
export type RuleRunRow = {
  readonly run: Id
  readonly app: string
  readonly rule: string
  readonly version: number
  readonly at: Instant
  readonly event: ReactionName
  readonly record: RecordRef | null
  readonly command: Id
  /** `standing`, `coolDown`: the condition held, but its alert stood already, or had ended only just. */
  readonly outcome: RuleOutcome
  /** null: the rule has no condition. */
  readonly why: ExplainedCondition | null
}
/** What rules react to: what happens to records, and what time and figures do. */
export type ReactionName = RecordEventName | 'dateReached' | 'scheduled' | 'metricMoved'

/** Everything one command changes, in the order it must be written. */
export type Changes = {
  readonly records: readonly RecordChange[]
  readonly events: readonly EventRow[]
  readonly instances: readonly InstanceRow[]
  readonly tasks: readonly TaskRow[]
  readonly clocks: readonly ClockRow[]
  readonly messages: readonly MessageRow[]
  readonly mutexesSet: readonly MutexRow[]
  readonly mutexesDropped: readonly MutexRow[]
  readonly timersSet: readonly TimerRow[]
  readonly timersCancelled: readonly string[]
  readonly effects: readonly EffectRow[]
  readonly notifications: readonly NotificationRow[]
  readonly assignments: readonly AssignmentRow[]
  readonly alerts: readonly AlertRow[]
  readonly ruleRuns: readonly RuleRunRow[]
}
export type RecordChange =
  | { readonly kind: 'insert'; readonly row: RecordRow }
  | { readonly kind: 'update'; readonly row: RecordRow; readonly before: RecordRow }
  | { readonly kind: 'delete'; readonly before: RecordRow }
