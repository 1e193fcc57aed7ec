import type { NodeOf, NodeTypeName } from '../definitions/flow.ts'
import type { Run } from '../flow/run.ts'
import type { Activity, Token } from '../flow/types.ts'

/** What an interpreter asks of a node type. */
export type NodeBehaviour<T extends NodeTypeName> = {
  readonly traits: {
    /** Work is done here: it may be watched by boundary events. */
    readonly isActivity: boolean
    /** Splits or joins. */
    readonly isGateway: boolean
    /** Takes every way out, whatever the edges' conditions say. */
    readonly takesAllWays?: boolean
    /** A person has to act. */
    readonly needsPerson: boolean
    /** The token may rest here between two transactions. */
    readonly waits: boolean
    readonly mayHaveIncoming: boolean
    readonly mayHaveOutgoing: boolean
  }
  /** A token has come; it waits, goes on or ends. */
  readonly arrive: (run: Run, node: NodeOf<T>, token: Token) => void
  /** A person answered one of the activity's tasks. */
  readonly answer?: (run: Run, node: NodeOf<T>, activity: Activity) => void
  /** Its timer is due. `visit` is that of the node, or of the activity a boundary event watches. */
  readonly timer?: (run: Run, node: NodeOf<T>, visit: number) => void
}
