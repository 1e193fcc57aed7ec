import {
  type Changes,
  type Field,
  fail,
  type Id,
  ok,
  type Principal,
  type Problem,
  pointer,
  problem,
  type RecordRef,
  type Rejection,
  type Result,
} from '@tenon/engine'
import type { Tx } from '../store/database.ts'
import type { Memory } from '../store/live-memory.ts'
import { classOf } from './sniff-type.ts'

type Claim = {
  readonly file: Id
  readonly record: RecordRef
  readonly path: string
  readonly accept: readonly string[] | undefined
}

/**
 * Binds the files that a command's records and comments name to their record. A file that is not there, that somebody
 * else has uploaded, or that belongs to another record, is not there for the one who names it.
 */
export async function claimFiles(
  tx: Tx,
  memory: Memory,
  changes: Changes,
  principal: Principal,
): Promise<Result<undefined, Rejection>> {
  const claims = [
    ...changes.records.flatMap((change) => recordClaims(memory, change)),
    ...changes.events.flatMap(eventClaims),
  ]
  const problems: Problem[] = []
  for (const claim of claims) problems.push(...(await refusal(tx, claim, principal)))
  if (problems.length > 0) return fail({ code: 'record.invalid', problems })
  for (const { file, record } of claims) {
    await tx
      .updateTable('files')
      .set({ app: record.app, form: record.form, record: record.id })
      .where('id', '=', file)
      .where('record', 'is', null)
      .execute()
  }
  return ok(undefined)
}

function recordClaims(memory: Memory, change: Changes['records'][number]): Claim[] {
  if (change.kind === 'delete') return []
  const form = memory.apps.app(change.row.app)?.model.forms.get(change.row.form)
  const before = change.kind === 'update' ? change.before.data : {}
  return [...(form?.fields.values() ?? [])]
    .filter((field) => field.target?.kind === 'file')
    .flatMap(({ id, definition }) => {
      const had = new Set(idsIn(before[id]))
      return idsIn(change.row.data[id])
        .filter((file) => !had.has(file))
        .map((file) => ({ file, record: change.row, path: pointer(id), accept: acceptOf(definition) }))
    })
}

const acceptOf = (definition: Field | undefined): readonly string[] | undefined =>
  definition && 'accept' in definition ? (definition.accept as readonly string[] | undefined) : undefined

const eventClaims = (event: Changes['events'][number]): Claim[] =>
  event.type === 'record.commented'
    ? idsIn(event.data.files).map((file) => ({ file, record: event, path: '/files', accept: undefined }))
    : []

const idsIn = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? value.filter((one): one is string => typeof one === 'string')
    : typeof value === 'string'
      ? [value]
      : []

async function refusal(tx: Tx, { file, record, path, accept }: Claim, principal: Principal): Promise<Problem[]> {
  const row = await tx
    .selectFrom('files')
    .select(['uploaded_by', 'record', 'media_type', 'name'])
    .where('id', '=', file)
    .executeTakeFirst()
  const isMine = principal.kind === 'system' || (row !== undefined && row.uploaded_by === uploaderOf(principal))
  if (!row || (row.record === null ? !isMine : row.record !== record.id)) return [problem('file.notFound', path)]
  const kind = classOf(row.media_type)
  return accept && (kind === undefined || !accept.includes(kind))
    ? [problem('file.wrongType', path, { name: row.name, allowed: [...accept] })]
    : []
}

/** Under whom a principal's files wait until a record names them; undefined: it has none. */
const uploaderOf = (principal: Principal): string | undefined =>
  principal.kind === 'user' ? principal.user.id : principal.kind === 'stranger' ? principal.visit : undefined
