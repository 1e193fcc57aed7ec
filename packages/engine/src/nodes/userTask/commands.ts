import type { NodeOf } from '../../definitions/flow.ts'
import { blocksOf, blocksOfToken, isWithin } from '../../flow/blocks.ts'
import type { FlowGraph } from '../../flow/graph.ts'
import type { Run } from '../../flow/run.ts'
import { cancelToken } from '../../flow/scopes.ts'
import type { Activity, InstanceSnapshot, TaskFlowCommand, Token, Upcoming } from '../../flow/types.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Rejection } from '../../kernel/problem.ts'
import { openNext, openTask, settle } from './seats.ts'
import { asUserTask } from './verdict.ts'

type UserTask = NodeOf<'userTask'>
type Of<T extends TaskFlowCommand['type']> = Extract<TaskFlowCommand, { type: T }>
/** More people than this at one task are no approval any more. */
const mostPeople = 100

/** What people do with a user task besides answering it. Who may is the pipeline's to say; here, whether it fits. */
export function commandTask(run: Run, command: TaskFlowCommand): Rejection | undefined {
  if (command.type === 'task.withdraw') return withdraw(run, command)
  const activity = run.activities.find(({ tasks }) =>
    tasks.some(({ task, outcome }) => task === command.task && outcome === null),
  )
  const node = activity && userTaskAt(run.graph, activity.node)
  if (!activity || !node) return { code: 'task.notOpen' }
  switch (command.type) {
    case 'task.add':
      return add(run, node, activity, command)
    case 'task.remove':
      return remove(run, node, activity, command)
    case 'task.return':
      return giveBack(run, activity, command)
  }
}

const userTaskAt = (graph: FlowGraph, id: string): UserTask | undefined => asUserTask(graph.nodes.get(id))

/** 加签: before the one who adds (who is asked again afterwards), after, or beside them; all of them are one vote. */
function add(run: Run, node: UserTask, activity: Activity, command: Of<'task.add'>): Rejection | undefined {
  const own = activity.tasks.find(({ task }) => task === command.task)
  if (!own) return { code: 'task.notOpen' }
  if (activity.tasks.length + (activity.next ?? []).length >= mostPeople) return { code: 'task.tooManyPeople' }
  const { seat } = own
  const signer: Upcoming = { person: command.person, seat, via: { kind: 'signer', of: command.by } }
  const next = activity.next ?? []
  if (command.position === 'after') {
    run.replaceActivity({ ...activity, next: [signer, ...next] })
    return undefined
  }
  if (command.position === 'parallel') {
    run.replaceActivity(openTask(run, node, activity, signer))
    return undefined
  }
  run.emit({ type: 'task.cancelled', task: own.task, node: node.id, why: 'signerFirst' })
  const later: Upcoming = { person: command.by, seat, ...(own.by ? { via: { kind: 'signer', of: own.by } } : {}) }
  const waiting = { ...activity, tasks: activity.tasks.filter((task) => task !== own), next: [later, ...next] }
  run.replaceActivity(openTask(run, node, waiting, signer))
  return undefined
}

/** 减签: somebody is not asked after all; the last one cannot be taken away. */
function remove(run: Run, node: UserTask, activity: Activity, command: Of<'task.remove'>): Rejection | undefined {
  const task = activity.tasks.find((one) => one.task === command.target && one.outcome === null)
  const upcoming = task ? undefined : activity.next?.find(({ person }) => person === command.person)
  if (!task && !upcoming) return { code: 'task.notAsked' }
  const left = {
    ...activity,
    tasks: activity.tasks.filter((one) => one !== task),
    next: (activity.next ?? []).filter((one) => one !== upcoming),
  }
  if (left.tasks.length + left.next.length === 0) return { code: 'task.lastAssignee' }
  if (task) run.emit({ type: 'task.cancelled', task: task.task, node: node.id, why: 'removed' })
  run.replaceActivity(left)
  settle(run, node, left)
  return undefined
}

/** 退回: the region between the target and here is cancelled, and one token stands at the target. */
function giveBack(run: Run, activity: Activity, command: Of<'task.return'>): Rejection | undefined {
  const token = run.token(activity.token)
  if (!token) return { code: 'task.notOpen' }
  if (!returnTargets(run.graph, run.state, activity).includes(command.to))
    return { code: 'task.returnTarget', details: { node: command.to } }
  for (const gone of regionOf(run, token, command.to)) cancelToken(run, gone, 'returned')
  run.arrive(command.to, token.scope, undefined, {
    person: command.person,
    via: { kind: 'returned', of: command.by },
    ...(command.back ? { back: { node: activity.node, person: command.by } } : {}),
  })
  return undefined
}

/** The tokens of a level that stand in the parallel branch of a node, or in branches inside it. */
const regionOf = (run: Run, { scope }: Pick<Token, 'scope'>, node: string): readonly Token[] => {
  const block = blocksOf(run.graph, node)
  return run.tokensIn(scope).filter((token) => isWithin(blocksOfToken(run.graph, token), block))
}

/**
 * The user tasks that were done before and that a task can be returned to: on the way here, and not inside a parallel
 * branch that does not hold this task too, for its other branches could not be completed again.
 */
export function returnTargets(
  graph: FlowGraph,
  { visits, activities, tokens, scopes }: Pick<InstanceSnapshot, 'visits' | 'activities' | 'tokens' | 'scopes'>,
  activity: Activity,
): readonly string[] {
  const from = activity.node
  const scope = tokens.find(({ id }) => id === activity.token)?.scope
  // One of several items goes its own way to the end: there is nothing before it in its level.
  if (scopes.find(({ id }) => id === scope)?.item !== undefined) return []
  const here = blocksOf(graph, from)
  const before = upstream(graph, from)
  return graph.definition.nodes.flatMap((node) =>
    node.type === 'userTask' &&
    node.id !== from &&
    (visits[node.id] ?? 0) > 0 &&
    !activities.some((open) => open.node === node.id) &&
    before.has(node.id) &&
    isWithin(here, blocksOf(graph, node.id))
      ? [node.id]
      : [],
  )
}

/** The nodes from which a token can come to this one. */
function upstream(graph: FlowGraph, from: string): ReadonlySet<string> {
  const seen = new Set<string>()
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const source of graph.sources(id))
      if (!seen.has(source)) {
        seen.add(source)
        open.push(source)
      }
  }
  return seen
}

/** 撤回: an answer is taken back while nobody has answered anything that came of it. */
function withdraw(run: Run, command: Of<'task.withdraw'>): Rejection | undefined {
  const node = userTaskAt(run.graph, command.node)
  if (!node) return { code: 'task.notOpen' }
  const activity = run.activities.find(({ tasks }) => tasks.some(({ task }) => task === command.task))
  return activity ? askAgain(run, node, activity, command.task, command.by) : takeBack(run, command)
}

/** The others are still being asked: the vote is open again; who was asked because of it waits. */
function askAgain(run: Run, node: UserTask, activity: Activity, task: Id, by: Id): Rejection | undefined {
  const own = activity.tasks.findIndex((one) => one.task === task)
  const { seat } = activity.tasks[own] ?? { seat: -1 }
  const after = activity.tasks
    .slice(own + 1)
    .filter((one) => one.seat === seat || (node.mode === 'sequential' && one.seat > seat))
  if (after.some(({ outcome, by: added }) => outcome !== null && !added)) return { code: 'task.tooLate' }
  const waiting = after.filter(({ outcome }) => outcome === null)
  for (const one of waiting) run.emit({ type: 'task.cancelled', task: one.task, node: node.id, why: 'withdrawn' })
  const later = waiting.map(({ person, seat: place, by: added }): Upcoming => {
    return { person, seat: place, ...(added ? { via: { kind: 'signer', of: added } } : {}) }
  })
  const again: Upcoming = { person: by, seat, via: { kind: 'withdrawn', of: by } }
  const left = {
    ...activity,
    tasks: activity.tasks.filter((one) => one.task !== task && !waiting.includes(one)),
    next: [again, ...later, ...(activity.next ?? [])],
  }
  run.replaceActivity(left)
  openNext(run, node, left)
  return undefined
}

/** The flow has gone on: every token that came of the answer must still rest at a task nobody has answered. */
function takeBack(run: Run, command: Of<'task.withdraw'>): Rejection | undefined {
  if (run.state.visits[command.node] !== command.visit) return { code: 'task.tooLate' }
  const container = run.graph.nodes.get(command.node)?.parent ?? null
  const levels = run.state.scopes.filter(({ node, item }) => node === container && item === undefined)
  const first = levels.length === 1 ? run.tokens.find(({ scope }) => scope === levels[0]?.id) : undefined
  const region = first ? regionOf(run, first, command.node) : []
  const rests = region.every((token) => token.visit === 0 || isUntouched(run, token))
  const block = blocksOf(run.graph, command.node)
  const wentOn = command.later.some((node) => isWithin(blocksOf(run.graph, node), block))
  if (!first || region.length === 0 || !rests || wentOn) return { code: 'task.tooLate' }
  for (const gone of region) cancelToken(run, gone, 'withdrawn')
  run.arrive(command.node, first.scope, undefined, {
    person: command.by,
    via: { kind: 'withdrawn', of: command.by },
    seats: command.seats,
  })
  return undefined
}

const isUntouched = (run: Run, token: Token): boolean => {
  const activity = run.activities.find((open) => open.token === token.id)
  return activity !== undefined && activity.tasks.length > 0 && activity.tasks.every(({ outcome }) => outcome === null)
}
