import { rolesIn } from '../access/entries.ts'
import type { Rejection } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Command } from './commands.ts'
import { receiveMessage } from './correlation.ts'
import { advance } from './flows.ts'
import type { RecordRef } from './rows.ts'
import { type Origin, refOf, type Work } from './work.ts'

type Done = Result<{ readonly ref?: RecordRef }, Rejection>

/** A message from outside: from a system's own doors, or from whoever manages the app. */
export async function inject(
  work: Work,
  command: Extract<Command, { type: 'message.receive' }>,
  origin: Origin,
): Promise<Done> {
  if (!work.world.app(command.app) || !manages(work, command.app)) return fail({ code: 'access.denied' })
  const { app, name, key, message, data, ttl } = command
  const [first] = await work.waiting(app, 'message', name, key)
  // Locked before the queue of the message, as every command does it.
  const here = first && (await work.instance(first.instance))
  await receiveMessage(
    work,
    { app, name, key, message, ...(data === undefined ? {} : { data }), ...(ttl === undefined ? {} : { ttl }) },
    here,
    origin,
  )
  return ok(here ? { ref: refOf(here) } : {})
}

/** Has a stuck flow tried again, or an open multi-instance activity done for one more item. */
export async function operate(
  work: Work,
  command: Extract<Command, { type: 'flow.retry' | 'flow.addItem' }>,
  origin: Origin,
): Promise<Done> {
  const instance = await work.instance(command.instance)
  if (!instance || !manages(work, instance.app)) return fail({ code: 'access.denied' })
  if (command.type === 'flow.addItem') {
    const { node, item } = command
    const rejection = await advance(work, command.instance, { type: 'item.add', node, item }, origin)
    return rejection ? fail(rejection) : ok({ ref: refOf(instance) })
  }
  const rejection = await advance(work, command.instance, { type: 'retry' }, origin)
  if (rejection) return fail(rejection)
  await work.event(instance, 'flow.retried', { flow: instance.flow, instance: instance.instance }, origin)
  return ok({ ref: refOf(instance) })
}

/** The system itself, an administrator, or a role that manages the app. */
function manages(work: Work, app: string): boolean {
  const { principal } = work.command
  if (principal.kind === 'system') return true
  if (principal.kind !== 'user') return false
  const managing = (work.world.app(app)?.definition.roles ?? []).filter((role) => role.can?.includes('manage'))
  const held = rolesIn(app, principal)
  return principal.admin || managing.some((role) => held.includes(role.id))
}
