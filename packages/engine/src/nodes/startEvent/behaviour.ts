import type { NodeBehaviour } from '../contract.ts'
import { passOn } from '../pass-on.ts'

/** BPMN 2.0 §10.5.2, none start event: the token goes on at once. */
export const startEvent: NodeBehaviour<'startEvent'> = {
  traits: {
    isActivity: false,
    isGateway: false,
    needsPerson: false,
    waits: false,
    mayHaveIncoming: false,
    mayHaveOutgoing: true,
  },
  arrive: (run, node, token) => passOn(run, run.enter(node, token)),
}
