import type { Run } from '../../flow/run.ts'
import type { Token, Wait } from '../../flow/types.ts'
import { arm } from '../../flow/waits.ts'
import type { NodeBehaviour } from '../contract.ts'

/** BPMN 2.0 §10.5.4: the token waits until the moment has come, the message or signal is there, the condition holds. */
export const intermediateCatchEvent: NodeBehaviour<'intermediateCatchEvent'> = {
  traits: {
    isActivity: false,
    isGateway: false,
    needsPerson: false,
    waits: true,
    mayHaveIncoming: true,
    mayHaveOutgoing: true,
  },
  arrive: (run, node, token) => {
    const { id, scope, visit } = run.enter(node, token)
    arm(run, node.id, visit, { scope, token: id }, node.on)
  },
  happen: (run, node, wait) => {
    const token = run.token(wait.token)
    run.dropWaits((other) => other.token === wait.token)
    if (token) run.passOn(token.node === node.id ? token : moved(run, token, wait))
  },
}

/** The token of an event gateway goes on from the event that has happened. */
function moved(run: Run, token: Token, { node, visit }: Wait): Token {
  const edge = run.graph.outgoing(token.node).find((one) => one.to === node)
  run.emit({ type: 'node.left', node: token.node, visit: token.visit, edges: edge ? [edge.id] : [] })
  const event = run.graph.nodes.get(node)
  return event ? run.enter(event, token, visit) : token
}
