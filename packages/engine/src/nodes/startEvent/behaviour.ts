import { beginEventSubProcess, isInterrupting } from '../../flow/throwing.ts'
import { waitOn } from '../../flow/waits.ts'
import type { NodeBehaviour } from '../contract.ts'

/** BPMN 2.0 §10.5.2: the token goes on at once. That of an event sub-process is set off by its event. */
export const startEvent: NodeBehaviour<'startEvent'> = {
  traits: {
    isActivity: false,
    isGateway: false,
    needsPerson: false,
    waits: false,
    mayHaveIncoming: false,
    mayHaveOutgoing: true,
  },
  arrive: (run, node, token) => run.passOn(run.enter(node, token)),
  happen: (run, node, wait) => {
    const scope = run.scope(wait.scope)
    const sub = scope && run.graph.eventSubProcesses(scope.node).find(({ start }) => start.id === node.id)
    if (!scope || !sub) return
    if (!isInterrupting(node) && node.on) waitOn(run, wait, node.on)
    beginEventSubProcess(run, scope, sub)
  },
}
