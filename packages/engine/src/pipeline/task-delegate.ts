import type { Rejection } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Command } from './commands.ts'
import type { TaskRow } from './rows.ts'
import { mine, recipient, why } from './task-access.ts'
import type { Origin, Work } from './work.ts'

/** 委派: somebody else does it, and it comes back to me to be confirmed. The clock of the task goes on. */
export async function delegateTask(
  work: Work,
  command: Extract<Command, { type: 'task.delegate' }>,
  origin: Origin,
): Promise<Result<TaskRow, Rejection>> {
  const found = await mine(work, command.task, 'delegate')
  if (!found.ok) return found
  const { task, me } = found.value
  const to = await recipient(work, task, command.to)
  if (!to.ok) return to
  if (to.value.id === me) return fail({ code: 'task.alreadyAsked', details: { name: to.value.name } })
  const moved = work.putTask({
    ...task,
    assignee: to.value.id,
    owner: me,
    via: { kind: 'delegate', of: me },
    advice: null,
    claimedAt: null,
    draft: null,
    version: task.version + 1,
  })
  const data = { task: task.task, node: task.node, from: me, to: to.value.id, ...why(command.comment) }
  await work.event(task, 'task.delegated', data, origin)
  work.toTell.push({ task: task.task, kind: 'delegated', origin })
  return ok(moved)
}

/** The delegate is done: back to whom it belongs, with what is proposed. One who is gone leaves it to the node's people. */
export async function resolveTask(work: Work, task: TaskRow, outcome: string | null, origin: Origin): Promise<TaskRow> {
  const owner = task.owner === null ? undefined : work.world.directory.person(task.owner)
  const back = work.putTask({
    ...task,
    assignee: owner?.active === true ? owner.id : null,
    owner: null,
    advice: outcome,
    via: { kind: 'confirm', of: work.actor },
    claimedAt: null,
    draft: null,
    version: task.version + 1,
  })
  await work.event(task, 'task.resolved', { task: task.task, node: task.node, to: back.assignee, outcome }, origin)
  if (back.assignee === null) work.unassigned.push({ task: task.task, origin })
  else work.toTell.push({ task: task.task, kind: 'resolved', origin })
  return back
}
