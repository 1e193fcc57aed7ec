import type { NodeBehaviour } from '../contract.ts'
import { passOn } from '../pass-on.ts'
import { watchTimer } from '../watch-timer.ts'

/** BPMN 2.0 §10.5.4, timer: the token waits until the moment has come. */
export const intermediateCatchEvent: NodeBehaviour<'intermediateCatchEvent'> = {
  traits: {
    isActivity: false,
    isGateway: false,
    needsPerson: false,
    waits: true,
    mayHaveIncoming: true,
    mayHaveOutgoing: true,
  },
  arrive: (run, node, token) => watchTimer(run, node.id, run.enter(node, token).visit, node.on),
  timer: (run, node, visit) => {
    const token = run.tokens.find((other) => other.node === node.id && other.visit === visit)
    if (token) passOn(run, token)
  },
}
