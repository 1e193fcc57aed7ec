import type { Id } from '../kernel/ids.ts'
import { noteAssignee } from './note-assignee.ts'
import type { TaskRow } from './rows.ts'
import type { Origin, Work } from './work.ts'

/** Gives an open task to a person; its clock goes on. Who is told is the caller's business. */
export async function reassign(work: Work, task: TaskRow, to: Id, origin: Origin, why?: string): Promise<TaskRow> {
  const moved = work.putTask({
    ...task,
    assignee: to,
    claimedAt: to === work.actor ? work.now : null,
    version: task.version + 1,
  })
  await noteAssignee(work, moved, origin)
  await work.event(
    task,
    'task.transferred',
    { task: task.task, node: task.node, from: task.assignee, to, ...(why ? { why } : {}) },
    origin,
  )
  return moved
}
