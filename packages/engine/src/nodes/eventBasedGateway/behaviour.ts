import { arm } from '../../flow/waits.ts'
import type { NodeBehaviour } from '../contract.ts'

/** BPMN 2.0 §10.6.6: waits for the events behind it; the first that happens chooses the way. */
export const eventBasedGateway: NodeBehaviour<'eventBasedGateway'> = {
  traits: {
    isActivity: false,
    isGateway: true,
    eventsChoose: true,
    needsPerson: false,
    waits: true,
    mayHaveIncoming: true,
    mayHaveOutgoing: true,
  },
  arrive: (run, node, token) => {
    const entered = run.enter(node, token)
    for (const edge of run.graph.outgoing(node.id)) {
      const event = run.graph.nodes.get(edge.to)
      if (event && run.traitsOf(event).waits && 'on' in event && event.on)
        arm(run, event.id, run.countVisit(event.id), { scope: entered.scope, token: entered.id }, event.on)
    }
    if (!run.waits.some((wait) => wait.token === entered.id)) run.die(entered, 'flow.noWayOut')
  },
}
