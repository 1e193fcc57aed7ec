import {
  formatInstant,
  type Id,
  type Locale,
  type MergeConflict,
  type MergeDecisions,
  mergeDocuments,
  ok,
  type Principal,
  placeTeller,
  tellChanges,
} from '@tenon/engine'
import type { MergeAnswer, StepDraft, WireConflict } from '@tenon/runtime/contract'
import type { Clock } from '../clock.ts'
import { type AppDocument, documentOf, filesOf } from '../commands/app/draft-files.ts'
import { mergeIntoDraft, patchDraft, putDraft, stepDraft } from '../commands/app/edit-draft.ts'
import { allKinds } from '../commands/app/publish.ts'
import type { DesignDoors, DraftDoors } from '../doors.ts'
import { type AppFile, inOrder } from '../store/app-files.ts'
import { readFiles } from '../store/apps.ts'
import type { LiveMemory } from '../store/live-memory.ts'
import {
  type DraftRow,
  draftsOf,
  editsOf,
  neighbourEdit,
  readDraft,
  readDraftFiles,
  templateOf,
} from '../store/rows/drafts.ts'
import { templateBaseOf } from '../store/rows/template-bases.ts'
import type { Store } from '../store/store.ts'
import { notFound, TenonError } from '../tenon-error.ts'
import { changedFiles, fileFromWire, fileToWire } from './design-views.ts'
import type { Performing } from './performing.ts'
import { problemsOf } from './problems-of.ts'

type Ports = {
  readonly store: Store
  readonly memory: LiveMemory
  readonly clock: Clock
  readonly perform: Performing
  readonly design: DesignDoors
}

/** Somebody who has not been heard of for this long has left. */
const presentMs = 60_000

export function draftDoors(ports: Ports): DraftDoors {
  const { store, memory, clock, perform } = ports
  const nameOf = (id: Id | null) => (id === null ? null : (memory.now.organisation.person(id)?.name ?? null))
  const live = (app: string) => memory.now.apps.app(app)?.model.version ?? 0
  const steps = async (draft: Id) => ({
    canUndo: (await neighbourEdit(store.read, draft, false)) !== undefined,
    canRedo: (await neighbourEdit(store.read, draft, true)) !== undefined,
  })
  const must = async (app: string, name: string) => {
    const row = await readDraft(store.read, app, name)
    if (!row) throw new TenonError('draft.missing')
    return row
  }
  const edited = async (app: string, name: string, done: { readonly revision: number; readonly patch: object }) => ({
    revision: done.revision,
    patch: structuredClone(done.patch) as Record<string, unknown>[],
    ...(await steps((await must(app, name)).id)),
  })
  const step = async (by: Principal, app: string, name: string, asked: StepDraft, direction: 'undo' | 'redo') =>
    edited(app, name, await perform(by, (unit) => stepDraft(unit, { app, name }, asked, direction)))

  return {
    async list(_principal, app) {
      const rows = await draftsOf(store.read, app)
      return {
        items: rows.map((row) => ({
          id: row.id,
          name: row.name,
          revision: row.revision,
          baseVersion: row.base_version,
          updatedAt: formatInstant(row.updated_at),
          updatedBy: nameOf(row.updated_by),
        })),
      }
    },
    async read(_principal, app, name) {
      const row = await readDraft(store.read, app, name)
      const version = live(app)
      if (!row && version === 0) throw notFound()
      const files = row ? await readDraftFiles(store.read, row.id) : await readFiles(store.read, app, version)
      return {
        id: row?.id ?? null,
        app,
        name,
        revision: row?.revision ?? 0,
        baseVersion: row?.base_version ?? version,
        liveVersion: version,
        updatedAt: row ? formatInstant(row.updated_at) : null,
        updatedBy: row ? nameOf(row.updated_by) : null,
        files: files.map(fileToWire),
        ...(row ? await steps(row.id) : { canUndo: false, canRedo: false }),
      }
    },
    async put(by, app, name, { files, baseVersion, revision, copyOf }) {
      const copied = copyOf === undefined ? undefined : await templateOf(store.read, await must(app, copyOf))
      const options = {
        baseVersion,
        ...(revision === undefined ? {} : { revision }),
        ...(copied === undefined ? {} : { template: copied }),
      }
      const done = await perform(by, (unit) => putDraft(unit, { app, name }, inOrder(files.map(fileFromWire)), options))
      return edited(app, name, { ...done, patch: [] })
    },
    async patch(by, app, name, { revision, label = '', patch }) {
      return edited(app, name, await perform(by, (unit) => patchDraft(unit, { app, name }, { revision, label, patch })))
    },
    undo: (by, app, name, asked) => step(by, app, name, asked, 'undo'),
    redo: (by, app, name, asked) => step(by, app, name, asked, 'redo'),
    async history(_principal, app, name) {
      const row = await readDraft(store.read, app, name)
      if (!row) return { revision: 0, items: [] }
      const edits = await editsOf(store.read, row.id, 200)
      return {
        revision: row.revision,
        items: edits.map((edit) => ({
          seq: edit.seq,
          revision: edit.revision,
          at: formatInstant(edit.at),
          by: nameOf(edit.by),
          label: edit.label,
          undone: edit.undone,
          patch: edit.patch.map((one) => ({ ...one })),
        })),
      }
    },
    async remove(by, app, name) {
      await perform(by, async (unit) => {
        const row = await readDraft(unit.tx, app, name)
        if (row) {
          await unit.tx.deleteFrom('drafts').where('id', '=', row.id).execute()
          unit.tell({ drafts: [{ app, id: row.id, revision: row.revision + 1 }] })
        }
        return ok(undefined)
      })
    },
    async present(by, app, name, { place = '' }) {
      const row = await readDraft(store.read, app, name)
      if (!row || by.kind !== 'user') return { people: [] }
      await perform(by, async (unit) => {
        const known = await unit.tx
          .selectFrom('draft_presence')
          .select('place')
          .where('draft', '=', row.id)
          .where('user_id', '=', by.user.id)
          .executeTakeFirst()
        await unit.tx
          .insertInto('draft_presence')
          .values({ draft: row.id, user_id: by.user.id, place, seen_at: unit.now })
          .onConflict((conflict) => conflict.columns(['draft', 'user_id']).doUpdateSet({ place, seen_at: unit.now }))
          .execute()
        if (known?.place !== place) unit.tell({ drafts: [{ app, id: row.id, revision: row.revision }] })
        return ok(undefined)
      })
      const rows = await store.read
        .selectFrom('draft_presence')
        .selectAll()
        .where('draft', '=', row.id)
        .where('user_id', '!=', by.user.id)
        .where('seen_at', '>', clock.now() - presentMs)
        .orderBy('user_id')
        .execute()
      return {
        people: rows.map((one) => ({
          user: one.user_id,
          name: nameOf(one.user_id) ?? '',
          place: one.place,
          seenAt: formatInstant(one.seen_at),
        })),
      }
    },
    async comments(_principal, app) {
      const rows = await store.read
        .selectFrom('design_comments')
        .selectAll()
        .where('app', '=', app)
        .orderBy('id')
        .execute()
      return {
        items: rows.map((row) => ({
          id: row.id,
          place: row.place,
          body: row.body,
          at: formatInstant(row.made_at),
          by: nameOf(row.made_by),
          resolvedAt: row.resolved_at === null ? null : formatInstant(row.resolved_at),
          resolvedBy: nameOf(row.resolved_by),
        })),
      }
    },
    async comment(by, app, { place, body }, reserved) {
      await perform(by, async (unit) => {
        const row = {
          id: reserved ?? unit.newId(),
          app,
          place,
          body,
          made_at: unit.now,
          made_by: by.kind === 'user' ? by.user.id : null,
          resolved_at: null,
          resolved_by: null,
        }
        await unit.tx
          .insertInto('design_comments')
          .values(row)
          .onConflict((one) => one.column('id').doNothing())
          .execute()
        unit.tell({ drafts: [{ app, id: row.id, revision: 0 }] })
        return ok(undefined)
      })
      return this.comments(by, app)
    },
    async resolveComment(by, app, id, resolved) {
      const found = await perform(by, async (unit) => {
        const done = await unit.tx
          .updateTable('design_comments')
          .set({
            resolved_at: resolved ? unit.now : null,
            resolved_by: resolved && by.kind === 'user' ? by.user.id : null,
          })
          .where('app', '=', app)
          .where('id', '=', id)
          .executeTakeFirst()
        unit.tell({ drafts: [{ app, id, revision: 0 }] })
        return ok(done.numUpdatedRows === 1n)
      })
      if (!found) throw notFound()
      return this.comments(by, app)
    },
    async rebase(by, app, name, { revision, decisions = {}, dryRun }, locale) {
      const row = await must(app, name)
      if (row.revision !== revision) throw new TenonError('draft.conflict', { revision: row.revision })
      const version = live(app)
      const base = row.base_version === 0 ? [] : await readFiles(store.read, app, row.base_version)
      const mine = await readDraftFiles(store.read, row.id)
      const theirs = version === 0 ? [] : await readFiles(store.read, app, version)
      const merged = mergeFiles(base, mine, theirs, decisions)
      const answer = mergeAnswer(name, revision, merged, theirs, locale)
      if (dryRun === true) return answer
      const label = locale === 'en' ? `brought up to version ${version}` : `更新到版本 ${version}`
      const done = await perform(by, (unit) =>
        mergeIntoDraft(unit, { app, name }, merged.document, { baseVersion: version, revision, label }),
      )
      return { ...answer, revision: done.revision }
    },
    async upgrade(by, app, { files, decisions = {}, dryRun }, locale) {
      const version = live(app)
      if (version === 0) throw notFound()
      const theirs = inOrder(files.map(fileFromWire))
      const base = await templateBaseOf(store.read, app, version)
      const mine = await readFiles(store.read, app, version)
      const merged = mergeFiles(base.files, mine, theirs, decisions, base.decisions)
      const { name, revision } = await draftForUpgrade(app)
      const problems = problemsOf(ports, by, app, filesOf(merged.document, theirs, documentOf(theirs)), locale)
      const answer = { ...mergeAnswer(name, 0, merged, mine, locale), problems }
      if (dryRun === true) return answer
      const template = { files: theirs, decisions: { ...base.decisions, ...decisions } }
      const label = locale === 'en' ? 'upgrade of the template' : '模板升级'
      const done = await perform(by, (unit) =>
        mergeIntoDraft(unit, { app, name }, merged.document, { baseVersion: version, revision, template, label }),
      )
      return { ...answer, revision: done.revision }
    },
    async diff(_principal, app, { from, to, draft }, locale) {
      const row = draft === undefined || to !== undefined ? undefined : await must(app, draft)
      const after = row ? await readDraftFiles(store.read, row.id) : await filesAt(app, to ?? live(app))
      return { items: [...tellChanges(documentOf(await filesAt(app, from)), documentOf(after), allKinds, locale)] }
    },
    async rollBack(by, app, { version, dryRun, ...options }, locale) {
      const files = (await filesAt(app, version)).map(fileToWire)
      const request = { files, ...options }
      if (dryRun === true) return { version: null, plan: await ports.design.plan(by, app, request, locale) }
      return ports.design.publish(by, app, request, locale, version)
    },
  }

  /** The first of the drafts for upgrades that holds nothing unpublished: what somebody works on is never replaced. */
  async function draftForUpgrade(app: string): Promise<{ readonly name: string; readonly revision: number }> {
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? 'upgrade' : `upgrade-${number}`
      const row = await readDraft(store.read, app, name)
      if (!row || !(await isUnpublished(app, row))) return { name, revision: row?.revision ?? 0 }
    }
  }

  async function isUnpublished(app: string, row: DraftRow): Promise<boolean> {
    if (row.base_version === 0 || (await templateOf(store.read, row)) !== undefined) return true
    const changed = changedFiles(await filesAt(app, row.base_version), await readDraftFiles(store.read, row.id))
    return changed.length > 0
  }

  async function filesAt(app: string, version: number): Promise<readonly AppFile[]> {
    const row = await store.read
      .selectFrom('app_versions')
      .select('files')
      .where('app', '=', app)
      .where('version', '=', version)
      .executeTakeFirst()
    if (!row) throw notFound()
    return JSON.parse(row.files) as AppFile[]
  }
}

type Merged = { readonly document: AppDocument; readonly conflicts: readonly MergeConflict[] }

function mergeFiles(
  base: readonly AppFile[],
  mine: readonly AppFile[],
  theirs: readonly AppFile[],
  decisions: MergeDecisions,
  remembered: MergeDecisions = {},
): Merged {
  const merged = mergeDocuments(documentOf(base), documentOf(mine), documentOf(theirs), decisions, remembered)
  return { document: merged.document as AppDocument, conflicts: merged.conflicts }
}

function mergeAnswer(
  draft: string,
  revision: number,
  merged: Merged,
  before: readonly AppFile[],
  locale: Locale,
): MergeAnswer {
  const changes = tellChanges(documentOf(before), merged.document, allKinds, locale)
  return {
    draft,
    revision,
    conflicts: merged.conflicts.map((conflict) =>
      conflictView(conflict, placeTeller(merged.document, allKinds, locale)),
    ),
    changes: changes.map((change) => change.text),
  }
}

/** What both sides made of a place, in words. */
function conflictView(
  { path, about, address, base, mine, theirs, taken, decided }: MergeConflict,
  teller: ReturnType<typeof placeTeller>,
): WireConflict {
  const { where, property } = teller.place(path)
  return {
    address,
    about,
    text: capital(property === '' ? where : `${where} › ${property}`),
    mineText: teller.value(mine, path),
    theirsText: teller.value(theirs, path),
    ...(base === undefined ? {} : { base }),
    ...(mine === undefined ? {} : { mine }),
    ...(theirs === undefined ? {} : { theirs }),
    taken,
    decided,
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
