import type { NodeBehaviour } from '../contract.ts'

/** BPMN 2.0 §10.5.3: none end event consumes its token; terminate ends every other branch too. */
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
    run.consume(entered)
    if (node.terminate === true) run.terminate('completed')
    else run.endIfDone()
  },
}
