import type { Id } from '../kernel/ids.ts'
import type { Rejection } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Outcome } from '../nodes/schemas.ts'
import { limitEnds } from './clocks.ts'
import type { Command } from './commands.ts'
import { advance } from './flows.ts'
import { reassign } from './hand-over.ts'
import { nodeOf } from './node-of.ts'
import { noteAssignee } from './note-assignee.ts'
import { peopleOffered } from './people.ts'
import { isVisible, maySee } from './permission.ts'
import { comment, updateRecord } from './records.ts'
import type { TaskRow } from './rows.ts'
import { type Origin, refOf, type Work } from './work.ts'

type Complete = Extract<Command, { type: 'task.complete' }>

/** The open task the person may act on, or why not. A task of a record she may not see does not exist for her. */
export async function actionable(work: Work, id: Id): Promise<Result<TaskRow, Rejection>> {
  const task = await work.task(id)
  const row = task && (await work.record(task))
  if (!task || !row || !(await isVisible(work, row))) return fail({ code: 'task.notFound' })
  if (task.state !== 'open') return fail(alreadyDone(work, task))
  return ok(task)
}

function alreadyDone(work: Work, task: TaskRow): Rejection {
  const by = task.completedBy === null ? null : (work.world.directory.person(task.completedBy)?.name ?? null)
  return task.state === 'cancelled'
    ? { code: 'task.cancelled' }
    : { code: 'task.done', details: { by: by ?? '', at: task.completedAt ?? 0, outcome: task.outcome } }
}

/** Whether a person is among those who may take a task. */
const isCandidate = (work: Work, task: TaskRow, person: Id): boolean =>
  peopleOffered(work.world.directory, task).includes(person)

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

export const acceptKey = (task: Id): string => `accept/${task}`

const takenBy = (work: Work, task: TaskRow): Rejection => ({
  code: 'task.taken',
  details: { by: (task.assignee && work.world.directory.person(task.assignee)?.name) ?? '' },
})

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
  const to = work.world.directory.person(command.to)
  if (!to?.active) return fail({ code: 'task.noSuchPerson' })
  const row = await work.record(task)
  // A task of a record one may not see does not exist for her: it would be lost.
  if (row && !(await maySee(work, row, to))) return fail({ code: 'task.recipientBlind', details: { name: to.name } })
  const moved = await reassign(work, task, to.id, origin, command.comment)
  if (command.comment) await comment(work, { ref: refOf(task), body: command.comment, visibility: 'internal' }, origin)
  return ok(moved)
}

function mayHandOver(work: Work, task: TaskRow): boolean {
  const person = work.actor
  if (person === null) return work.command.principal.kind === 'system'
  if (task.assignee === person) return true
  if (task.assignee === null) return isCandidate(work, task, person) || manages(work, task, person)
  return work.world.directory.superiorOf(task.assignee) === person || manages(work, task, person)
}

function manages(work: Work, task: TaskRow, person: Id): boolean {
  const roles =
    work.world
      .app(task.app)
      ?.definition.roles.filter((role) => role.can?.includes('manage'))
      .map((role) => role.id) ?? []
  return roles.some((role) => work.world.directory.withRole(task.app, role).includes(person))
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
  const node = await nodeOf(work, task)
  const offered = node && 'outcomes' in node ? (node.outcomes ?? []) : []
  const refusal = outcomeRefusal(offered, command)
  if (refusal) return fail(refusal)
  const written = await updateRecord(
    work,
    {
      ref: refOf(task),
      values: command.values ?? {},
      door: 'task',
      mask: node && 'fields' in node ? (node.fields ?? {}) : {},
      ...(command.version === undefined ? {} : { version: command.version }),
    },
    origin,
  )
  if (!written.ok) return written
  if (command.comment) await comment(work, { ref: refOf(task), body: command.comment, visibility: 'internal' }, origin)
  await close(work, task, person, command.outcome ?? null, origin)
  return goOn(work, task, person, command.outcome ?? null, origin)
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

async function close(work: Work, task: TaskRow, person: Id, outcome: string | null, origin: Origin): Promise<void> {
  const completed = work.putTask({
    ...task,
    state: 'completed',
    assignee: person,
    claimedAt: task.claimedAt ?? work.now,
    completedAt: work.now,
    completedBy: person,
    outcome,
    version: task.version + 1,
  })
  work.cancelTimer(acceptKey(task.task))
  await work.event(task, 'task.completed', { task: task.task, node: task.node, outcome }, origin)
  await limitEnds(work, completed, origin)
  work.react({
    ref: refOf(task),
    event: 'taskCompleted',
    changed: [],
    previous: await work.before(task),
    detail: { task: task.task, node: task.node, outcome },
    origin,
  })
}

async function goOn(
  work: Work,
  task: TaskRow,
  person: Id,
  outcome: string | null,
  origin: Origin,
): Promise<Result<TaskRow, Rejection>> {
  const rejection = await advance(
    work,
    task.instance,
    { type: 'task.complete', task: task.task, outcome, by: person },
    origin,
  )
  return rejection ? fail(rejection) : ok((await work.task(task.task)) ?? task)
}
