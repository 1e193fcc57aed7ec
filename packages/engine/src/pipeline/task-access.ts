import type { NodeOf } from '../definitions/flow.ts'
import type { Id } from '../kernel/ids.ts'
import type { Rejection } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { allows, type TaskCommandName } from '../nodes/userTask/policy.ts'
import { asUserTask } from '../nodes/userTask/verdict.ts'
import { nodeOf } from './node-of.ts'
import { peopleOffered } from './people.ts'
import { isVisible, maySee } from './permission.ts'
import type { TaskRow } from './rows.ts'
import type { Work } from './work.ts'
import type { Person } from './world.ts'

/** The open task the person may act on, or why not. A task of a record she may not see does not exist for her. */
export async function actionable(work: Work, id: Id): Promise<Result<TaskRow, Rejection>> {
  const found = await visibleTask(work, id)
  if (!found.ok || found.value.state === 'open') return found
  return fail(await alreadyDone(work, found.value))
}

export async function visibleTask(work: Work, id: Id): Promise<Result<TaskRow, Rejection>> {
  const task = await work.task(id)
  const row = task && (await work.record(task))
  return task && row && (await isVisible(work, row)) ? ok(task) : fail({ code: 'task.notFound' })
}

/** Who was faster, and when. A task that ended because somebody else's answer was enough says whose. */
export async function alreadyDone(work: Work, task: TaskRow): Promise<Rejection> {
  const decided = task.state === 'completed' ? task : await decidedInstead(work, task)
  if (!decided) return { code: 'task.cancelled' }
  const at = decided.completedAt ?? 0
  if (decided.completedBy === null) return { code: 'task.lapsed', details: { at, outcome: decided.outcome } }
  const by = work.world.directory.person(decided.completedBy)?.name ?? ''
  return { code: 'task.done', details: { by, at, outcome: decided.outcome } }
}

const decidedInstead = async (work: Work, task: TaskRow): Promise<TaskRow | undefined> =>
  (await work.tasksOf(task.instance)).find(
    (one) =>
      one.state === 'completed' &&
      one.node === task.node &&
      one.visit === task.visit &&
      one.completedAt === task.completedAt,
  )

/** Whether a person is among those who may take a task. */
export const isCandidate = (work: Work, task: TaskRow, person: Id): boolean =>
  peopleOffered(work.world.directory, task).includes(person)

export const takenBy = (work: Work, task: TaskRow): Rejection => ({
  code: 'task.taken',
  details: { by: (task.assignee && work.world.directory.person(task.assignee)?.name) ?? '' },
})

export type Mine = { readonly task: TaskRow; readonly me: Id; readonly node: NodeOf<'userTask'> }

/** My task, or one I may take, at a node that lets me do this. Who has it by delegation only answers it. */
export async function mine(work: Work, id: Id, command: TaskCommandName): Promise<Result<Mine, Rejection>> {
  const found = await actionable(work, id)
  if (!found.ok) return found
  const task = found.value
  const me = work.actor
  if (me === null) return fail({ code: 'access.denied' })
  if (task.assignee !== me && task.assignee !== null) return fail(takenBy(work, task))
  if (task.assignee === null && !isCandidate(work, task, me)) return fail({ code: 'task.notYours' })
  const node = await userTaskOf(work, task)
  if (!node || !allows(node, command)) return fail({ code: 'task.notAllowed' })
  if (task.owner !== null && command !== 'saveDraft') return fail({ code: 'task.delegated' })
  return ok({ task, me, node })
}

export async function userTaskOf(work: Work, task: TaskRow): Promise<NodeOf<'userTask'> | undefined> {
  return asUserTask(await nodeOf(work, task))
}

/** Somebody a task may be given to: active, and able to see the record, or the task would be lost with them. */
export async function recipient(work: Work, task: TaskRow, id: Id): Promise<Result<Person, Rejection>> {
  const to = work.world.directory.person(id)
  if (!to?.active) return fail({ code: 'task.noSuchPerson' })
  const row = await work.record(task)
  if (row && !(await maySee(work, row, to))) return fail({ code: 'task.recipientBlind', details: { name: to.name } })
  return ok(to)
}

export function manages(work: Work, task: TaskRow, person: Id): boolean {
  const roles =
    work.world
      .app(task.app)
      ?.definition.roles.filter((role) => role.can?.includes('manage'))
      .map((role) => role.id) ?? []
  return roles.some((role) => work.world.directory.withRole(task.app, role).includes(person))
}

/** What was said, for the audit entry of the command. */
export const why = (comment: string | undefined): { readonly why?: string } =>
  comment?.trim() ? { why: comment.trim() } : {}
