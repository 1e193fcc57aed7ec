import type { FlowNode, NodeOf } from '../definitions/flow.ts'
import type { Rejection } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'

import type { Command } from './commands.ts'
import { nodeOf } from './node-of.ts'
import type { TaskRow } from './rows.ts'
import { actionable } from './task-access.ts'
import { acceptKey } from './timer-keys.ts'
import type { Origin, Work } from './work.ts'

type Refuse = Extract<Command, { type: 'task.refuse' }>

/** Whether somebody else can be chosen for a task of the node: a strategy gives it to people. */
export const isRefusable = (node: FlowNode | undefined): boolean =>
  node !== undefined && 'assign' in node && ((node as NodeOf<'userTask'>).assign ?? []).some((who) => 'strategy' in who)

/**
 * Gives back a task that a strategy has assigned, with a reason: the next candidate gets it, at the end the fallback.
 * Whoever has refused is not chosen again for this record.
 */
export async function refuseTask(work: Work, command: Refuse, origin: Origin): Promise<Result<TaskRow, Rejection>> {
  const found = await actionable(work, command.task)
  if (!found.ok) return found
  const task = found.value
  if (work.actor === null || task.assignee !== work.actor) return fail({ code: 'task.notYours' })
  if (!isRefusable(await nodeOf(work, task))) return fail({ code: 'task.notRefusable' })
  const reason = command.reason.trim()
  if (reason === '') return fail({ code: 'task.reasonRequired' })
  await work.event(task, 'task.refused', { task: task.task, node: task.node, from: task.assignee, reason }, origin)
  work.cancelTimer(acceptKey(task.task))
  const freed = work.putTask({ ...task, assignee: null, claimedAt: null, version: task.version + 1 })
  work.unassigned.push({ task: task.task, origin })
  return ok(freed)
}
