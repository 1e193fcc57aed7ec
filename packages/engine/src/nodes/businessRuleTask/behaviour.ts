import type { NodeBehaviour } from '../contract.ts'

/** BPMN 2.0 §10.3.3.1: asks a decision table and sets fields. Like a service task with the one action `decide`. */
export const businessRuleTask: NodeBehaviour<'businessRuleTask'> = {
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
  actions: ({ id, decision, set, explain }) => [
    { id, type: 'decide', decision, set: set ?? {}, ...(explain === undefined ? {} : { explain }) },
  ],
}
