import type { NodeBehaviour } from '../contract.ts'
import { passOn } from '../pass-on.ts'

/** BPMN 2.0 §10.5.4, timer on the boundary of an activity: interrupting ends the activity, otherwise a branch is added. */
export const boundaryEvent: NodeBehaviour<'boundaryEvent'> = {
  traits: {
    isActivity: false,
    isGateway: false,
    needsPerson: false,
    waits: false,
    mayHaveIncoming: false,
    mayHaveOutgoing: true,
  },
  arrive: (run, node, token) => passOn(run, run.enter(node, token)),
  timer: (run, node, visit) => {
    const activity = run.activities.find((other) => other.node === node.attachedTo && other.visit === visit)
    const host = activity && run.tokens.find((token) => token.id === activity.token)
    if (!activity || !host) return
    if (node.interrupting !== false) {
      run.closeActivity(activity, 'interrupted')
      run.consume(host)
    }
    run.arrive(node.id, host.scope)
  },
}
