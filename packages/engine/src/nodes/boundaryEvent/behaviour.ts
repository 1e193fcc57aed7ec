import { cancelToken } from '../../flow/scopes.ts'
import { isInterrupting } from '../../flow/throwing.ts'
import { waitOn } from '../../flow/waits.ts'
import type { NodeBehaviour } from '../contract.ts'

/** BPMN 2.0 §10.5.4, on the boundary of an activity: interrupting ends the activity, otherwise a branch is added. */
export const boundaryEvent: NodeBehaviour<'boundaryEvent'> = {
  traits: {
    isActivity: false,
    isGateway: false,
    needsPerson: false,
    waits: false,
    mayHaveIncoming: false,
    mayHaveOutgoing: true,
  },
  arrive: (run, node, token) => run.passOn(run.enter(node, token)),
  happen: (run, node, wait) => {
    const host = run.token(wait.token)
    if (!host) return
    if (isInterrupting(node)) cancelToken(run, host)
    else waitOn(run, wait, node.on)
    run.arrive(node.id, host.scope)
  },
}
