import type { Action } from '../actions/schemas.ts'
import type { Limit } from '../definitions/ladder.ts'
import type { ValueExpression, Who } from '../definitions/value-expression.ts'
import type { Facts } from '../facts.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Json } from '../kernel/json.ts'
import type { FormLookup, FormModel } from '../model.ts'

/** A position: at a node, or (visit 0) on the edge into it, inside a scope. */
export type Token = {
  readonly id: Id
  readonly scope: Id
  readonly node: string
  /** For a token that has arrived but not entered: the edge it came by. */
  readonly edge?: string
  /** Which visit of the node this is, counted from 1 per instance. */
  readonly visit: number
  readonly since: Instant
  /** Why it cannot go on; `retry` sets it off again. */
  readonly dead?: string
  /** For a token that somebody sent here instead of letting it arrive: gone once the node is entered. */
  readonly sent?: Sent
}

/** How a token comes to a user task by somebody's command: returned to it, back from it, or withdrawn. */
export type Sent = {
  /** Who gets the task of a node for one. */
  readonly person: Id | null
  readonly via?: Via
  /** Where the token goes when this task is done, instead of the ways out. */
  readonly back?: Back
  /** The seats as they were, with the votes that stand. */
  readonly seats?: readonly Seat[]
}
type Back = { readonly node: string; readonly person: Id | null }
/** Why a task is with whom it is: `of` the person away, who added, delegated, returned or took back. */
export type Via = {
  readonly kind: 'deputy' | 'signer' | 'delegate' | 'confirm' | 'returned' | 'withdrawn'
  readonly of: Id | null
}
/** A place at a task: one vote. */
export type Seat = { readonly person: Id | null; readonly outcome: string | null }
/** Somebody who is asked later. */
export type Upcoming = { readonly person: Id | null; readonly seat: number; readonly via?: Via }

/** Values of a scope, read as `$.<name>` of the fact `flow`; inner scopes hide outer ones. */
export type Variables = { readonly [name: string]: Json }

/**
 * A nesting level. The tree's root is the instance itself; below it sub-processes, event sub-processes (nobody waits for
 * them: no host), and one level per item or round of a multi-instance or looping activity.
 */
export type Scope = {
  readonly id: Id
  readonly parent: Id | null
  /** The sub-process or, for an item, the activity it is an instance of; null: the flow. */
  readonly node: string | null
  /** The token outside that waits until this is over. */
  readonly host?: Id
  /** Number of the item or round, from 0. */
  readonly item?: number
  readonly variables?: Variables
  /** What has been completed here and can be undone, the oldest first. */
  readonly done?: readonly Completed[]
}

/** A completed activity with a compensation handler. `within`: the completed sub-processes around it. */
export type Completed = {
  readonly node: string
  readonly handler: string
  readonly within: readonly string[]
  readonly variables: Variables
}

/** An activity that a token has entered and not left. */
export type Activity = {
  readonly token: Id
  readonly node: string
  readonly visit: number
  /** Ids of the tasks it waits for, with their answers. */
  readonly tasks: readonly ActivityTask[]
  /** Who is asked later, in order. */
  readonly next?: readonly Upcoming[]
  readonly back?: Back
  /** What the token was sent with, until the task is opened. */
  readonly sent?: Sent
  /** Its actions have to be carried out now. */
  readonly acts?: true
  /** The instance of the called flow. */
  readonly child?: Id
  /** The critical section it is in, or (not granted) waits for. */
  readonly mutex?: { readonly name: string; readonly key: string; readonly granted: boolean }
  /** Multi-instance: the values, how many have begun and ended. Loops: the rounds. */
  readonly items?: { readonly values: readonly Json[]; readonly begun: number; readonly ended: number }
}
type ActivityTask = {
  readonly task: Id
  readonly person: Id | null
  readonly outcome: string | null
  /** The vote it belongs to, from 0: a person's and those of the signers added beside them. */
  readonly seat: number
  /** Who added this signer. */
  readonly by?: Id | null
}

/** Something an event waits for: of a token (catch event, event gateway, watched activity) or, without one, of a scope. */
export type Wait = {
  /** The event: where the flow goes on when it happens. */
  readonly node: string
  /** With the node unique in the instance; timers are keyed by it. */
  readonly visit: number
  readonly scope: Id
  readonly token?: Id
  readonly kind: 'timer' | 'message' | 'signal' | 'condition'
  /** Of the message or signal. */
  readonly name?: string
  /** The message must have this key. */
  readonly key?: string
  /** Timers: how often it has fired. */
  readonly fired?: number
  /** Conditions: it held when it was last looked at. */
  readonly held?: boolean
}

/** All that is needed to go on with an instance: plain JSON, stored with it. */
export type InstanceSnapshot = {
  readonly instance: Id
  readonly flow: string
  /** `dead`: nothing in it can move any more without somebody's help. */
  readonly status: 'running' | 'completed' | 'cancelled' | 'dead'
  readonly scopes: readonly Scope[]
  readonly tokens: readonly Token[]
  readonly activities: readonly Activity[]
  readonly waits: readonly Wait[]
  /** Visits so far, by node. */
  readonly visits: { readonly [node: string]: number }
  /** Why it is dead, for the person who repairs it, or was cancelled. */
  readonly reason?: string
  /** Tokens that have arrived and are dealt with in the next transaction: the budget of this one was used up. */
  readonly agenda?: readonly Id[]
  /** How many transactions in a row have used up their budget. */
  readonly overruns?: number
  /** Joins that have opened before everybody was there: the edges whose next token is swallowed. */
  readonly swallowing?: readonly Swallowing[]
  /** Compensations under way: the throwing token and what is still to be undone, the next one first. */
  readonly compensating?: readonly { readonly token: Id; readonly left: readonly Completed[] }[]
  /** How many calls led here; absent: none. */
  readonly depth?: number
  /** The instance that waits for this one. */
  readonly caller?: Caller
}
export type Caller = {
  readonly instance: Id
  /** It is about another record. */
  readonly elsewhere: boolean
  /** Fields of its record that are set in the end. */
  readonly back: { readonly [field: string]: ValueExpression }
}
export type Swallowing = { readonly node: string; readonly scope: Id; readonly edges: readonly string[] }

/** A place where a new version of the flow waits for something that the old one did not. Absent visit: a new one. */
export type Opening = { readonly node: string; readonly visit?: number; readonly scope: Id; readonly token?: Id }

export type FlowCommand =
  | { readonly type: 'start'; readonly variables?: Variables; readonly depth?: number; readonly caller?: Caller }
  | { readonly type: 'task.complete'; readonly task: Id; readonly outcome: string | null; readonly by: Id | null }
  | { readonly type: 'timer.fire'; readonly node: string; readonly visit: number; readonly dueAt?: Instant }
  /** A message has been taken from the inbox for this wait; its data become a value named like the message. */
  | { readonly type: 'message'; readonly node: string; readonly visit: number; readonly data?: Json }
  | { readonly type: 'signal'; readonly name: string }
  /** The record has changed: conditions are looked at. */
  | { readonly type: 'record.changed' }
  | { readonly type: 'mutex.grant'; readonly node: string; readonly visit: number }
  | {
      readonly type: 'child.ended'
      readonly child: Id
      readonly status: 'completed' | 'cancelled'
      readonly error?: string
      /** What the record gets of it before the flow goes on. */
      readonly values?: Variables
    }
  /** One more instance of a multi-instance activity that is open. */
  | { readonly type: 'item.add'; readonly node: string; readonly item: Json }
  /** The instance has come over from another version of the flow: this one waits for these besides. */
  | { readonly type: 'waits.open'; readonly open: readonly Opening[] }
  /** Goes on where the budget of the last transaction ended. */
  | { readonly type: 'resume' }
  /** Sets dead tokens off again. */
  | { readonly type: 'retry' }
  | { readonly type: 'cancel'; readonly reason: string }
  | TaskFlowCommand

/** What people do with a user task besides answering it. `by`: who does it. */
export type TaskFlowCommand =
  | {
      readonly type: 'task.add'
      readonly task: Id
      readonly person: Id
      readonly position: 'before' | 'after' | 'parallel'
      readonly by: Id
    }
  /** `target`: the open task that is taken away, or null for somebody who would be asked later. */
  | { readonly type: 'task.remove'; readonly task: Id; readonly person: Id; readonly target: Id | null }
  | {
      readonly type: 'task.return'
      readonly task: Id
      readonly to: string
      /** Who did it last. */
      readonly person: Id | null
      readonly back: boolean
      readonly by: Id
    }
  /**
   * Takes an answer back. `seats`: the places of the node as they were, with the votes that stand. `later`: nodes at
   * which somebody has answered since.
   */
  | {
      readonly type: 'task.withdraw'
      readonly task: Id
      readonly node: string
      readonly visit: number
      readonly seats: readonly Seat[]
      readonly later: readonly string[]
      readonly by: Id
    }

/** What happened inside the flow, in order; the pipeline turns it into audit entries, tasks, timers and changes. */
export type FlowEvent =
  | { readonly type: 'node.entered'; readonly node: string; readonly visit: number; readonly token: Id }
  | { readonly type: 'node.left'; readonly node: string; readonly visit: number; readonly edges: readonly string[] }
  | { readonly type: 'stage.reached'; readonly node: string; readonly stage: string }
  | TaskCreated
  | { readonly type: 'task.cancelled'; readonly task: Id; readonly node: string; readonly why: Ended }
  /** A vote that was given without asking. */
  | {
      readonly type: 'task.passed'
      readonly node: string
      readonly visit: number
      readonly person: Id | null
      readonly why: 'nobody' | 'agreedBefore'
    }
  | {
      readonly type: 'task.copied'
      readonly node: string
      readonly visit: number
      readonly to: readonly Who[]
      readonly outcome: string | null
    }
  | {
      readonly type: 'timer.set'
      readonly node: string
      readonly visit: number
      readonly within: string | null
      readonly until: string | null
      readonly calendar: string | null
      /** Counted from here: the moment of entering, or the last firing. */
      readonly from: Instant
    }
  | { readonly type: 'timer.cancelled'; readonly node: string; readonly visit: number }
  | {
      readonly type: 'message.awaited'
      readonly node: string
      readonly visit: number
      readonly message: string
      readonly key: string
      readonly ttl: string | null
    }
  | {
      readonly type: 'message.thrown'
      readonly node: string
      readonly visit: number
      readonly message: string
      readonly key: string
      readonly ttl: string | null
    }
  | { readonly type: 'signal.thrown'; readonly node: string; readonly signal: string }
  | {
      readonly type: 'mutex.requested' | 'mutex.released'
      readonly node: string
      readonly visit: number
      readonly name: string
      readonly key: string
    }
  | {
      readonly type: 'child.called'
      readonly node: string
      readonly child: Id
      readonly flow: string
      /** Id of the record it is about; null: the same. */
      readonly record: string | null
      readonly variables: Variables
      readonly depth: number
      readonly caller: Caller | null
    }
  | { readonly type: 'child.cancelled'; readonly node: string; readonly child: Id; readonly elsewhere: boolean }
  | { readonly type: 'token.dead'; readonly node: string; readonly reason: string }
  | {
      readonly type: 'flow.ended'
      readonly status: 'completed' | 'cancelled'
      readonly reason?: string
      /** An error that nobody caught: a caller may. */
      readonly error?: string
    }
/** Why an open task ended without an answer. `signerFirst`: its person will be asked again after somebody else. */
export type Ended = 'answered' | 'interrupted' | 'terminated' | 'returned' | 'withdrawn' | 'removed' | 'signerFirst'

export type TaskCreated = {
  readonly type: 'task.created'
  readonly task: Id
  readonly node: string
  readonly visit: number
  readonly person: Id | null
  readonly assign: readonly Who[]
  readonly limit: Limit | null
  readonly via?: Via
}

export type FlowContext = {
  /** The form of the record, so that gateways compare by the fields' kinds. */
  readonly form?: FormModel | undefined
  readonly lookup?: FormLookup | undefined
  readonly now: Instant
  readonly newId: () => Id
  /** What gateways and formulas look at; the record as it stands. */
  readonly facts: Facts
  /** Resolves people for tasks that several must see (modes any and all); ids of active people. */
  readonly people: (who: readonly Who[], facts: Facts) => readonly Id[]
  /** Who has given the first outcome before: in the step just before, or in any of this run. Absent: nobody. */
  readonly agreed?: (where: 'adjacent' | 'all') => readonly Id[]
  /** Node visits left in this transaction; absent: 1,000. */
  readonly budget?: number
}

/**
 * A service task's actions must be carried out before the token goes on, so that the next gateway sees their result:
 * the interpreter stops there and says so; the pipeline acts and calls `transition` again with `continue` or `fail`.
 */
export type FlowStep = {
  readonly snapshot: InstanceSnapshot
  readonly events: readonly FlowEvent[]
  /** Actions to carry out now, then continue with `{type: 'continue', token}`. */
  readonly pending: {
    readonly token: Id
    readonly node: string
    readonly visit: number
    readonly actions: readonly Action[]
    readonly variables: Variables
    /** Somebody in the flow waits for an error here. */
    readonly catchesErrors: boolean
  } | null
  /** Node visits made. When `snapshot.agenda` is there, the rest is for the next transaction: `resume`. */
  readonly visits: number
}
export type ContinueCommand =
  | { readonly type: 'continue'; readonly token: Id }
  /** The actions could not be carried out: an error; the token is dead if nobody catches it. */
  | { readonly type: 'fail'; readonly token: Id; readonly code: string }
