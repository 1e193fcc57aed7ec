import type { Id } from '../kernel/ids.ts'
import type { Rejection } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { limitEnds } from './clocks.ts'
import { advance } from './flows.ts'
import type { TaskRow } from './rows.ts'
import { acceptKey } from './timer-keys.ts'
import { type Origin, refOf, type Work } from './work.ts'

/** An open task gets its answer and the flow goes on by it. `by` null: the system, because the time is up. */
export async function answerTask(
  work: Work,
  task: TaskRow,
  { by, outcome }: { readonly by: Id | null; readonly outcome: string | null },
  origin: Origin,
): Promise<Result<TaskRow, Rejection>> {
  const completed = work.putTask({
    ...task,
    state: 'completed',
    assignee: by ?? task.assignee,
    claimedAt: by === null ? task.claimedAt : (task.claimedAt ?? work.now),
    completedAt: work.now,
    completedBy: by,
    outcome,
    draft: null,
    version: task.version + 1,
  })
  work.cancelTimer(acceptKey(task.task))
  const data = { task: task.task, node: task.node, outcome }
  await work.event(task, 'task.completed', data, origin)
  await limitEnds(work, completed, origin)
  work.react({
    ref: refOf(task),
    event: 'taskCompleted',
    changed: [],
    previous: await work.before(task),
    detail: data,
    origin,
  })
  const rejection = await advance(work, task.instance, { type: 'task.complete', task: task.task, outcome, by }, origin)
  return rejection ? fail(rejection) : ok((await work.task(task.task)) ?? completed)
}
