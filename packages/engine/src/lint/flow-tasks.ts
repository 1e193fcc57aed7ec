import type { AppDefinition } from '../definitions/app.ts'
import type { FlowNode } from '../definitions/flow.ts'
import { type Problem, problem, warning } from '../kernel/problem.ts'
import type { FormModel } from '../model.ts'
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
export const flowTasks = eachFlow(({ flow, nodes, nodePath }, { app }) => {
  const form = app.forms.get(flow.form)
  const demanded = app.definition.settings?.nodesNeed ?? ['owner']
  return nodes
    .filter(isTask)
    .flatMap((task) => [
      ...demanded
        .filter((need) => !needs[need].isMet(task))
        .map((need) => problem(needs[need].code, nodePath(task), { node: nodeName(task) })),
      ...(form ? blindOwners(task, nodePath(task), form, app.definition.roles) : []),
      ...modeProblems(task, nodePath(task)),
      ...voteProblems(task, nodePath(task)),
      ...answerProblems(task, nodePath(task)),
    ])
})

/** Whoever may not read the record never sees the task, and it waits for ever. */
function blindOwners(task: Task, path: string, form: FormModel, roles: AppDefinition['roles']): readonly Problem[] {
  const readers = (form.definition.access ?? []).filter(({ can }) => can.includes('read')).map(({ role }) => role)
  if (readers.includes('*')) return []
  return (task.assign ?? []).flatMap((who, at) => {
    const role = 'role' in who ? roles.find(({ id }) => id === who.role) : undefined
    return role && !readers.includes(role.id)
      ? [
          warning('flow.ownerCannotRead', `${path}/assign/${at}`, {
            node: nodeName(task),
            role: role.label,
            form: form.definition.label,
          }),
        ]
      : []
  })
}

/** A task that several people must see names people: a strategy chooses one. */
function modeProblems(task: Task, path: string): readonly Problem[] {
  const isForSeveral = task.mode !== undefined && task.mode !== 'single'
  const names = (task.assign ?? []).filter((who) => !('strategy' in who))
  return isForSeveral && names.length === 0
    ? [problem('flow.modeNeedsPeople', `${path}/mode`, { node: nodeName(task) })]
    : []
}

/** What only counts votes says nothing where the first answer decides, and no quorum can be larger than who is asked. */
function voteProblems(task: Task, path: string): readonly Problem[] {
  const counts = task.mode === 'all' || task.mode === 'sequential'
  const node = nodeName(task)
  const idle = [
    ...(task.quorum === undefined ? [] : ['quorum']),
    ...(task.waitForAll === undefined ? [] : ['waitForAll']),
    ...(task.outcomes ?? []).flatMap(({ veto }, at) => (veto === true ? [`outcomes/${at}/veto`] : [])),
  ]
  if (!counts) return idle.map((property) => warning('flow.votesNotCounted', `${path}/${property}`, { node }))
  const assign = task.assign ?? []
  const most = assign.every((who) => 'user' in who) ? new Set(assign.map((who) => JSON.stringify(who))).size : undefined
  return typeof task.quorum === 'number' && most !== undefined && most > 0 && task.quorum > most
    ? [warning('flow.quorumTooLarge', `${path}/quorum`, { node, count: most })]
    : []
}

/** A limit that answers the task must do it with one of its outcomes. */
const answerProblems = (task: Task, path: string): readonly Problem[] =>
  (task.limit?.ladder ?? []).flatMap(({ outcome }, at) =>
    outcome === undefined || task.outcomes?.some(({ id }) => id === outcome)
      ? []
      : [problem('ladder.outcomeUnknown', `${path}/limit/ladder/${at}/outcome`, { outcome })],
  )
