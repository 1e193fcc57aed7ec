import type { TrackedRecords } from '../definitions/app.ts'
import type { UserFacts } from '../facts.ts'
import type { NodeChoice } from '../flow/stand.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Json } from '../kernel/json.ts'
import type { AppModel } from '../model.ts'
import type { AlertRow, RecordRow, Source, TaskRow } from './rows.ts'

/**
 * Who acts. A sealed union without null: a failed sign-in is `anonymous`, never "no checks".
 * `roles` of the user are those of the app the command is about.
 */
export type Principal =
  | {
      readonly kind: 'user'
      readonly user: UserFacts
      readonly admin: boolean
      readonly grants: readonly { readonly app: string; readonly role: string }[]
    }
  | { readonly kind: 'system'; readonly reason: string }
  | { readonly kind: 'anonymous' }
  | Stranger
  | Contact

/**
 * Who fills in the public form of one form, without an account. It creates records of that form and nothing else, reads
 * nothing, and is nobody the organisation knows.
 */
export type Stranger = {
  readonly kind: 'stranger'
  readonly app: string
  readonly form: string
  /** Fingerprint of the secret under which this visit uploaded its files; absent: it uploaded none. */
  readonly visit?: string
}

/**
 * A customer's contact who signed in on the portal of an app. Reads with one role, only records that are linked to one of
 * his own contact records, of them only the fields that the portal names; does nothing. Only `contactOf` makes one.
 */
export type Contact = {
  readonly kind: 'contact'
  readonly app: string
  readonly role: string
  /** Ids of the contact records that are his. */
  readonly contacts: readonly Id[]
  readonly records: readonly TrackedRecords[]
}

export type Command = { readonly command: Id; readonly principal: Principal; readonly source: Source } & CommandBody
export type CommandBody =
  | {
      readonly type: 'record.create'
      readonly app: string
      readonly form: string
      readonly values: Values
      readonly id?: Id
      readonly history?: History
      readonly batch?: Id
    }
  | {
      readonly type: 'record.update'
      readonly app: string
      readonly form: string
      readonly id: Id
      readonly values: Values
      readonly version?: number
    }
  | {
      readonly type: 'record.delete'
      readonly app: string
      readonly form: string
      readonly id: Id
      readonly version?: number
    }
  | {
      readonly type: 'record.comment'
      readonly app: string
      readonly form: string
      readonly id: Id
      readonly body: string
      readonly visibility: 'internal' | 'public'
      readonly mentions?: readonly Id[]
      readonly files?: readonly Id[]
    }
  | {
      readonly type: 'record.action'
      readonly app: string
      readonly form: string
      readonly id: Id
      readonly action: string
      readonly version?: number
    }
  | { readonly type: 'task.claim'; readonly task: Id }
  | {
      readonly type: 'task.complete'
      readonly task: Id
      readonly outcome?: string
      readonly values?: Values
      readonly comment?: string
      readonly version?: number
    }
  | { readonly type: 'task.transfer'; readonly task: Id; readonly to: Id; readonly comment?: string }
  | { readonly type: 'task.refuse'; readonly task: Id; readonly reason: string }
  | { readonly type: 'clock.acknowledge'; readonly clock: Id; readonly note?: string }
  | { readonly type: 'alert.acknowledge'; readonly alert: Id; readonly comment?: string }
  | { readonly type: 'alert.close'; readonly alert: Id; readonly comment?: string }
  | TaskCommandBody
  | {
      /** A message for whichever flow of the app waits for its name and key, now or before it expires. */
      readonly type: 'message.receive'
      readonly app: string
      readonly name: string
      readonly key: string
      /** Unique per name: a repetition changes nothing. */
      readonly message: string
      readonly data?: Json
      /** ISO duration it is kept; absent: seven days. */
      readonly ttl?: string
    }
  | {
      /** What is stuck in a flow is tried again. */
      readonly type: 'flow.retry'
      readonly instance: Id
    }
  | {
      /** One more instance of a multi-instance activity that is open. */
      readonly type: 'flow.addItem'
      readonly instance: Id
      readonly node: string
      readonly item: Json
    }
  | {
      /** A new version of the app has other calendars than `before`: the record's running clocks count on by them. */
      readonly type: 'clocks.adopt'
      readonly app: string
      readonly form: string
      readonly id: Id
      readonly before: AppModel
      /** Policies whose open clocks of the record are counted again from their start instead; absent: none. */
      readonly recalculate?: readonly string[]
    }
  | {
      /** Another version of the flow is live: the instance goes over to it, stays, or waits for a person to decide. */
      readonly type: 'instance.migrate'
      readonly app: string
      readonly form: string
      readonly id: Id
      readonly instance: Id
      /** Hash of the flow text to go over to. */
      readonly to: string
      readonly choices: readonly NodeChoice[]
      readonly recompute?: boolean
      /** What becomes of an instance that should move and cannot. */
      readonly orElse: 'park' | 'refuse'
    }
  | {
      readonly type: 'instance.cancel'
      readonly app: string
      readonly form: string
      readonly id: Id
      readonly instance: Id
      readonly reason?: string
    }
  | {
      readonly type: 'timer.fire'
      readonly key: string
      readonly payload: import('./rows.ts').TimerRow['payload']
      readonly dueAt: Instant
    }

/** What can be done with a task besides claiming, answering and handing it over: the approval vocabulary. */
type TaskCommandBody =
  /** 委派: `to` does it, then it comes back to be confirmed. */
  | { readonly type: 'task.delegate'; readonly task: Id; readonly to: Id; readonly comment?: string }
  /** 加签 */
  | {
      readonly type: 'task.addAssignee'
      readonly task: Id
      readonly to: Id
      readonly position: 'before' | 'after' | 'parallel'
      readonly comment?: string
    }
  /** 减签: `task` is any open task of the step, `person` whoever is not to be asked any more. */
  | { readonly type: 'task.removeAssignee'; readonly task: Id; readonly person: Id; readonly comment?: string }
  /** 退回 to a step that was done. again: everything in between once more; back: then straight back here. */
  | {
      readonly type: 'task.return'
      readonly task: Id
      readonly to: string
      readonly mode: 'again' | 'back'
      readonly comment?: string
    }
  /** 撤回: my answer, or what I have delegated, is taken back. */
  | { readonly type: 'task.withdraw'; readonly task: Id; readonly comment?: string }
  /** 暂存 */
  | { readonly type: 'task.saveDraft'; readonly task: Id; readonly values: Values; readonly comment?: string }

/** Submitted values, by field id; not yet normalised. */
export type Values = { readonly [field: string]: Json }

/** Declares an imported record as history: its own times and entries are kept; no flow, clock or message starts. */
export type History = {
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly createdBy?: Id | null
  readonly entries: readonly {
    readonly at: Instant
    readonly by: string | null
    readonly text: string
    readonly values: Values
  }[]
}

/** The answer to a command that was carried out. */
export type Answer = {
  /** The record after the command; absent when it was deleted. */
  readonly record?: RecordRow
  readonly task?: TaskRow
  readonly alert?: AlertRow
}
