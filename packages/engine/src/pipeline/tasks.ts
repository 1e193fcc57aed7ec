import type { Id } from '../kernel/ids.ts'
import type { Rejection } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Outcome } from '../nodes/schemas.ts'
import { allows } from '../nodes/userTask/policy.ts'
import { answerTask } from './answer-task.ts'
import type { Command } from './commands.ts'
import { reassign } from './hand-over.ts'
import { noteAssignee } from './note-assignee.ts'
import { comment, updateRecord } from './records.ts'
import type { TaskRow } from './rows.ts'
import { actionable, isCandidate, manages, recipient, takenBy, userTaskOf } from './task-access.ts'
import { resolveTask } from './task-delegate.ts'
import { acceptKey } from './timer-keys.ts'
import { type Origin, refOf, type Work } from './work.ts'

type Complete = Extract<Command, { type: 'task.complete' }>

/** Takes a task of the pool, or accepts one that was assigned. */
export async function claimTask(work: Work, id: Id, origin: Origin): Promise<Result<TaskRow, Rejection>> {
  const found = await actionable(work, id)
  if (!found.ok) return found
  const task = found.value
  const person = work.actor
  if (person === null) return fail({ code: 'access.denied' })
  if (task.assignee !== null && task.assignee !== person) return fail(takenBy(work, task))
  if (task.assignee === null && !isCandidate(work, task, person)) return fail({ code: 'task.notYours' })
  if (task.assignee === person && task.claimedAt !== null) return ok(task)
  const claimed = work.putTask({ ...task, assignee: person, claimedAt: work.now, version: task.version + 1 })
  work.cancelTimer(acceptKey(task.task))
  await noteAssignee(work, claimed, origin)
  await work.event(task, 'task.claimed', { task: id, node: task.node }, origin)
  return ok(claimed)
}

/** Hands a task to somebody else: the person who has it, her superior, or who manages the app. */
export async function transferTask(
  work: Work,
  command: Extract<Command, { type: 'task.transfer' }>,
  origin: Origin,
): Promise<Result<TaskRow, Rejection>> {
  const found = await actionable(work, command.task)
  if (!found.ok) return found
  const task = found.value
  if (!mayHandOver(work, task)) return fail({ code: 'task.notYours' })
  const node = await userTaskOf(work, task)
  if (node && !allows(node, 'transfer')) return fail({ code: 'task.notAllowed' })
  const to = await recipient(work, task, command.to)
  if (!to.ok) return to
  const moved = await reassign(work, task, to.value.id, origin, command.comment)
  if (command.comment) await comment(work, { ref: refOf(task), body: command.comment, visibility: 'internal' }, origin)
  return ok(moved)
}

function mayHandOver(work: Work, task: TaskRow): boolean {
  const person = work.actor
  if (person === null) return work.command.principal.kind === 'system'
  if (task.assignee === person) return true
  if (task.assignee === null) return isCandidate(work, task, person) || manages(work, task, person)
  return work.world.directory.superiorOf(task.assignee, work.now) === person || manages(work, task, person)
}

/** Completes a task: its values are written, the flow goes on by the outcome. */
export async function completeTask(work: Work, command: Complete, origin: Origin): Promise<Result<TaskRow, Rejection>> {
  const found = await actionable(work, command.task)
  if (!found.ok) return found
  const task = found.value
  const person = work.actor
  if (person === null) return fail({ code: 'access.denied' })
  if (task.assignee !== person && !(task.assignee === null && isCandidate(work, task, person))) {
    return fail(task.assignee === null ? { code: 'task.notYours' } : takenBy(work, task))
  }
  const node = await userTaskOf(work, task)
  const offered = node?.outcomes ?? []
  const refusal = outcomeRefusal(offered, command)
  if (refusal) return fail(refusal)
  const written = await updateRecord(
    work,
    {
      ref: refOf(task),
      values: command.values ?? {},
      door: 'task',
      mask: node?.fields ?? {},
      ...(command.version === undefined ? {} : { version: command.version }),
    },
    origin,
  )
  if (!written.ok) return written
  if (command.comment) await comment(work, { ref: refOf(task), body: command.comment, visibility: 'internal' }, origin)
  const outcome = command.outcome ?? null
  if (task.owner !== null && task.owner !== person) return ok(await resolveTask(work, task, outcome, origin))
  return answerTask(work, task, { by: person, outcome }, origin)
}

function outcomeRefusal(offered: readonly Outcome[], command: Complete): Rejection | undefined {
  if (offered.length === 0)
    return command.outcome === undefined
      ? undefined
      : { code: 'task.outcomeUnknown', details: { outcome: command.outcome } }
  if (command.outcome === undefined) return { code: 'task.outcomeRequired' }
  const outcome = offered.find((one) => one.id === command.outcome)
  if (!outcome) return { code: 'task.outcomeUnknown', details: { outcome: command.outcome } }
  return outcome.requiresComment && !command.comment?.trim() ? { code: 'task.commentRequired' } : undefined
}
