import { allows, asUserTask, type FlowDefinition, type Instant, isRefusable, type TaskRow } from '@tenon/engine'
import type { TaskView } from '@tenon/runtime/contract'
import type { UserPrincipal } from '../auth/identity.ts'
import type { Reading } from './reading.ts'
import { managesApp, mayTake, mayTransfer } from './task-rights.ts'

/** What the person may do with a task now; the command asks again when it comes. */
export function allowedActions(
  task: TaskRow,
  principal: UserPrincipal,
  { app, memory }: Reading,
  flow: FlowDefinition | undefined,
  now: Instant,
): TaskView['can'] {
  const me = principal.user.id
  const policy = asUserTask(flow?.nodes.find((one) => one.id === task.node)) ?? {}
  const offers = (
    ...commands: ('delegate' | 'addAssignee' | 'removeAssignee' | 'return' | 'saveDraft' | 'withdraw')[]
  ) => commands.filter((command) => allows(policy, command))
  if (task.state !== 'open') return task.state === 'completed' && task.completedBy === me ? offers('withdraw') : []
  const isMine = task.assignee === me
  const isFree = task.assignee === null && mayTake(task, principal, memory.organisation)
  const can: TaskView['can'] = []
  if (isFree || (isMine && task.claimedAt === null)) can.push('claim')
  if (isFree || isMine) can.push('complete', ...offers('saveDraft'))
  if (allows(policy, 'transfer') && mayTransfer(task, principal, app.model, memory.organisation, now))
    can.push('transfer')
  if ((isFree || isMine) && task.owner === null)
    can.push(...offers('delegate', 'addAssignee', 'removeAssignee', 'return'))
  else if (managesApp(principal, app.model)) can.push(...offers('removeAssignee'))
  if (isMine && isRefusable(flow?.nodes.find((one) => one.id === task.node))) can.push('refuse')
  if (task.owner === me) can.push(...offers('withdraw'))
  return can
}
