import type { Seat } from '../flow/types.ts'
import type { Id } from '../kernel/ids.ts'
import type { Rejection } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { allows } from '../nodes/userTask/policy.ts'
import type { Command } from './commands.ts'
import { advance } from './flows.ts'
import type { TaskRow } from './rows.ts'
import { alreadyDone, mine, userTaskOf, visibleTask, why } from './task-access.ts'
import type { Origin, Work } from './work.ts'

/** 退回: the flow goes back to a step that was done, to whoever did it. */
export async function returnTask(
  work: Work,
  command: Extract<Command, { type: 'task.return' }>,
  origin: Origin,
): Promise<Result<TaskRow, Rejection>> {
  const found = await mine(work, command.task, 'return')
  if (!found.ok) return found
  const { task, me } = found.value
  const person = lastBy(work, await work.tasksOf(task.instance), command.to)
  const rejection = await advance(
    work,
    task.instance,
    { type: 'task.return', task: task.task, to: command.to, person, back: command.mode === 'back', by: me },
    origin,
  )
  if (rejection) return fail(rejection)
  const data = { task: task.task, node: task.node, target: command.to, mode: command.mode, ...why(command.comment) }
  await work.event(task, 'task.returned', data, origin)
  return ok((await work.task(task.task)) ?? task)
}

/** Who answered at a node last, where they can still be asked. */
function lastBy(work: Work, tasks: readonly TaskRow[], node: string): Id | null {
  const done = tasks.filter((task) => task.node === node && task.state === 'completed')
  const last = done.toSorted((a, b) => (a.completedAt ?? 0) - (b.completedAt ?? 0)).at(-1)?.completedBy
  return last != null && work.world.directory.person(last)?.active === true ? last : null
}

/** 撤回: what I have delegated, or my answer while nothing has come of it. */
export async function withdrawTask(
  work: Work,
  command: Extract<Command, { type: 'task.withdraw' }>,
  origin: Origin,
): Promise<Result<TaskRow, Rejection>> {
  const found = await visibleTask(work, command.task)
  if (!found.ok) return found
  const task = found.value
  const me = work.actor
  const node = await userTaskOf(work, task)
  if (me === null) return fail({ code: 'access.denied' })
  if (!node || !allows(node, 'withdraw')) return fail({ code: 'task.notAllowed' })
  if (task.state === 'cancelled') return fail(await alreadyDone(work, task))
  if (task.state === 'open' && task.owner !== me) return fail({ code: 'task.notYours' })
  if (task.state === 'completed' && task.completedBy !== me) return fail({ code: 'task.notYours' })
  const rejection =
    task.state === 'open' ? takeBackDelegation(work, task, me) : await takeBackAnswer(work, task, me, node.mode, origin)
  if (rejection) return fail(rejection)
  await work.event(task, 'task.withdrawn', { task: task.task, node: task.node, ...why(command.comment) }, origin)
  return ok((await work.task(task.task)) ?? task)
}

function takeBackDelegation(work: Work, task: TaskRow, me: Id): undefined {
  work.putTask({ ...task, assignee: me, owner: null, via: null, draft: null, version: task.version + 1 })
}

async function takeBackAnswer(
  work: Work,
  task: TaskRow,
  me: Id,
  mode: 'single' | 'any' | 'all' | 'sequential' = 'single',
  origin: Origin,
): Promise<Rejection | undefined> {
  const tasks = await work.tasksOf(task.instance)
  const rejection = await advance(
    work,
    task.instance,
    {
      type: 'task.withdraw',
      task: task.task,
      node: task.node,
      visit: task.visit,
      seats: seatsAgain(tasks, task, me, mode),
      later: tasks.filter((one) => isLater(one, task)).map(({ node }) => node),
      by: me,
    },
    origin,
  )
  return rejection?.code === 'flow.notRunning' ? { code: 'task.tooLate' } : rejection
}

const isLater = (one: TaskRow, task: TaskRow): boolean =>
  one.state === 'completed' &&
  (one.node !== task.node || one.visit !== task.visit) &&
  one.task > task.task &&
  (one.completedAt ?? 0) >= (task.completedAt ?? 0)

/** The places of the step as they were before the answer: votes that stand, mine, and those it had made needless. */
function seatsAgain(
  tasks: readonly TaskRow[],
  task: TaskRow,
  me: Id,
  mode: 'single' | 'any' | 'all' | 'sequential',
): readonly Seat[] {
  const own: Seat = { person: me, outcome: null }
  const others = tasks.filter((one) => one.node === task.node && one.visit === task.visit && one.task !== task.task)
  const given = others.flatMap(({ state, completedBy, outcome }): Seat[] =>
    state === 'completed' && completedBy !== null ? [{ person: completedBy, outcome: outcome ?? '*' }] : [],
  )
  const spared = others.flatMap(({ state, assignee, completedAt }): Seat[] =>
    state === 'cancelled' && assignee !== null && completedAt === task.completedAt
      ? [{ person: assignee, outcome: null }]
      : [],
  )
  if (mode === 'single') return [own]
  return mode === 'any' ? [own, ...spared] : [...given, own, ...spared]
}
