import { throwIt } from '../../flow/throw-it.ts'
import type { NodeBehaviour } from '../contract.ts'

/** BPMN 2.0 §10.5.4: throws a message, signal or escalation and goes on; compensation is waited for. */
export const intermediateThrowEvent: NodeBehaviour<'intermediateThrowEvent'> = {
  traits: {
    isActivity: false,
    isGateway: false,
    needsPerson: false,
    waits: false,
    mayHaveIncoming: true,
    mayHaveOutgoing: true,
  },
  arrive: (run, node, token) => throwIt(run, run.enter(node, token), node.throws),
}
