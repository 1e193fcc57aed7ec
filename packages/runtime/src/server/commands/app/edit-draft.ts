import {
  applyPatch,
  fail,
  type Id,
  isObject,
  type JsonPatch,
  ok,
  pointer,
  type Rejection,
  type Result,
} from '@tenon/engine'
import { type AppFile, isAppPath, parseSources } from '../../store/app-files.ts'
import { readFiles } from '../../store/apps.ts'
import { kindOf } from '../../store/database.ts'
import {
  addEdit,
  type DraftEdit,
  type DraftRow,
  type DraftTemplate,
  forgetEdits,
  neighbourEdit,
  readDraft,
  readDraftFiles,
  saveDraftFiles,
} from '../../store/rows/drafts.ts'
import type { TemplateBase } from '../../store/rows/template-bases.ts'
import { TryAgain } from '../../store/try-again.ts'
import type { Unit } from '../execute.ts'
import { type AppDocument, documentOf, filesOf } from './draft-files.ts'

export const mainDraft = 'main'
export type DraftRef = { readonly app: string; readonly name: string }
export type Edited = { readonly revision: number; readonly patch: JsonPatch }

/** Bytes all files of a draft may have together. */
const mostBytes = 20_000_000

const actorOf = (unit: Unit): Id | null => (unit.by.kind === 'user' ? unit.by.user.id : null)

/** The draft as it stands in the transaction; one nobody has changed yet is made from the live version. */
async function openDraft(unit: Unit, { app, name }: DraftRef): Promise<{ row: DraftRow; files: readonly AppFile[] }> {
  const known = await readDraft(unit.tx, app, name)
  if (known) return { row: known, files: await readDraftFiles(unit.tx, known.id) }
  const version = unit.memory.apps.app(app)?.model.version ?? 0
  const files = version === 0 ? [] : await readFiles(unit.tx, app, version)
  return { row: await insertDraft(unit, { app, name }, version, files), files }
}

async function insertDraft(
  unit: Unit,
  ref: DraftRef,
  baseVersion: number,
  files: readonly AppFile[],
): Promise<DraftRow> {
  const row: DraftRow = {
    id: unit.newId(),
    ...ref,
    base_version: baseVersion,
    revision: 0,
    template: null,
    created_at: unit.now,
    updated_at: unit.now,
    updated_by: actorOf(unit),
  }
  await unit.tx.insertInto('drafts').values(row).execute()
  await saveDraftFiles(unit.tx, row.id, [], files)
  return row
}

const conflict = (row: DraftRow): Result<never, Rejection> =>
  fail({ code: 'draft.conflict', details: { revision: row.revision } })

/** Counts the revision up; somebody else who does the same at the same moment begins anew and finds the conflict. */
async function bump(unit: Unit, row: DraftRow, more: Partial<DraftRow> = {}): Promise<number> {
  const revision = row.revision + 1
  const written = await unit.tx
    .updateTable('drafts')
    .set({ ...more, revision, updated_at: unit.now, updated_by: actorOf(unit) })
    .where('id', '=', row.id)
    .where('revision', '=', row.revision)
    .executeTakeFirst()
  if (written.numUpdatedRows !== 1n) throw new TryAgain(`${kindOf(unit.tx)}: the draft was changed meanwhile`)
  unit.tell({ drafts: [{ app: row.app, id: row.id, revision }] })
  return revision
}

const templateText = (base: TemplateBase, edit: number): string =>
  JSON.stringify({ ...base, edit } satisfies DraftTemplate)

/** Replaces a draft whole, or makes it. Its history begins anew. */
export async function putDraft(
  unit: Unit,
  ref: DraftRef,
  files: readonly AppFile[],
  options: { readonly baseVersion: number; readonly revision?: number; readonly template?: TemplateBase },
): Promise<Result<{ readonly revision: number }, Rejection>> {
  const refused = refusal(files)
  if (refused) return fail(refused)
  const known = await readDraft(unit.tx, ref.app, ref.name)
  if (known ? options.revision !== undefined && options.revision !== known.revision : (options.revision ?? 0) !== 0)
    return known ? conflict(known) : fail({ code: 'draft.conflict', details: { revision: 0 } })
  const row = known ?? (await insertDraft(unit, ref, options.baseVersion, []))
  await saveDraftFiles(unit.tx, row.id, await readDraftFiles(unit.tx, row.id), files)
  await forgetEdits(unit.tx, row.id)
  const revision = await bump(unit, row, {
    base_version: options.baseVersion,
    template: options.template ? JSON.stringify(options.template) : null,
  })
  return ok({ revision })
}

function refusal(files: readonly AppFile[]): Rejection | undefined {
  const paths = files.map((file) => file.path)
  if (new Set(paths).size !== paths.length || !paths.every(isAppPath)) return { code: 'draft.path' }
  if (files.reduce((sum, file) => sum + ('text' in file ? file.text : file.base64).length, 0) > mostBytes)
    return { code: 'draft.tooLarge' }
  const sources = parseSources(files)
  return sources.ok ? undefined : { code: 'app.invalid', problems: sources.error }
}

export async function patchDraft(
  unit: Unit,
  ref: DraftRef,
  edit: { readonly revision: number; readonly label: string; readonly patch: JsonPatch },
): Promise<Result<Edited, Rejection>> {
  const { row, files } = await openDraft(unit, ref)
  if (row.revision !== edit.revision) return conflict(row)
  const applied = await apply(unit, row, files, edit.patch)
  if (!applied.ok) return applied
  const revision = await bump(unit, row)
  const { label, patch } = edit
  const { inverse } = applied.value
  await addEdit(unit.tx, row.id, { revision, at: unit.now, by: actorOf(unit), label, patch, inverse })
  return ok({ revision, patch })
}

/**
 * Takes back the newest edit that holds, or does the oldest undone one again. Works as long as the draft is there. An
 * edit of somebody else only on purpose (`others`).
 */
export async function stepDraft(
  unit: Unit,
  ref: DraftRef,
  { revision, others = false }: { readonly revision: number; readonly others?: boolean },
  direction: 'undo' | 'redo',
): Promise<Result<Edited, Rejection>> {
  const row = await readDraft(unit.tx, ref.app, ref.name)
  if (!row) return fail({ code: 'draft.nothingToUndo' })
  if (row.revision !== revision) return conflict(row)
  const edit = await neighbourEdit(unit.tx, row.id, direction === 'redo')
  if (!edit) return fail({ code: 'draft.nothingToUndo' })
  if (edit.by !== actorOf(unit) && !others) return fail({ code: 'draft.othersEdit', details: whose(unit, edit) })
  const patch = direction === 'undo' ? edit.inverse : edit.patch
  const applied = await apply(unit, row, await readDraftFiles(unit.tx, row.id), patch)
  if (!applied.ok) return applied
  await unit.tx
    .updateTable('draft_edits')
    .set({ undone: direction === 'undo' ? 1 : 0 })
    .where('draft', '=', row.id)
    .where('seq', '=', edit.seq)
    .execute()
  return ok({ revision: await bump(unit, row), patch })
}

const whose = (unit: Unit, { by, label }: DraftEdit) => ({
  name: (by === null ? undefined : unit.memory.organisation.person(by)?.name) ?? 'Tenon',
  label,
})

async function apply(
  unit: Unit,
  row: DraftRow,
  files: readonly AppFile[],
  patch: JsonPatch,
): Promise<Result<{ readonly inverse: JsonPatch }, Rejection>> {
  const before = documentOf(files)
  const patched = applyPatch(before, patch)
  if (!patched.ok) {
    const { code, at, path } = patched.error
    return fail({ code: 'draft.patch', problems: [{ code, path: pointer('patch', at), details: { path } }] })
  }
  const { document, inverse } = patched.value
  if (!isObject(document)) return fail({ code: 'draft.path' })
  const after = filesOf(document as AppDocument, files, before)
  const refused = refusal(after)
  if (refused) return fail(refused)
  await saveDraftFiles(unit.tx, row.id, files, after)
  return ok({ inverse })
}

/**
 * Puts a merged content into a draft as one edit, so that it can be taken back. `revision`: the one that was merged;
 * another one refuses.
 */
export async function mergeIntoDraft(
  unit: Unit,
  ref: DraftRef,
  document: AppDocument,
  more: {
    readonly baseVersion: number
    readonly revision?: number
    readonly template?: TemplateBase
    readonly label: string
  },
): Promise<Result<{ readonly revision: number }, Rejection>> {
  const { row, files } = await openDraft(unit, ref)
  if (more.revision !== undefined && more.revision !== row.revision) return conflict(row)
  const before = documentOf(files)
  const patch: JsonPatch = [{ op: 'replace', path: '', value: document }]
  const after = filesOf(document, files, before)
  const refused = refusal(after)
  if (refused) return fail(refused)
  await saveDraftFiles(unit.tx, row.id, files, after)
  const revision = await bump(unit, row, {
    base_version: more.baseVersion,
    ...(more.template === undefined ? {} : { template: templateText(more.template, row.revision + 1) }),
  })
  const inverse: JsonPatch = [{ op: 'replace', path: '', value: before }]
  await addEdit(unit.tx, row.id, { revision, at: unit.now, by: actorOf(unit), label: more.label, patch, inverse })
  return ok({ revision })
}
