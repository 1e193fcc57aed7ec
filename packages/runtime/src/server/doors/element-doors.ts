import {
  type AppFilesDocument,
  addressOfPath,
  formatInstant,
  goneElements,
  type Id,
  type JsonPatch,
  type Locale,
  pathOfAddress,
  placeTeller,
  pointer,
  tellChanges,
  valueAt,
  withRestored,
} from '@tenon/engine'
import type { DeletedElements, ElementHistory } from '@tenon/runtime/contract'
import { type AppDocument, documentOf } from '../commands/app/draft-files.ts'
import { allKinds } from '../commands/app/publish.ts'
import type { DraftDoors, ElementDoors } from '../doors.ts'
import type { AppFile } from '../store/app-files.ts'
import type { LiveMemory } from '../store/live-memory.ts'
import { readDraft, readDraftFiles } from '../store/rows/drafts.ts'
import type { Store } from '../store/store.ts'
import { notFound, TenonError } from '../tenon-error.ts'
import { fileFromWire } from './design-views.ts'

type Ports = { readonly store: Store; readonly memory: LiveMemory; readonly drafts: DraftDoors }
/** One state of the app's files; version null: the draft. */
type State = {
  readonly version: number | null
  readonly at: number
  readonly by: Id | null
  readonly document: AppDocument
}

const mostVersions = 200

/** Single elements over time: their history, what was deleted, and bringing one back into a draft. */
export function elementDoors({ store, memory, drafts }: Ports): ElementDoors {
  const nameOf = (id: Id | null) => (id === null ? null : (memory.now.organisation.person(id)?.name ?? null))

  return {
    async history(_principal, app, { address, draft }, locale) {
      const states = await statesOf(app, draft)
      const path = pathOfAddress(address)
      const items: ElementHistory['items'] = []
      for (const [at, { version, document, ...state }] of states.entries()) {
        const before = states[at + 1]?.document ?? {}
        const [value, old] = [valueAt(document, path), valueAt(before, path)]
        if (JSON.stringify(value) === JSON.stringify(old)) continue
        items.push({
          version,
          at: formatInstant(state.at),
          by: nameOf(state.by),
          kind: old === undefined ? 'added' : value === undefined ? 'removed' : 'changed',
          changes: changesAt(before, document, path, locale),
          ...(value === undefined ? {} : { value }),
        })
      }
      return { items }
    },

    async deleted(_principal, app, { draft }, locale) {
      const states = await statesOf(app, draft)
      const [now, ...past] = states
      if (!now) throw notFound()
      const found = new Map<string, DeletedElements['items'][number]>()
      for (const [at, { version, document }] of past.entries()) {
        if (version === null) continue
        const tell = placeTeller(document, allKinds, locale)
        const remover = states[at]
        for (const address of goneElements(now.document, document)) {
          if (isKnown(address, found)) continue
          const path = pathOfAddress(address)
          found.set(address, {
            address,
            what: wordsOf(tell, path, locale),
            version,
            removedIn: remover?.version ?? null,
            at: remover ? formatInstant(remover.at) : null,
            by: remover ? nameOf(remover.by) : null,
          })
        }
      }
      return { items: [...found.values()] }
    },

    async restore(by, app, draft, { address, version, revision }, locale) {
      const then = documentOf(await filesAt(app, version))
      const view = await drafts.read(by, app, draft)
      const now = documentOf(view.files.map(fileFromWire))
      const restored = withRestored(now, then, address)
      if (!restored) throw new TenonError('draft.notRestorable', { address })
      const what = placeTeller(then, allKinds, locale).thing(pathOfAddress(address))
      const label = locale === 'en' ? `${capital(what)} as in version ${version}` : `恢复${what}（版本 ${version}）`
      const patch = patchTo(now, restored)
      return drafts.patch(by, app, draft, { revision, label, patch: [...patch] })
    },
  }

  /** The draft, when there is one, then the versions, newest first. */
  async function statesOf(app: string, draft: string | undefined): Promise<readonly State[]> {
    const rows = await store.read
      .selectFrom('app_versions')
      .select(['version', 'files', 'published_at', 'published_by'])
      .where('app', '=', app)
      .orderBy('version', 'desc')
      .limit(mostVersions)
      .execute()
    const versions = rows.map((row) => ({
      version: row.version,
      at: row.published_at,
      by: row.published_by,
      document: documentOf(JSON.parse(row.files) as AppFile[]),
    }))
    const row = draft === undefined ? undefined : await readDraft(store.read, app, draft)
    if (!row) return versions
    const document = documentOf(await readDraftFiles(store.read, row.id))
    return [{ version: null, at: row.updated_at, by: row.updated_by, document }, ...versions]
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

/** Something that is listed already, or is a part of it. */
const isKnown = (address: string, found: ReadonlyMap<string, unknown>): boolean =>
  [...found.keys()].some((known) => address === known || address.startsWith(`${known}/`))

function changesAt(
  before: AppFilesDocument,
  after: AppFilesDocument,
  path: readonly string[],
  locale: Locale,
): string[] {
  const address = addressOfPath(path)
  return tellChanges(before, after, allKinds, locale)
    .filter((change) => {
      const at = change.address.replace('~1', '/')
      return at === address || at.startsWith(`${address}/`) || address.startsWith(`${at}/`)
    })
    .map((change) => change.text)
}

/** A file by its name, an element with the document it was in. */
function wordsOf(tell: ReturnType<typeof placeTeller>, path: readonly string[], locale: Locale): string {
  const [file = ''] = path
  if (path.length === 1) return tell.thing([file])
  const [what, where] = [tell.thing(path), tell.thing([file])]
  return locale === 'en' ? `${capital(what)} of ${where.charAt(0).toLowerCase()}${where.slice(1)}` : `${where}的${what}`
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Whole members that are different: at most the element's file and `app.json`. */
const patchTo = (now: AppFilesDocument, next: AppFilesDocument): JsonPatch =>
  Object.entries(next)
    .filter(([file, value]) => now[file] !== value)
    .map(([file, value]) => ({ op: Object.hasOwn(now, file) ? 'replace' : 'add', path: pointer(file), value }))
