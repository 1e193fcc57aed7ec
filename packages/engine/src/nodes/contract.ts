import type { Action } from '../actions/schemas.ts'
import type { NodeOf, NodeTypeName } from '../definitions/flow.ts'
import type { Run } from '../flow/run.ts'
import type { Activity, Token, Wait } from '../flow/types.ts'

/** What is true of every node of a type. */
export type NodeTraits = {
  /** Work is done here: it may be watched by boundary events, looped, multiplied, compensated. */
  readonly isActivity: boolean
  /** Splits or joins. */
  readonly isGateway: boolean
  /** Takes every way out, whatever the edges' conditions say. */
  readonly takesAllWays?: boolean
  /** The event that happens first chooses the way out. */
  readonly eventsChoose?: boolean
  /** Opens when no further token can come: looked at again whenever something has moved. */
  readonly joinsWhatCanCome?: boolean
  /** Other nodes may be inside. */
  readonly isContainer?: boolean
  /** A person has to act. */
  readonly needsPerson: boolean
  /** The token may rest here between two transactions. */
  readonly waits: boolean
  readonly mayHaveIncoming: boolean
  readonly mayHaveOutgoing: boolean
}

/** What an interpreter asks of a node type. */
export type NodeBehaviour<T extends NodeTypeName> = {
  readonly traits: NodeTraits
  /** A token has come; it waits, goes on or ends. Of an activity: its work begins, once per item or round. */
  readonly arrive: (run: Run, node: NodeOf<T>, token: Token) => void
  /** A person answered one of the activity's tasks. */
  readonly answer?: (run: Run, node: NodeOf<T>, activity: Activity) => void
  /** What the platform does before the token goes on, for nodes that say `acts`. */
  readonly actions?: (node: NodeOf<T>) => readonly Action[]
  /** What it waited for has happened. */
  readonly happen?: (run: Run, node: NodeOf<T>, wait: Wait) => void
}
