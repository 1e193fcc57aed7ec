import type { FlowNode, NodeTypeName } from '../definitions/flow.ts'
import { boundaryEvent } from './boundaryEvent/behaviour.ts'
import { businessRuleTask } from './businessRuleTask/behaviour.ts'
import { callActivity } from './callActivity/behaviour.ts'
import type { NodeBehaviour, NodeTraits } from './contract.ts'
import { endEvent } from './endEvent/behaviour.ts'
import { eventBasedGateway } from './eventBasedGateway/behaviour.ts'
import { exclusiveGateway } from './exclusiveGateway/behaviour.ts'
import { inclusiveGateway } from './inclusiveGateway/behaviour.ts'
import { intermediateCatchEvent } from './intermediateCatchEvent/behaviour.ts'
import { intermediateThrowEvent } from './intermediateThrowEvent/behaviour.ts'
import { parallelGateway } from './parallelGateway/behaviour.ts'
import { serviceTask } from './serviceTask/behaviour.ts'
import { startEvent } from './startEvent/behaviour.ts'
import { subProcess } from './subProcess/behaviour.ts'
import { userTask } from './userTask/behaviour.ts'

/** The node types: a type without a meaning does not compile. */
const nodeTypes: { readonly [T in NodeTypeName]: NodeBehaviour<T> } = {
  startEvent,
  endEvent,
  userTask,
  exclusiveGateway,
  parallelGateway,
  inclusiveGateway,
  eventBasedGateway,
  intermediateCatchEvent,
  intermediateThrowEvent,
  boundaryEvent,
  serviceTask,
  businessRuleTask,
  subProcess,
  callActivity,
}

/** The behaviour of a node, seen by an interpreter that does not care which type it is. */
export const behaviourOf = (node: FlowNode): NodeBehaviour<NodeTypeName> =>
  nodeTypes[node.type] as NodeBehaviour<NodeTypeName>

/** What is true of every node of a type, without its behaviour. */
export const nodeTraits = (type: NodeTypeName): NodeTraits => nodeTypes[type].traits
