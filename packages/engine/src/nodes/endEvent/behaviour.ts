import { cancelContents } from '../../flow/scopes.ts'
import { throwIt } from '../../flow/throw-it.ts'
import type { NodeBehaviour } from '../contract.ts'

/** BPMN 2.0 §10.5.3: ends its token, with what it throws; terminate ends everything else of its level too. */
export const endEvent: NodeBehaviour<'endEvent'> = {
  traits: {
    isActivity: false,
    isGateway: false,
    needsPerson: false,
    waits: false,
    mayHaveIncoming: true,
    mayHaveOutgoing: false,
  },
  arrive: (run, node, token) => {
    const entered = run.enter(node, token)
    if (node.terminate === true) cancelContents(run, entered.scope)
    else if (node.throws) throwIt(run, entered, node.throws)
    else run.consume(entered)
  },
}
