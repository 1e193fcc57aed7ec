import type { FlowNode } from '../definitions/flow.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { eachFlow, nodeName, traitsOf } from './flow-walk.ts'

type Need = 'owner' | 'instruction' | 'limit'
type Task = Extract<FlowNode, { assign?: unknown }>

const isTask = (node: FlowNode): node is Task => traitsOf(node).needsPerson

const needs: { readonly [K in Need]: { readonly code: string; readonly isMet: (task: Task) => boolean } } = {
  owner: { code: 'flow.ownerMissing', isMet: (task) => (task.assign ?? []).length > 0 },
  instruction: { code: 'flow.instructionMissing', isMet: (task) => task.instruction !== undefined },
  limit: { code: 'flow.limitMissing', isMet: (task) => task.limit !== undefined },
}

/** Every task has what the app demands of its tasks: somebody to do it unless it says otherwise. */
export const flowTasks = eachFlow(({ nodes, nodePath }, { app }) => {
  const demanded = app.definition.settings?.nodesNeed ?? ['owner']
  return nodes
    .filter(isTask)
    .flatMap((task) => [
      ...demanded
        .filter((need) => !needs[need].isMet(task))
        .map((need) => problem(needs[need].code, nodePath(task), { node: nodeName(task) })),
      ...modeProblems(task, nodePath(task)),
    ])
})

/** A task that several people must see names people: a strategy chooses one. */
function modeProblems(task: Task, path: string): readonly Problem[] {
  const isForSeveral = task.mode === 'any' || task.mode === 'all'
  const names = (task.assign ?? []).filter((who) => !('strategy' in who))
  return isForSeveral && names.length === 0
    ? [problem('flow.modeNeedsPeople', `${path}/mode`, { node: nodeName(task) })]
    : []
}
