import type { NodeBehaviour } from '../contract.ts'

/** BPMN 2.0 §10.6.2: the first way whose condition holds, else the default; without either the token is dead. */
export const exclusiveGateway: NodeBehaviour<'exclusiveGateway'> = {
  traits: {
    isActivity: false,
    isGateway: true,
    needsPerson: false,
    waits: false,
    mayHaveIncoming: true,
    mayHaveOutgoing: true,
  },
  arrive: (run, node, token) => {
    const entered = run.enter(node, token)
    const ways = run.graph.outgoing(node.id)
    const way =
      ways.find((edge) => edge.default !== true && run.isOpen(edge, token.scope)) ??
      ways.find((edge) => edge.default === true)
    if (way) run.leave(entered, [way])
    else run.die(entered, 'flow.noWayOut')
  },
}
