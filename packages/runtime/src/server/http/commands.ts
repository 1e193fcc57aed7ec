import type { Answer, CommandBody, Id, RecordRow } from '@tenon/engine'
import { formatInstant } from '@tenon/engine'
import type { RecordView } from '@tenon/runtime/contract'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../auth/identity.ts'
import type { Doors } from '../doors.ts'
import { rejected, TenonError } from '../tenon-error.ts'
import { callerOf } from './plugins/identity.ts'
import { statusOf } from './problems.ts'
import { intentionOf } from './routes/parameters.ts'

/**
 * Sends one command down the write path and gives its answer, or throws the refusal. A request of several commands
 * names each `part`, so that its one idempotency key stands for all of them.
 */
export async function carryOut(doors: Doors, request: FastifyRequest, body: CommandBody, part = ''): Promise<Answer> {
  const principal = callerOf(request)
  const intention = intentionOf(request, part)
  const source = request.identity.via === 'session' ? 'user' : 'api'
  const result = await doors.commands.execute(principal, body, { source, ...(intention && { intention }) })
  if (result.ok) return result.value
  if (statusOf(result.error.code) !== 409) throw rejected(result.error)
  throw rejected(result.error, await standsAt(doors, principal, body))
}

/** Who is told of a conflict sees what is there now, as far as they may: the record and, of a task, who decided it. */
async function standsAt(
  doors: Doors,
  principal: Caller,
  body: CommandBody,
): Promise<Readonly<Record<string, unknown>>> {
  const task =
    'task' in body && principal.kind === 'user'
      ? await doors.tasks.get(principal, body.task).catch(() => undefined)
      : undefined
  const about = task ? { ...task, id: task.record.id } : 'id' in body && body.id !== undefined ? body : undefined
  if (!about || !('form' in about)) return {}
  const current = await doors.records.get(principal, about.app, about.form, about.id ?? '').catch(() => undefined)
  return { ...(current && { current }), ...(task && { task }) }
}

/**
 * The id of what a creating request will make, where it has an idempotency key: repeated, it gets the same id, and
 * what is there under it already is the answer. `body` stands for the request's where that was no JSON.
 */
export async function reservedId(doors: Doors, request: FastifyRequest, body?: unknown): Promise<Id | undefined> {
  const intention = intentionOf(request, '', body)
  return intention && doors.commands.reserve(callerOf(request), intention)
}

/**
 * The record after a command, as the caller may see it. One that has left their sight (handed on, or created for
 * others) answers with its id and nothing else.
 */
export async function viewAfter(doors: Doors, request: FastifyRequest, row: RecordRow): Promise<RecordView> {
  // With a key it may be the answer of long ago: then the record is read as it is now.
  const known = request.headers['idempotency-key'] === undefined ? row : undefined
  try {
    return await doors.records.get(callerOf(request), row.app, row.form, row.id, known)
  } catch (error) {
    if (error instanceof TenonError && error.code === 'record.notFound') return outOfSight(row)
    throw error
  }
}

const outOfSight = ({ app, form, id, version, createdAt, updatedAt }: RecordRow): RecordView => ({
  app,
  form,
  id,
  version,
  title: '',
  created_at: formatInstant(createdAt),
  created_by: null,
  updated_at: formatInstant(updatedAt),
  updated_by: null,
  values: {},
  refs: {},
  can: [],
  actions: [],
  clocks: [],
  history: false,
})
