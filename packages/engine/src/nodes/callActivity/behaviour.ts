import { completeActivity } from '../../flow/activities.ts'
import type { NodeBehaviour } from '../contract.ts'

/** How many flows may call each other in a row. */
const deepest = 16

/** BPMN 2.0 §10.3.6: another flow as an instance of its own; waited for unless it is only to be started. */
export const callActivity: NodeBehaviour<'callActivity'> = {
  traits: {
    isActivity: true,
    isGateway: false,
    needsPerson: false,
    waits: true,
    mayHaveIncoming: true,
    mayHaveOutgoing: true,
  },
  arrive: (run, node, token) => {
    const activity = run.activityOf(token)
    const depth = (run.state.depth ?? 0) + 1
    if (!activity) return
    if (depth > deepest) return run.die(token, 'flow.tooDeep')
    const child = run.context.newId()
    const record = node.record === undefined ? null : run.evaluate(node.record, token.scope)
    if (node.record !== undefined && typeof record !== 'string') return run.die(token, 'flow.noRecord')
    const variables = Object.fromEntries(
      Object.entries(node.with ?? {}).map(([name, value]) => [name, run.evaluate(value, token.scope)]),
    )
    run.emit({
      type: 'child.called',
      node: node.id,
      child,
      flow: node.flow,
      record: typeof record === 'string' ? record : null,
      variables,
      depth,
      caller:
        node.detached === true
          ? null
          : { instance: run.state.instance, elsewhere: record !== null, back: node.back ?? {} },
    })
    if (node.detached === true) completeActivity(run, token, null)
    else run.replaceActivity({ ...activity, child })
  },
}
