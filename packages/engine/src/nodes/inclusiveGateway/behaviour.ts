import { arriveAtJoin } from '../../flow/joins.ts'
import type { NodeBehaviour } from '../contract.ts'

/** BPMN 2.0 §10.6.3: takes every way whose condition holds; joins whatever can still come, exactly. */
export const inclusiveGateway: NodeBehaviour<'inclusiveGateway'> = {
  traits: {
    isActivity: false,
    isGateway: true,
    joinsWhatCanCome: true,
    needsPerson: false,
    waits: true,
    mayHaveIncoming: true,
    mayHaveOutgoing: true,
  },
  arrive: arriveAtJoin,
}
