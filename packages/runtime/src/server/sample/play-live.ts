import { type CommandBody, fail, type Id, type Instant, ok, parseDurationMs, type Rejection } from '@tenon/engine'
import { principalOf } from '../auth/identity.ts'
import type { Executor } from '../commands/execute.ts'
import { findRecords } from '../import/find-records.ts'
import type { ImportPorts } from '../import/index.ts'
import type { Tx } from '../store/database.ts'
import { newId } from '../store/new-id.ts'
import { TenonError } from '../tenon-error.ts'
import type { LiveStep, LiveTicket, LiveTickets } from './live-ticket.ts'

type Play = {
  readonly app: string
  /** Who plays whom: nobody else acts, whatever he is called. */
  readonly people: ReadonlyMap<string, Id>
  /** The batch that its records can be taken back by; absent: they stay. */
  readonly batch?: Id
  /** Nothing goes outside while it is played. */
  readonly quiet: boolean
  readonly onProgress?: (done: number, total: number) => Promise<void>
}
type Tell = Parameters<Executor['inTurn']>[0]
type Stage = Play & { readonly run: Parameters<Tell>[0]; readonly tx: Tx; readonly memory: Parameters<Tell>[2] }

/**
 * Plays the running work of the demo through the ordinary commands at its own past moments, so that tasks, clocks and
 * inboxes are alive when somebody looks. Each ticket is one transaction: no timer of it goes off before it has come to
 * today. A step that does not fit any more (the task went to somebody else) ends its ticket there; a ticket that cannot
 * even begin ends the play, told by its place.
 */
export async function playLive(ports: ImportPorts, tickets: LiveTickets, play: Play): Promise<number> {
  const now = ports.clock.now()
  for (const [index, ticket] of tickets.entries()) {
    const links = await linksOf(ports, play.app, ticket)
    const tell: Tell = (run, tx, memory) => playTicket({ ...play, run, tx, memory }, ticket, links, now)
    const played = await ports.executor.inTurn(tell, { quiet: play.quiet })
    if (!played.ok) throw notPlayed(played.error, index + 1)
    await play.onProgress?.(index + 1, tickets.length)
  }
  return tickets.length
}

const notPlayed = ({ code, details = {}, problems = [] }: Rejection, ticket: number): TenonError =>
  new TenonError('sample.notPlayed', { ticket }, problems.length > 0 ? problems : [{ code, path: '', details }])

async function linksOf(ports: ImportPorts, app: string, { links }: LiveTicket): Promise<Record<string, Id | null>> {
  const found = Object.entries(links).map(
    async ([field, [form, by, value]]) =>
      [field, (await findRecords(ports, app, form, by, [value])).get(value) ?? null] as const,
  )
  return Object.fromEntries(await Promise.all(found))
}

async function playTicket(
  stage: Stage,
  { ago, by, form, values, steps }: LiveTicket,
  links: Record<string, Id | null>,
  now: Instant,
): ReturnType<Tell> {
  let at = now - (parseDurationMs(ago) ?? 0)
  const { app, batch } = stage
  const creation = { type: 'record.create', app, form, values: { ...values, ...links } } as const
  const created = await act(stage, stage.people.get(by), at, { ...creation, ...(batch === undefined ? {} : { batch }) })
  if (!created.ok) return created
  const id = created.value.record?.id
  if (id === undefined) return fail({ code: 'record.notFound' })
  for (const step of steps) {
    at = Math.min(now, at + (parseDurationMs(step.after) ?? 0))
    if (!(await playStep(stage, { app, form, id }, step, at))) break
  }
  return ok(undefined)
}

/** As one of the people of the demo; whoever is none of them does nothing. */
async function act({ run, memory, people }: Stage, user: Id | undefined, at: Instant, body: CommandBody) {
  const isOurs = user !== undefined && [...people.values()].includes(user)
  const principal = (isOurs && principalOf(memory.organisation, user)) || ({ kind: 'anonymous' } as const)
  return run({ command: newId(at), principal, source: 'user', ...body }, at)
}

type Subject = { readonly app: string; readonly form: string; readonly id: Id }

/** Whether the step could be made. */
async function playStep(stage: Stage, subject: Subject, step: LiveStep, at: Instant): Promise<boolean> {
  const { people, tx } = stage
  if (step.do === 'record.comment') {
    const body = step.comment ?? ''
    const said = { type: step.do, ...subject, body, visibility: step.visibility ?? 'internal' } as const
    return (await act(stage, people.get(step.by), at, said)).ok
  }
  const task = await tx
    .selectFrom('tasks')
    .select(['id', 'assignee'])
    .where('record', '=', subject.id)
    .where('node', '=', step.node ?? '')
    .where('state', '=', 'open')
    .executeTakeFirst()
  if (!task) return false
  const by = step.by === 'assignee' ? (task.assignee ?? undefined) : people.get(step.by)
  if (step.do === 'task.claim') return (await act(stage, by, at, { type: step.do, task: task.id })).ok
  const { values = {}, outcome, comment } = step
  return (
    await act(stage, by, at, {
      type: step.do,
      task: task.id,
      values,
      ...(outcome ? { outcome } : {}),
      ...(comment ? { comment } : {}),
    })
  ).ok
}
