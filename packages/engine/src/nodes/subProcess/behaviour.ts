import { startScope } from '../../flow/levels.ts'
import type { NodeBehaviour } from '../contract.ts'

/** BPMN 2.0 §10.3.5: a level of its own; the token waits outside until nothing is left in it. */
export const subProcess: NodeBehaviour<'subProcess'> = {
  traits: {
    isActivity: true,
    isGateway: false,
    isContainer: true,
    needsPerson: false,
    waits: true,
    mayHaveIncoming: true,
    mayHaveOutgoing: true,
  },
  arrive: (run, node, token) => {
    const scope = run.openScope({ parent: token.scope, node: node.id, host: token.id })
    if (!startScope(run, scope)) run.die(token, 'flow.noStart')
  },
}
