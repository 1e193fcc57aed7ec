import type { AppFiles } from '@tenon/runtime/contract'
import { mainDraft } from '../commands/app/edit-draft.ts'
import { readFiles } from '../store/apps.ts'
import type { LiveMemory } from '../store/live-memory.ts'
import { readDraft, readDraftFiles } from '../store/rows/drafts.ts'
import type { Store } from '../store/store.ts'
import { TenonError } from '../tenon-error.ts'
import { fileFromWire } from './design-views.ts'

/** The files a request means: those it brings, or those of a draft. */
export async function filesMeant(store: Store, memory: LiveMemory, app: string, request: AppFiles) {
  if (request.files) return { files: request.files.map(fileFromWire), baseVersion: request.baseVersion }
  const row = await readDraft(store.read, app, request.draft ?? mainDraft)
  if (!row) {
    const version = memory.now.apps.app(app)?.model.version
    if (version === undefined || request.draft === undefined) throw new TenonError('draft.missing')
    return { files: await readFiles(store.read, app, version), baseVersion: version }
  }
  if (request.revision !== undefined && request.revision !== row.revision)
    throw new TenonError('draft.conflict', { revision: row.revision })
  return {
    files: await readDraftFiles(store.read, row.id),
    baseVersion: request.baseVersion ?? row.base_version,
    draft: row,
  }
}
