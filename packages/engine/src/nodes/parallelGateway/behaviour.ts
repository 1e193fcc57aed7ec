import { arriveAtJoin } from '../../flow/joins.ts'
import type { NodeBehaviour } from '../contract.ts'

/** BPMN 2.0 §10.6.4: opens when there is a token on *every* incoming edge, or on as many as its join policy takes. */
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
  arrive: arriveAtJoin,
}
