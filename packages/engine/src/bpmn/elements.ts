import type { NodeTypeName } from '../definitions/flow.ts'

/** run: means here what BPMN says; adapted: runs as something near; kept: not run, exported again as it came. */
export type Treatment = 'run' | 'adapted' | 'kept'

/** THE table of flow elements of BPMN 2.0: what an import makes of each. docs/bpmn.md says it in words. */
export const flowElements: {
  readonly [localType: string]: { readonly what: Treatment; readonly as?: NodeTypeName }
} = {
  startEvent: { what: 'run', as: 'startEvent' },
  endEvent: { what: 'run', as: 'endEvent' },
  intermediateCatchEvent: { what: 'run', as: 'intermediateCatchEvent' },
  intermediateThrowEvent: { what: 'run', as: 'intermediateThrowEvent' },
  boundaryEvent: { what: 'run', as: 'boundaryEvent' },
  userTask: { what: 'run', as: 'userTask' },
  task: { what: 'adapted', as: 'userTask' },
  manualTask: { what: 'adapted', as: 'userTask' },
  serviceTask: { what: 'adapted', as: 'serviceTask' },
  scriptTask: { what: 'adapted', as: 'serviceTask' },
  sendTask: { what: 'adapted', as: 'intermediateThrowEvent' },
  receiveTask: { what: 'adapted', as: 'intermediateCatchEvent' },
  businessRuleTask: { what: 'adapted', as: 'serviceTask' },
  callActivity: { what: 'run', as: 'callActivity' },
  subProcess: { what: 'run', as: 'subProcess' },
  transaction: { what: 'adapted', as: 'subProcess' },
  adHocSubProcess: { what: 'kept' },
  exclusiveGateway: { what: 'run', as: 'exclusiveGateway' },
  parallelGateway: { what: 'run', as: 'parallelGateway' },
  inclusiveGateway: { what: 'run', as: 'inclusiveGateway' },
  eventBasedGateway: { what: 'run', as: 'eventBasedGateway' },
  complexGateway: { what: 'kept' },
  callChoreography: { what: 'kept' },
  choreographyTask: { what: 'kept' },
  subChoreography: { what: 'kept' },
}

/** The element a node is drawn as where there was none before. */
export const elementOfNode: { readonly [T in NodeTypeName]: string } = {
  startEvent: 'bpmn:StartEvent',
  endEvent: 'bpmn:EndEvent',
  intermediateCatchEvent: 'bpmn:IntermediateCatchEvent',
  intermediateThrowEvent: 'bpmn:IntermediateThrowEvent',
  boundaryEvent: 'bpmn:BoundaryEvent',
  userTask: 'bpmn:UserTask',
  serviceTask: 'bpmn:ServiceTask',
  businessRuleTask: 'bpmn:BusinessRuleTask',
  callActivity: 'bpmn:CallActivity',
  subProcess: 'bpmn:SubProcess',
  exclusiveGateway: 'bpmn:ExclusiveGateway',
  parallelGateway: 'bpmn:ParallelGateway',
  inclusiveGateway: 'bpmn:InclusiveGateway',
  eventBasedGateway: 'bpmn:EventBasedGateway',
}
