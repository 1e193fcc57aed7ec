import { rolesIn } from '../access/entries.ts'
import { predicateOf } from '../conditions/predicate-of.ts'
import type { FormAction } from '../definitions/form.ts'
import type { Rejection } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { acknowledge } from './acknowledge.ts'
import { acknowledgeAlert, alertDue, closeAlert } from './alerts.ts'
import { acceptanceDue, assignTasks } from './assign.ts'
import { adoptClocks, clockDue, endClocks, keepClocks } from './clocks.ts'
import type { Answer, Command } from './commands.ts'
import { deliverMessage } from './correlation.ts'
import { carryOut } from './deeds.ts'
import { factsOf, lookupFrom } from './facts-of.ts'
import { advance, endFlows, isOver, startCalled } from './flows.ts'
import { builtInMessage, send } from './messages.ts'
import { cancelInstance, migrateInstance } from './migrate-instance.ts'
import { inject, operate } from './operate-flows.ts'
import { may, thoseWhoSee } from './permission.ts'
import { reactAll } from './reactions.ts'
import { comment, createRecord, deleteRecord, deleteRefusal, updateRecord } from './records.ts'
import { refuseTask } from './refuse.ts'
import type { AlertRow, Changes, RecordRef, TaskRow } from './rows.ts'
import { keepRules, ruleDue } from './rule-upkeep.ts'
import { delegateTask } from './task-delegate.ts'
import { saveDraft } from './task-draft.ts'
import { returnTask, withdrawTask } from './task-return.ts'
import { addAssignee, removeAssignee } from './task-signers.ts'
import { claimTask, completeTask, transferTask } from './tasks.ts'
import { type Origin, Work } from './work.ts'
import type { Context, World } from './world.ts'

export type Decision = { readonly answer: Answer; readonly changes: Changes }
type Outcome = { readonly ref?: RecordRef; readonly task?: TaskRow; readonly alert?: AlertRow }

/**
 * Decides what a command does: everything it changes, or why it is refused. Reads through the world, writes nothing.
 *
 *   authorise → normalise and validate → compute → flows and stages → rules, and again for what they wrote
 *   → clocks → assignment of new tasks → changes
 */
export async function decide(command: Command, world: World, context: Context): Promise<Result<Decision, Rejection>> {
  const work = new Work(command, world, context)
  const origin: Origin = { source: command.source, cause: null, depth: 0 }
  const done = await perform(work, command, origin)
  if (!done.ok) return done
  const rejection = await settle(work, origin)
  if (rejection) return fail(rejection)
  return ok({ answer: await answerOf(work, done.value), changes: work.changes() })
}

/**
 * Reactions, then clocks, then assignments, until all is quiet: a breach that only shows when a clock is stopped sets
 * off rules, and who got a task may stop a clock. Each round counts as a link of the chain, so it comes to an end.
 */
async function settle(work: Work, origin: Origin): Promise<Rejection | undefined> {
  for (let depth = origin.depth; ; depth += 1) {
    const rejection = await reactAll(work)
    if (rejection) return rejection
    await keepClocks(work, { ...origin, depth })
    const refused = await keepRules(work, { ...origin, depth })
    if (refused) return refused
    if (work.reactions.length > 0 || work.flowRequests.length > 0) continue
    if (work.unassigned.length === 0 && work.toTell.length === 0) return undefined
    await assignTasks(work)
  }
}

async function answerOf(work: Work, { ref, task, alert }: Outcome): Promise<Answer> {
  const about = ref ?? task
  if (alert) return { alert }
  const record = about && (await work.record(about))
  const current = task && (await work.task(task.task))
  return { ...(record ? { record } : {}), ...(current ? { task: current } : {}) }
}

async function perform(work: Work, command: Command, origin: Origin): Promise<Result<Outcome, Rejection>> {
  // Their one door: whatever comes to be done with records later is shut to them by itself.
  if (command.principal.kind === 'contact') return fail({ code: 'access.denied' })
  if (command.principal.kind === 'stranger' && command.type !== 'record.create') return fail({ code: 'access.denied' })
  switch (command.type) {
    case 'record.create': {
      const { principal } = command
      const created = await createRecord(
        work,
        { ...command, door: principal.kind === 'system' ? 'system' : 'person' },
        origin,
      )
      return created.ok ? ok({ ref: created.value }) : created
    }
    case 'record.update': {
      const door = command.principal.kind === 'system' ? 'system' : 'person'
      const { values, version } = command
      const updated = await updateRecord(
        work,
        { ref: command, values, door, ...(version === undefined ? {} : { version }) },
        origin,
      )
      return updated.ok ? ok({ ref: updated.value }) : updated
    }
    case 'record.delete': {
      return removeRecord(work, command, origin)
    }
    case 'record.comment':
      return writeComment(work, command, origin)
    case 'record.action':
      return pressButton(work, command, origin)
    case 'task.claim':
      return taskOutcome(await claimTask(work, command.task, origin))
    case 'task.complete':
      return taskOutcome(await completeTask(work, command, origin))
    case 'task.transfer':
      return taskOutcome(await transferAndTell(work, command, origin))
    case 'task.refuse':
      return taskOutcome(await refuseTask(work, command, origin))
    case 'clock.acknowledge':
      return acknowledged(await acknowledge(work, command, origin))
    case 'task.delegate':
      return taskOutcome(await delegateTask(work, command, origin))
    case 'task.addAssignee':
      return taskOutcome(await addAssignee(work, command, origin))
    case 'task.removeAssignee':
      return taskOutcome(await removeAssignee(work, command, origin))
    case 'task.return':
      return taskOutcome(await returnTask(work, command, origin))
    case 'task.withdraw':
      return taskOutcome(await withdrawTask(work, command, origin))
    case 'task.saveDraft':
      return taskOutcome(await saveDraft(work, command, origin))
    case 'timer.fire':
      return fireTimer(work, command)
    case 'message.receive':
      return inject(work, command, origin)
    case 'flow.retry':
    case 'flow.addItem':
      return operate(work, command, origin)
    case 'alert.acknowledge':
      return alertOutcome(await acknowledgeAlert(work, command, origin))
    case 'alert.close':
      return alertOutcome(await closeAlert(work, command, origin))
    case 'instance.migrate':
      return refOrRefusal(command, await migrateInstance(work, command, origin))
    case 'instance.cancel':
      return refOrRefusal(command, await cancelInstance(work, command, origin))
    case 'clocks.adopt':
      if (command.principal.kind !== 'system') return fail({ code: 'access.denied' })
      await adoptClocks(work, command, command.before, new Set(command.recalculate), origin)
      return ok({ ref: command })
  }
}

/** A record takes its flows, tasks, timers and clocks with it. */
async function removeRecord(
  work: Work,
  command: Extract<Command, { type: 'record.delete' }>,
  origin: Origin,
): Promise<Result<Outcome, Rejection>> {
  const refusal = await deleteRefusal(work, command)
  if (refusal) return fail(refusal)
  const rejection = (await endFlows(work, command, null, origin)) ?? (await endClocks(work, command, origin))
  if (rejection) return fail(rejection)
  await deleteRecord(work, command, origin)
  return ok({})
}

const acknowledged = (result: Result<RecordRef, Rejection>): Result<Outcome, Rejection> =>
  result.ok ? ok({ ref: result.value }) : result
const alertOutcome = (result: Result<AlertRow, Rejection>): Result<Outcome, Rejection> =>
  result.ok ? ok({ alert: result.value }) : result

const refOrRefusal = (ref: RecordRef, rejection: Rejection | undefined): Result<Outcome, Rejection> =>
  rejection ? fail(rejection) : ok({ ref })

const taskOutcome = (result: Result<TaskRow, Rejection>): Result<Outcome, Rejection> =>
  result.ok ? ok({ task: result.value }) : result

async function transferAndTell(
  work: Work,
  command: Extract<Command, { type: 'task.transfer' }>,
  origin: Origin,
): Promise<Result<TaskRow, Rejection>> {
  const moved = await transferTask(work, command, origin)
  if (moved.ok) work.toTell.push({ task: moved.value.task, kind: 'assigned', origin })
  return moved
}

async function writeComment(
  work: Work,
  command: Extract<Command, { type: 'record.comment' }>,
  origin: Origin,
): Promise<Result<Outcome, Rejection>> {
  const row = await work.record(command)
  if (!row || !(await may(work, row, 'read'))) return fail({ code: 'record.notFound' })
  if (!(await may(work, row, 'comment'))) return fail({ code: 'access.denied' })
  const body = command.body.trim()
  if (body === '') return fail({ code: 'record.invalid', problems: [{ code: 'comment.empty', path: '/body' }] })
  const { visibility, mentions = [], files = [] } = command
  await comment(work, { ref: row, body, visibility, mentions, files }, origin)
  const told = await thoseWhoSee(work, row, mentions)
  if (told.length > 0) {
    await send(work, {
      app: row.app,
      row,
      facts: await factsOf(work, row),
      to: told,
      message: builtInMessage('mentioned'),
      channels: ['inbox'],
      origin,
    })
  }
  return ok({ ref: row })
}

async function pressButton(
  work: Work,
  command: Extract<Command, { type: 'record.action' }>,
  origin: Origin,
): Promise<Result<Outcome, Rejection>> {
  const row = await work.record(command)
  if (!row || !(await may(work, row, 'read'))) return fail({ code: 'record.notFound' })
  const before = await work.before(row)
  if (command.version !== undefined && before && command.version !== before.version)
    return fail({ code: 'version.conflict', details: { current: before.version } })
  const button = work.world
    .app(row.app)
    ?.forms.get(row.form)
    ?.definition.actions?.find((action) => action.id === command.action)
  if (!button || !(await mayPress(work, row, button))) return fail({ code: 'action.notAvailable' })
  const cause = { ...origin, cause: `action:${button.id}` }
  const rejection = await carryOut(work, button.actions, { ref: row, origin: cause, more: {} })
  return rejection ? fail(rejection) : ok({ ref: row })
}

async function mayPress(work: Work, row: Parameters<typeof may>[1], button: FormAction): Promise<boolean> {
  const { principal } = work.command
  const form = work.world.app(row.app)?.forms.get(row.form)
  if (button.roles === undefined) {
    if (!(await may(work, row, 'update'))) return false
  } else if (principal.kind !== 'system' && !rolesIn(row.app, principal).some((role) => button.roles?.includes(role)))
    return false
  const facts = await factsOf(work, row)
  return button.visibleWhen === undefined || predicateOf(button.visibleWhen, form, lookupFrom(work, row.app))(facts)
}

async function fireTimer(
  work: Work,
  command: Extract<Command, { type: 'timer.fire' }>,
): Promise<Result<Outcome, Rejection>> {
  const { payload } = command
  const origin: Origin = { source: 'timer', cause: `timer:${command.key}`, depth: 0 }
  work.cancelTimer(command.key)
  if (payload.kind === 'accept') {
    await acceptanceDue(work, payload.task, origin)
    return ok({})
  }
  if (payload.kind === 'alert') {
    await alertDue(work, payload.alert, origin)
    return ok({})
  }
  if (payload.kind === 'rule') {
    const rejection = await ruleDue(work, { payload, dueAt: command.dueAt }, origin)
    return rejection ? fail(rejection) : ok({})
  }
  if (payload.kind === 'clock') {
    const rejection = await clockDue(work, payload, origin)
    return rejection ? fail(rejection) : ok({})
  }
  if (payload.kind === 'message') {
    await deliverMessage(work, payload, origin)
    return ok({})
  }
  if (payload.kind === 'call') {
    const rejection = await startCalled(work, payload.call, origin)
    return rejection ? fail(rejection) : ok({})
  }
  const { dueAt } = command
  const rejection =
    payload.kind === 'errand'
      ? await advance(work, payload.instance, payload.command, origin)
      : await advance(
          work,
          payload.instance,
          { type: 'timer.fire', node: payload.node, visit: payload.visit, dueAt },
          origin,
        )
  return rejection && !isOver(rejection) ? fail(rejection) : ok({})
}
