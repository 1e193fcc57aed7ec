import { writeComputed } from './records.ts'
import type { TaskRow } from './rows.ts'
import { userTaskOf } from './task-access.ts'
import type { Origin, Work } from './work.ts'

/** Writes who has the task into the record, where the node names a field for it. */
export async function noteAssignee(work: Work, task: TaskRow, origin: Origin): Promise<void> {
  const node = await userTaskOf(work, task)
  if (node?.assigneeField === undefined || (node.mode ?? 'single') !== 'single' || task.assignee === null) return
  await writeComputed(work, task, { [node.assigneeField]: task.assignee }, origin)
}
