import { type CommandBody, type Id, type Instant, type Principal, parseDurationMs } from '@tenon/engine'
import { principalOf } from '../auth/identity.ts'
import { createExecutor, type ExecutorPorts } from '../commands/execute.ts'
import { findRecords } from '../import/find-records.ts'
import { newId } from '../store/new-id.ts'
import { TenonError } from '../tenon-error.ts'

type Step = {
  readonly after: string
  readonly by: string
  readonly do: string
  readonly node?: string
  readonly outcome?: string
  readonly values?: Values
  readonly comment?: string
  readonly visibility?: string
}
type Values = { readonly [field: string]: string | number | boolean }
/** A ticket of the sample that is played, not imported: `ago` before now, by its people, step by step. */
export type LiveTicket = {
  readonly ago: string
  readonly by: string
  readonly form: string
  readonly values: Values
  readonly links: { readonly [field: string]: readonly [form: string, field: string, value: string] }
  readonly steps: readonly Step[]
}

/**
 * Plays the live tickets through the ordinary commands at their own past moments, so that tasks, clocks and inboxes are
 * alive when somebody signs in. A step that does not fit any more (the task went to somebody else) ends its ticket there.
 */
export async function playLiveTickets(
  ports: ExecutorPorts,
  app: string,
  tickets: readonly LiveTicket[],
): Promise<number> {
  const now = ports.clock.now()
  let at: Instant = now
  const executor = createExecutor({ ...ports, clock: { now: () => at } })
  const run = async (username: string, body: CommandBody) => {
    const principal = personAs(ports, username)
    return executor.execute({ command: newId(at), principal, source: 'user', ...body })
  }
  for (const ticket of tickets) {
    at = now - (parseDurationMs(ticket.ago) ?? 0)
    const links = Object.fromEntries(
      await Promise.all(
        Object.entries(ticket.links).map(
          async ([field, [form, by, value]]) =>
            [field, (await findRecords(ports, app, form, by, [value])).get(value) ?? null] as const,
        ),
      ),
    )
    const created = await run(ticket.by, {
      type: 'record.create',
      app,
      form: ticket.form,
      values: { ...ticket.values, ...links },
    })
    if (!created.ok || !created.value.record)
      throw new TenonError(created.ok ? 'record.notFound' : created.error.code, {
        problems: created.ok ? [] : (created.error.problems ?? []).map((one) => `${one.path} ${one.code}`),
      })
    const { id } = created.value.record
    for (const step of ticket.steps) {
      at = Math.min(now, at + (parseDurationMs(step.after) ?? 0))
      const done = await playStep(ports, run, app, ticket.form, id, step)
      if (!done) break
    }
  }
  return tickets.length
}

function personAs(ports: ExecutorPorts, username: string): Principal {
  const { organisation } = ports.memory.now
  const person = organisation.byUsername(username)
  return (person && principalOf(organisation, person.id)) ?? { kind: 'anonymous' }
}

type Run = (username: string, body: CommandBody) => Promise<{ readonly ok: boolean }>

async function playStep(
  ports: ExecutorPorts,
  run: Run,
  app: string,
  form: string,
  id: Id,
  step: Step,
): Promise<boolean> {
  if (step.do === 'record.comment') {
    return (
      await run(step.by, {
        type: 'record.comment',
        app,
        form,
        id,
        body: step.comment ?? '',
        visibility: step.visibility === 'public' ? 'public' : 'internal',
      })
    ).ok
  }
  const open = await ports.store.read
    .selectFrom('tasks')
    .select(['id', 'assignee'])
    .where('record', '=', id)
    .where('node', '=', step.node ?? '')
    .where('state', '=', 'open')
    .execute()
  const task = open[0]
  if (!task) return false
  const by =
    step.by === 'assignee' ? task.assignee && ports.memory.now.organisation.person(task.assignee)?.username : step.by
  if (!by) return false
  if (step.do === 'task.claim') return (await run(by, { type: 'task.claim', task: task.id })).ok
  const body: CommandBody = {
    type: 'task.complete',
    task: task.id,
    values: step.values ?? {},
    ...(step.outcome ? { outcome: step.outcome } : {}),
    ...(step.comment ? { comment: step.comment } : {}),
  }
  return (await run(by, body)).ok
}
