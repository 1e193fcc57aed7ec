import { rightsOn } from '../access/access.ts'
import type { NodeOf } from '../definitions/flow.ts'
import { sameValue } from '../fields/compare.ts'
import { recompute } from '../forms/recompute.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Json } from '../kernel/json.ts'
import type { Problem, Rejection } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { RecordData } from '../kernel/value-kind.ts'
import type { FormModel } from '../model.ts'
import type { Command, History, Values } from './commands.ts'
import { type Door, evaluate } from './evaluate.ts'
import { factsOf, lookupFrom } from './facts-of.ts'
import { may } from './permission.ts'
import { numberSerials, referenceProblems, titleOf, uniqueProblems } from './record-values.ts'
import type { RecordRef, RecordRow } from './rows.ts'
import { type Origin, refOf, type Work } from './work.ts'

type Mask = NonNullable<NodeOf<'userTask'>['fields']>
export type Creation = {
  readonly app: string
  readonly form: string
  readonly values: Values
  readonly door: Door
  readonly id?: Id
  readonly history?: History
  readonly batch?: Id
}
export type Update = {
  readonly ref: RecordRef
  readonly values: Values
  readonly door: Door
  readonly mask?: Mask
  readonly version?: number
}

const formOf = (work: Work, ref: { readonly app: string; readonly form: string }): FormModel | undefined =>
  work.world.app(ref.app)?.forms.get(ref.form)

/** Creates a record: all problems of the submission at once, or the row. */
export async function createRecord(
  work: Work,
  creation: Creation,
  origin: Origin,
): Promise<Result<RecordRow, Rejection>> {
  const form = formOf(work, creation)
  if (!form) return fail({ code: 'record.notFound' })
  const blank = blankRow(work, creation)
  const rights = rightsOn(form, work.command.principal)
  // For somebody without any right the form is not there at all.
  if (creation.door === 'person' && !rights.has(creation.history ? 'import' : 'create'))
    return fail({ code: rights.size === 0 ? 'record.notFound' : 'access.denied' })
  // Numbered first, so that formulas and the title can read the number.
  const numbered = { ...blank, data: await numberSerials(work, form, blank.data, blank.createdAt) }
  const evaluated = await evaluate(work, form, {
    row: numbered,
    isNew: true,
    values: creation.values,
    door: creation.history ? 'history' : creation.door,
  })
  const row = { ...blank, data: evaluated.data }
  const problems = [
    ...evaluated.problems,
    ...(await valueProblems(work, form, row, Object.keys(row.data), creation.door)),
  ]
  if (problems.length > 0) return fail({ code: 'record.invalid', problems })
  const titled = { ...row, title: await titleOf(work, form, row) }
  if (creation.door === 'person' && !(await may(work, titled, creation.history ? 'import' : 'create')))
    return fail({ code: 'access.denied' })
  work.insert(titled)
  await tellCreated(work, titled, creation, origin)
  return ok(titled)
}

async function tellCreated(work: Work, row: RecordRow, creation: Creation, origin: Origin): Promise<void> {
  const type = creation.history ? 'record.imported' : 'record.created'
  await work.event(row, type, { values: row.data as { readonly [key: string]: Json } }, origin, row.createdAt)
  for (const entry of creation.history?.entries ?? []) {
    await work.event(row, 'history.entry', { by: entry.by, text: entry.text, values: entry.values }, origin, entry.at)
  }
  if (creation.history) return
  work.react({
    ref: refOf(row),
    event: 'created',
    changed: Object.keys(row.data),
    previous: undefined,
    detail: {},
    origin,
  })
}

function blankRow(work: Work, creation: Creation): RecordRow {
  const { history } = creation
  return {
    app: creation.app,
    form: creation.form,
    id: creation.id ?? work.context.newId(),
    version: 1,
    createdAt: history?.createdAt ?? work.now,
    createdBy: history ? (history.createdBy ?? null) : work.actor,
    updatedAt: history?.updatedAt ?? work.now,
    updatedBy: history ? (history.createdBy ?? null) : work.actor,
    title: '',
    data: {},
    history: history !== undefined,
    batch: creation.batch ?? null,
  }
}

/** Changes a record. Nothing that changes nothing is written. */
export async function updateRecord(work: Work, update: Update, origin: Origin): Promise<Result<RecordRow, Rejection>> {
  const form = formOf(work, update.ref)
  const row = await work.record(update.ref)
  if (!form || !row) return fail({ code: 'record.notFound' })
  const refusal = await updateRefusal(work, row, update)
  if (refusal) return fail(refusal)
  const evaluated = await evaluate(work, form, {
    row,
    isNew: false,
    values: update.values,
    door: update.door,
    ...(update.mask ? { mask: update.mask } : {}),
  })
  const changed = evaluated.changed
  const next = { ...row, data: evaluated.data }
  const problems = [...evaluated.problems, ...(await valueProblems(work, form, next, changed, update.door, row.data))]
  if (problems.length > 0) return fail({ code: 'record.invalid', problems })
  if (changed.length === 0) return ok(row)
  const titled = { ...next, title: await titleOf(work, form, next) }
  if (update.door === 'person' && !(await may(work, titled, 'read'))) return fail({ code: 'access.denied' })
  return ok(await writeChange(work, row, titled, changed, origin))
}

async function updateRefusal(work: Work, row: RecordRow, update: Update): Promise<Rejection | undefined> {
  if (update.door === 'system') return undefined
  if (!(await may(work, row, 'read'))) return { code: 'record.notFound' }
  if (update.door === 'person' && !(await may(work, row, 'update'))) return { code: 'access.denied' }
  const before = await work.before(update.ref)
  if (update.version !== undefined && before && update.version !== before.version)
    return { code: 'version.conflict', details: { current: before.version } }
  return undefined
}

async function writeChange(
  work: Work,
  before: RecordRow,
  next: RecordRow,
  changed: readonly string[],
  origin: Origin,
): Promise<RecordRow> {
  const row = await work.update(next)
  await work.event(row, 'record.updated', { changes: changesOf(before.data, row.data, changed) }, origin)
  work.react({ ref: refOf(row), event: 'changed', changed, previous: before, detail: {}, origin })
  return row
}

/**
 * Writes fields the platform itself keeps (clock results, who has the task), and the formulas and title that read them:
 * noted in the trail, but no rule reacts to them.
 */
export async function writeComputed(work: Work, ref: RecordRef, values: RecordData, origin: Origin): Promise<void> {
  const form = formOf(work, ref)
  const before = await work.record(ref)
  if (!form || !before) return
  const written = Object.keys(values).filter((field) => !sameValue(before.data[field], values[field]))
  if (written.length === 0) return
  const next = { ...before, data: Object.assign({}, before.data, values) }
  const computed = recompute(form, next.data, written, await factsOf(work, next), lookupFrom(work, ref.app))
  const data = Object.fromEntries(Object.entries(computed).filter(([id]) => form.fields.get(id)?.stored !== false))
  const changed = [...form.fields.keys()].filter((field) => !sameValue(before.data[field], data[field]))
  const row = await work.update({ ...next, data, title: await titleOf(work, form, { ...next, data }) })
  await work.event(row, 'record.updated', { changes: changesOf(before.data, row.data, changed) }, origin)
}

const changesOf = (
  before: RecordData,
  after: RecordData,
  changed: readonly string[],
): { readonly [field: string]: Json } =>
  Object.fromEntries(changed.map((field) => [field, [before[field] ?? null, after[field] ?? null]]))

async function valueProblems(
  work: Work,
  form: FormModel,
  row: RecordRow,
  changed: readonly string[],
  door: Door,
  before?: RecordData,
): Promise<readonly Problem[]> {
  return [
    ...(await referenceProblems(work, form, row, changed, door, before)),
    ...(await uniqueProblems(work, form, row, changed)),
  ]
}

/** Moves the record to a stage; its clocks and rules see the change. */
export async function reachStage(
  work: Work,
  ref: RecordRef,
  stage: string,
  origin: Origin,
): Promise<Rejection | undefined> {
  const form = formOf(work, ref)
  const before = await work.record(ref)
  if (!form?.stageField || !before || before.data[form.stageField] === stage) return undefined
  const field = form.stageField
  const from = before.data[field] ?? null
  const result = await updateRecord(work, { ref, values: { [field]: stage }, door: 'system' }, origin)
  if (!result.ok) return result.error
  await work.event(ref, 'stage.changed', { from, to: stage }, origin)
  work.react({
    ref: refOf(ref),
    event: 'stageChanged',
    changed: [field],
    previous: before,
    detail: { from, to: stage },
    origin,
  })
  return undefined
}

/** Why a record may not be deleted by the one who asks; undefined: it may. */
export async function deleteRefusal(
  work: Work,
  command: Extract<Command, { type: 'record.delete' }>,
): Promise<Rejection | undefined> {
  const row = await work.record(command)
  if (!row || !(await may(work, row, 'read'))) return { code: 'record.notFound' }
  if (!(await may(work, row, 'delete'))) return { code: 'access.denied' }
  if (command.version !== undefined && command.version !== row.version)
    return { code: 'version.conflict', details: { current: row.version } }
  return undefined
}

/** Deletes a record; the audit entry keeps all it was. */
export async function deleteRecord(work: Work, ref: RecordRef, origin: Origin): Promise<void> {
  const row = await work.record(ref)
  if (!row) return
  await work.event(
    row,
    'record.deleted',
    { values: row.data as { readonly [key: string]: Json }, title: row.title },
    origin,
  )
  await work.remove(row)
}

export type Comment = {
  readonly ref: RecordRef
  readonly body: string
  readonly visibility: 'internal' | 'public'
  readonly mentions?: readonly Id[]
  readonly files?: readonly Id[]
}

/** Writes a comment on a record: to the customer (public) or among colleagues (internal). */
export async function comment(
  work: Work,
  { ref, body, visibility, mentions = [], files = [] }: Comment,
  origin: Origin,
  at: Instant = work.now,
): Promise<void> {
  await work.event(
    ref,
    'record.commented',
    { body, visibility, mentions: [...mentions], files: [...files] },
    origin,
    at,
  )
  // What a rule, a flow or a timer writes is nobody's: neither an answer of ours nor a question of the customer.
  const automatic = origin.source === 'rule' || origin.source === 'flow' || origin.source === 'timer'
  const byStaff = work.command.principal.kind === 'user' && !automatic
  work.react({
    ref: refOf(ref),
    event: 'commented',
    changed: [],
    previous: await work.record(ref),
    detail: { visibility, by_staff: byStaff, automatic, body },
    origin,
  })
}
