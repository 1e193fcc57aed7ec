import type { Id } from '../kernel/ids.ts'
import type { Rejection } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { allows } from '../nodes/userTask/policy.ts'
import type { Command } from './commands.ts'
import { advance } from './flows.ts'
import type { TaskRow } from './rows.ts'
import { actionable, manages, mine, recipient, userTaskOf, why } from './task-access.ts'
import type { Origin, Work } from './work.ts'

type Of<T extends Command['type']> = Extract<Command, { type: T }>

/** 加签: one more person is asked, before me, after me or beside me; together we are one vote. */
export async function addAssignee(
  work: Work,
  command: Of<'task.addAssignee'>,
  origin: Origin,
): Promise<Result<TaskRow, Rejection>> {
  const found = await mine(work, command.task, 'addAssignee')
  if (!found.ok) return found
  const { task, me } = found.value
  const to = await recipient(work, task, command.to)
  if (!to.ok) return to
  if (to.value.id === me || (await asked(work, task, to.value.id)))
    return fail({ code: 'task.alreadyAsked', details: { name: to.value.name } })
  const { position, comment } = command
  const taken = take(work, task, me)
  const rejection = await advance(
    work,
    task.instance,
    { type: 'task.add', task: task.task, person: to.value.id, position, by: me },
    origin,
  )
  if (rejection) return fail(rejection)
  const data = { task: task.task, node: task.node, to: to.value.id, position, ...why(comment) }
  await work.event(task, 'task.signerAdded', data, origin)
  return ok((await work.task(task.task)) ?? taken)
}

/** Who acts on a task of the pool takes it. */
function take(work: Work, task: TaskRow, me: Id): TaskRow {
  return task.assignee === me
    ? task
    : work.putTask({ ...task, assignee: me, claimedAt: work.now, version: task.version + 1 })
}

/** The open tasks of the same step. */
const beside = async (work: Work, task: TaskRow): Promise<readonly TaskRow[]> =>
  (await work.tasksOf(task.instance)).filter(
    (one) => one.state === 'open' && one.node === task.node && one.visit === task.visit,
  )

async function activityOf(work: Work, task: TaskRow) {
  const instance = await work.instance(task.instance)
  return instance?.snapshot.activities.find(({ tasks }) => tasks.some((one) => one.task === task.task))
}

async function asked(work: Work, task: TaskRow, person: Id): Promise<boolean> {
  const activity = await activityOf(work, task)
  const later = activity?.next?.some((one) => one.person === person) === true
  return later || (await beside(work, task)).some((one) => one.assignee === person)
}

/** 减签: whoever was added is not asked after all. Who added them may, and who manages the app, anybody. */
export async function removeAssignee(
  work: Work,
  command: Of<'task.removeAssignee'>,
  origin: Origin,
): Promise<Result<TaskRow, Rejection>> {
  const found = await actionable(work, command.task)
  if (!found.ok) return found
  const task = found.value
  const me = work.actor
  const node = await userTaskOf(work, task)
  if (me === null) return fail({ code: 'access.denied' })
  if (!node || !allows(node, 'removeAssignee')) return fail({ code: 'task.notAllowed' })
  const target = (await beside(work, task)).find((one) => one.assignee === command.person)
  if (!manages(work, task, me) && (await addedBy(work, target ?? task, target, command.person)) !== me)
    return fail({ code: 'task.notYours' })
  const rejection = await advance(
    work,
    task.instance,
    { type: 'task.remove', task: task.task, person: command.person, target: target?.task ?? null },
    origin,
  )
  if (rejection) return fail(rejection)
  const data = { task: task.task, node: task.node, who: command.person, ...why(command.comment) }
  await work.event(task, 'task.signerRemoved', data, origin)
  return ok((await work.task(task.task)) ?? task)
}

/** Who added somebody who has a task now, or will be asked later. */
async function addedBy(work: Work, at: TaskRow, target: TaskRow | undefined, person: Id): Promise<Id | null> {
  const activity = await activityOf(work, at)
  if (target) return activity?.tasks.find((one) => one.task === target.task)?.by ?? null
  return activity?.next?.find((one) => one.person === person)?.via?.of ?? null
}
