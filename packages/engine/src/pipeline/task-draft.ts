import type { Rejection } from '../kernel/problem.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { Command } from './commands.ts'
import type { TaskRow } from './rows.ts'
import { mine } from './task-access.ts'
import type { Origin, Work } from './work.ts'

/** 暂存: kept with the task for the one who entered it; the record does not know of it. The last one counts. */
export async function saveDraft(
  work: Work,
  command: Extract<Command, { type: 'task.saveDraft' }>,
  origin: Origin,
): Promise<Result<TaskRow, Rejection>> {
  const found = await mine(work, command.task, 'saveDraft')
  if (!found.ok) return found
  const { task, me } = found.value
  const draft = { by: me, at: work.now, values: command.values, comment: command.comment?.trim() || null }
  // What was entered is not told: the trail is for everybody who sees the record.
  await work.event(task, 'task.draftSaved', { task: task.task, node: task.node }, origin)
  return ok(work.putTask({ ...task, draft }))
}
