import type { Action } from '../actions/schemas.ts'
import type { Limit } from '../definitions/ladder.ts'
import type { Who } from '../definitions/value-expression.ts'
import type { Facts } from '../facts.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { FormLookup, FormModel } from '../model.ts'

/** A position: on a node (waiting there) or on an edge into a join, inside a scope. */
export type Token = {
  readonly id: Id
  readonly scope: Id
  readonly node: string
  /** For a token that waits at a join: the edge it came by. */
  readonly edge?: string
  /** Which visit of the node this is, counted from 1 per instance. */
  readonly visit: number
  readonly since: Instant
}

/** A nesting level: the instance itself, later sub-processes. */
type Scope = { readonly id: Id; readonly parent: Id | null; readonly node: string | null }

/** An open activity: the user task at a node and the answers it has so far. */
export type Activity = {
  readonly token: Id
  readonly node: string
  readonly visit: number
  /** Ids of the tasks it waits for, with their answers. */
  readonly tasks: readonly { readonly task: Id; readonly person: Id | null; readonly outcome: string | null }[]
}

/** All that is needed to go on with an instance: plain JSON, stored with it. */
export type InstanceSnapshot = {
  readonly instance: Id
  readonly flow: string
  readonly status: 'running' | 'completed' | 'cancelled' | 'dead'
  readonly scopes: readonly Scope[]
  readonly tokens: readonly Token[]
  readonly activities: readonly Activity[]
  /** Visits so far, by node. */
  readonly visits: { readonly [node: string]: number }
  /** Why it is dead, for the person who repairs it. */
  readonly reason?: string
}

export type FlowCommand =
  | { readonly type: 'start' }
  | { readonly type: 'task.complete'; readonly task: Id; readonly outcome: string | null; readonly by: Id | null }
  | { readonly type: 'timer.fire'; readonly node: string; readonly visit: number }
  | { readonly type: 'cancel'; readonly reason: string }

/** What happened inside the flow, in order; the pipeline turns it into audit entries, tasks, timers and changes. */
export type FlowEvent =
  | { readonly type: 'node.entered'; readonly node: string; readonly visit: number; readonly token: Id }
  | { readonly type: 'node.left'; readonly node: string; readonly visit: number; readonly edges: readonly string[] }
  | { readonly type: 'stage.reached'; readonly node: string; readonly stage: string }
  | {
      readonly type: 'task.created'
      readonly task: Id
      readonly node: string
      readonly visit: number
      readonly person: Id | null
      readonly assign: readonly Who[]
      readonly limit: Limit | null
    }
  | {
      readonly type: 'task.cancelled'
      readonly task: Id
      readonly node: string
      readonly why: 'answered' | 'interrupted' | 'terminated'
    }
  | {
      readonly type: 'timer.set'
      readonly node: string
      readonly visit: number
      readonly within: string | null
      readonly until: string | null
      readonly calendar: string | null
    }
  | { readonly type: 'timer.cancelled'; readonly node: string; readonly visit: number }
  | { readonly type: 'flow.ended'; readonly status: 'completed' | 'cancelled' | 'dead'; readonly reason?: string }

export type FlowContext = {
  /** The form of the record, so that gateways compare by the fields' kinds. */
  readonly form?: FormModel | undefined
  readonly lookup?: FormLookup | undefined
  readonly now: Instant
  readonly newId: () => Id
  /** What gateways and formulas look at; the record as it stands. */
  readonly facts: Facts
  /** Resolves people for tasks that several must see (modes any and all); ids of active people. */
  readonly people: (who: readonly Who[]) => readonly Id[]
}

/**
 * A service task's actions must be carried out before the token goes on, so that the next gateway sees their result:
 * the interpreter stops there and says so; the pipeline acts and calls `transition` again with `continue`.
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
  } | null
}
export type ContinueCommand = { readonly type: 'continue'; readonly token: Id }
