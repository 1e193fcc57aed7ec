import type { NodeBehaviour } from '../contract.ts'

/** BPMN 2.0 §10.3.3.1: actions of the platform. The token rests here only until the pipeline has carried them out. */
export const serviceTask: NodeBehaviour<'serviceTask'> = {
  traits: {
    isActivity: true,
    isGateway: false,
    needsPerson: false,
    waits: false,
    mayHaveIncoming: true,
    mayHaveOutgoing: true,
  },
  arrive: (run, _, token) => {
    const activity = run.activityOf(token)
    if (activity) run.replaceActivity({ ...activity, acts: true })
  },
  actions: (node) => node.actions,
}
