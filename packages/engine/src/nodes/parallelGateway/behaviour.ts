import type { Run } from '../../flow/run.ts'
import type { Token } from '../../flow/types.ts'
import type { NodeBehaviour } from '../contract.ts'

/**
 * BPMN 2.0 §10.6.4: opens when there is a token on *every* incoming edge; one per edge is consumed, further ones wait
 * for the next round. Counting tokens instead of edges is the deviation of several peers.
 */
export const parallelGateway: NodeBehaviour<'parallelGateway'> = {
  traits: {
    isActivity: false,
    isGateway: true,
    takesAllWays: true,
    needsPerson: false,
    waits: true,
    mayHaveIncoming: true,
    mayHaveOutgoing: true,
  },
  arrive: (run, node, token) => {
    const waiting = oneTokenPerEdge(run, node.id, token.scope)
    if (waiting === undefined) return
    for (const other of waiting) if (other.id !== token.id) run.consume(other)
    run.leave(run.enter(node, token), run.graph.outgoing(node.id))
  },
}

function oneTokenPerEdge(run: Run, node: string, scope: string): readonly Token[] | undefined {
  const chosen: Token[] = []
  for (const edge of run.graph.incoming(node)) {
    const token = run.tokens.find(
      (other) => other.node === node && other.scope === scope && other.visit === 0 && other.edge === edge.id,
    )
    if (!token) return undefined
    chosen.push(token)
  }
  return chosen
}
