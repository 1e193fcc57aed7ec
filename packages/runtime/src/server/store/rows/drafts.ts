import type { Id, Instant, JsonPatch } from '@tenon/engine'
import type { AppFile } from '../app-files.ts'
import type { Db, Tx } from '../database.ts'
import { deleteWhere, insertRows } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { TemplateBase } from './template-bases.ts'

export type DraftRow = Tables['drafts']

export const readDraft = (db: Db, app: string, name: string): Promise<DraftRow | undefined> =>
  db.selectFrom('drafts').selectAll().where('app', '=', app).where('name', '=', name).executeTakeFirst()

export const draftsOf = (db: Db, app: string): Promise<DraftRow[]> =>
  db.selectFrom('drafts').selectAll().where('app', '=', app).orderBy('name').execute()

export async function readDraftFiles(db: Db, draft: Id): Promise<readonly AppFile[]> {
  const rows = await db.selectFrom('draft_files').selectAll().where('draft', '=', draft).orderBy('path').execute()
  return rows.map((row) => JSON.parse(row.file) as AppFile)
}

/** Writes the files that are new or different and takes away those that are gone. */
export async function saveDraftFiles(
  tx: Tx,
  draft: Id,
  before: readonly AppFile[],
  after: readonly AppFile[],
): Promise<void> {
  const old = new Map(before.map((file) => [file.path, file]))
  const kept = new Set(after.map((file) => file.path))
  const changed = after.filter((file) => old.get(file.path) !== file)
  for (const path of [...changed.map((file) => file.path), ...[...old.keys()].filter((one) => !kept.has(one))])
    await tx.deleteFrom('draft_files').where('draft', '=', draft).where('path', '=', path).execute()
  await insertRows(
    tx,
    'draft_files',
    changed.map((file) => ({ draft, path: file.path, file: JSON.stringify(file) })),
  )
}

export type DraftEdit = {
  readonly seq: number
  readonly revision: number
  readonly at: Instant
  readonly by: Id | null
  readonly label: string
  readonly patch: JsonPatch
  readonly inverse: JsonPatch
  readonly undone: boolean
}

const decode = (row: Tables['draft_edits']): DraftEdit => ({
  seq: row.seq,
  revision: row.revision,
  at: row.made_at,
  by: row.made_by,
  label: row.label,
  patch: JSON.parse(row.patch) as JsonPatch,
  inverse: JSON.parse(row.inverse) as JsonPatch,
  undone: row.undone === 1,
})

/** The newest edit that holds, or the oldest that was undone after it. */
export async function neighbourEdit(db: Db, draft: Id, undone: boolean): Promise<DraftEdit | undefined> {
  const row = await db
    .selectFrom('draft_edits')
    .selectAll()
    .where('draft', '=', draft)
    .where('undone', '=', undone ? 1 : 0)
    .orderBy('seq', undone ? 'asc' : 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && decode(row)
}

export async function editsOf(db: Db, draft: Id, limit: number): Promise<readonly DraftEdit[]> {
  const rows = await db
    .selectFrom('draft_edits')
    .selectAll()
    .where('draft', '=', draft)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map(decode)
}

/** Steps of undo that are kept. */
const mostEdits = 1000

/** The template a draft was made from or upgraded to; `edit`: the revision that brought it in, absent: it began with it. */
export type DraftTemplate = TemplateBase & { readonly edit?: number }

/** The template that is in the draft, if one is: an upgrade that was taken back is not. */
export async function templateOf(db: Db, { id, template }: DraftRow): Promise<TemplateBase | undefined> {
  if (template === null) return undefined
  const { edit, ...base } = JSON.parse(template) as DraftTemplate
  if (edit === undefined) return base
  const rows = await db.selectFrom('draft_edits').select(['revision', 'undone']).where('draft', '=', id).execute()
  const row = rows.find(({ revision }) => revision === edit)
  // Edits so old that they are no longer kept cannot have been taken back.
  return row ? (row.undone === 0 ? base : undefined) : rows.length >= mostEdits ? base : undefined
}

/** A new edit: what had been undone can no longer be done again. */
export async function addEdit(tx: Tx, draft: Id, edit: Omit<DraftEdit, 'seq' | 'undone'>): Promise<void> {
  await tx.deleteFrom('draft_edits').where('draft', '=', draft).where('undone', '=', 1).execute()
  const last = await neighbourEdit(tx, draft, false)
  const seq = (last?.seq ?? 0) + 1
  await tx
    .insertInto('draft_edits')
    .values({
      draft,
      seq,
      revision: edit.revision,
      made_at: edit.at,
      made_by: edit.by,
      label: edit.label,
      patch: JSON.stringify(edit.patch),
      inverse: JSON.stringify(edit.inverse),
      undone: 0,
    })
    .execute()
  await tx
    .deleteFrom('draft_edits')
    .where('draft', '=', draft)
    .where('seq', '<=', seq - mostEdits)
    .execute()
}

export const forgetEdits = (tx: Tx, draft: Id): Promise<void> => deleteWhere(tx, 'draft_edits', 'draft', [draft])

/** Of every app that has never been published, the draft changed last. */
export async function unpublishedDrafts(db: Db): Promise<readonly DraftRow[]> {
  const rows = await db
    .selectFrom('drafts')
    .selectAll()
    .where('app', 'not in', (query) => query.selectFrom('apps').select('id'))
    .orderBy('updated_at', 'desc')
    .execute()
  return rows.filter((row, at) => rows.findIndex((one) => one.app === row.app) === at)
}
