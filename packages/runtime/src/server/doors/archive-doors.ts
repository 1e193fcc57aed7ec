import {
  canonicalText,
  documentKinds,
  fail,
  formatInstant,
  isObject,
  type Locale,
  type Principal,
  parseDocument,
  resolveText,
  secretsNamed,
  tellChanges,
  type Variable,
} from '@tenon/engine'
import type { AppNeeds, ImportedZip, NewApp } from '@tenon/runtime/contract'
import { parse } from 'csv-parse/sync'
import { isSample, packApp, unpackApp } from '../archive/app-archive.ts'
import type { Clock } from '../clock.ts'
import { documentOf } from '../commands/app/draft-files.ts'
import { mainDraft, mergeIntoDraft, putDraft } from '../commands/app/edit-draft.ts'
import { allKinds } from '../commands/app/publish.ts'
import type { ArchiveDoors, DraftDoors } from '../doors.ts'
import { type AppFile, inOrder } from '../store/app-files.ts'
import { readFiles } from '../store/apps.ts'
import type { LiveMemory } from '../store/live-memory.ts'
import { draftsOf, readDraft, readDraftFiles, unpublishedDrafts } from '../store/rows/drafts.ts'
import { secretsOf } from '../store/rows/secrets.ts'
import { templateBaseOf } from '../store/rows/template-bases.ts'
import { allVariables } from '../store/rows/variables.ts'
import type { Store } from '../store/store.ts'
import { listTemplates, readTemplate } from '../templates/templates.ts'
import { notFound, TenonError } from '../tenon-error.ts'
import { fileToWire } from './design-views.ts'
import type { Performing } from './performing.ts'
import { problemsOf } from './problems-of.ts'

type Ports = {
  readonly store: Store
  readonly memory: LiveMemory
  readonly clock: Clock
  readonly perform: Performing
  readonly drafts: DraftDoors
}

/** Apps as files: new ones, templates, ZIP archives out and in. Everything that comes in ends in a draft. */
export function archiveDoors({ store, memory, clock, perform, drafts }: Ports): ArchiveDoors {
  const live = (app: string) => memory.now.apps.app(app)?.model.version ?? 0

  /** Puts an app that is not there yet into its main draft; the files are the base of its next upgrade. */
  const found = (by: Principal, app: string, files: readonly AppFile[], isTemplate: boolean) =>
    perform(by, async (unit) => {
      const isKnown = unit.memory.apps.app(app) !== undefined || (await draftsOf(unit.tx, app)).length > 0
      if (isKnown) return fail({ code: 'app.exists', details: { app } })
      const template = isTemplate ? { template: { files, decisions: {} } } : {}
      return putDraft(unit, { app, name: mainDraft }, files, { baseVersion: 0, ...template })
    })

  return {
    async unpublished(principal) {
      if (principal.kind === 'user' && !principal.admin) return []
      const rows = await unpublishedDrafts(store.read)
      return Promise.all(
        rows.map(async (row) => ({
          id: row.app,
          label: labelOf(await readDraftFiles(store.read, row.id)) ?? row.app,
          draft: row.name,
          updatedAt: formatInstant(row.updated_at),
        })),
      )
    },
    templates: () => ({
      items: listTemplates().map(({ id, definition, hasSample }) => ({
        id,
        app: definition.id,
        version: definition.version,
        label: definition.label,
        ...(definition.description !== undefined && { description: definition.description }),
        ...(definition.icon !== undefined && { icon: definition.icon }),
        locales: [...definition.locales],
        hasSample,
      })),
    }),
    async create(by, request) {
      const files = newAppFiles(request)
      const { revision } = await found(by, request.id, files, request.template !== undefined)
      return { app: request.id, draft: mainDraft, revision }
    },
    async exportZip(_principal, app, { version, draft, sample = true }) {
      const row = draft === undefined ? undefined : await readDraft(store.read, app, draft)
      if (draft !== undefined && !row) throw new TenonError('draft.missing')
      const number = version ?? live(app)
      const files = row ? await readDraftFiles(store.read, row.id) : await filesAt(app, number)
      const name = row ? `${app}-${row.name.replaceAll(/[^\w.-]/g, '_')}` : `${app}-${number}`
      return { name: `${name}.zip`, bytes: packApp(files, { sample }) }
    },
    async needs(_principal, app, draft, locale) {
      const row = draft === undefined ? undefined : await readDraft(store.read, app, draft)
      return needsOf(app, row ? await readDraftFiles(store.read, row.id) : await filesAt(app, live(app)), locale)
    },
    async importZip(by, app, archive, options, locale) {
      const unpacked = unpackApp(archive)
      if (!unpacked.ok) throw new TenonError('archive.refused', undefined, unpacked.error)
      const whole = asApp(app, unpacked.value)
      const files = options.sample ? whole : await withSampleOfHere(app, options, whole)
      const definition = definitionOf(files)
      const about = {
        app,
        label: labelOf(files) ?? app,
        version: typeof definition.version === 'string' ? definition.version : '',
        problems: problemsOf({ memory, clock }, by, app, files, locale),
        sample: samplesOf(whole),
        needs: await needsOf(app, files, locale),
      }
      if (live(app) > 0 && options.mode === 'upgrade') {
        const { decisions, dryRun } = options
        const request = { files: files.map(fileToWire), decisions, dryRun }
        const merged = await drafts.upgrade(by, app, request, locale)
        return { ...about, mode: 'upgrade', ...merged, revision: dryRun ? null : merged.revision }
      }
      const isNew = live(app) === 0 && (await draftsOf(store.read, app)).length === 0
      const before = live(app) === 0 ? [] : await readFiles(store.read, app, live(app))
      const changes = tellChanges(documentOf(before), documentOf(files), allKinds, locale).map((one) => one.text)
      const draft = isNew ? mainDraft : options.draft
      const mode = isNew ? ('new' as const) : ('replace' as const)
      const answer = { ...about, mode, draft, conflicts: [], changes }
      if (options.dryRun) return { ...answer, revision: null }
      const { revision } = isNew ? await found(by, app, files, true) : await replace(by, app, draft, files, locale)
      return { ...answer, revision }
    },
  }

  /** Without the demo data of the archive: what the app has of it stays as it is. */
  async function withSampleOfHere(
    app: string,
    { mode, draft }: { readonly mode: 'upgrade' | 'replace'; readonly draft: string },
    files: readonly AppFile[],
  ): Promise<readonly AppFile[]> {
    const version = live(app)
    const row = await readDraft(store.read, app, draft)
    // An upgrade takes what both sides have from where they parted.
    const here = async () => {
      if (version > 0 && mode === 'upgrade') return (await templateBaseOf(store.read, app, version)).files
      return row ? readDraftFiles(store.read, row.id) : version > 0 ? readFiles(store.read, app, version) : []
    }
    const kept = (await here()).filter(({ path }) => isSample(path))
    return inOrder([...files.filter(({ path }) => !isSample(path)), ...kept])
  }

  async function needsOf(app: string, files: readonly AppFile[], locale: Locale): Promise<AppNeeds> {
    const stored = new Map((await secretsOf(store.read)).map((row) => [`${row.app}/${row.name}`, row.origin]))
    const document = documentOf(files)
    const named = secretsNamed(document, allKinds, locale)
    const set = new Map((await allVariables(store.read)).map((row) => [`${row.app}/${row.name}`, row.value]))
    return {
      variables: variablesDeclared(document['app.json']).map((variable) => {
        const value = set.get(`${app}/${variable.id}`) ?? variable.default ?? null
        return { name: variable.id, label: resolveText(variable.label, locale), set: value !== null, value }
      }),
      secrets: named.map(({ name, places }) => ({
        name,
        origin: stored.get(`${app}/${name}`) ?? null,
        places: [...places],
      })),
    }
  }

  /** One edit of the draft, which can be taken back. */
  function replace(by: Principal, app: string, name: string, files: readonly AppFile[], locale: Locale) {
    const label = locale === 'en' ? 'Files of an archive' : '导入应用包'
    return perform(by, async (unit) => {
      const row = await readDraft(unit.tx, app, name)
      const baseVersion = row?.base_version ?? live(app)
      return mergeIntoDraft(unit, { app, name }, documentOf(files), { baseVersion, label })
    })
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

const textOf = (files: readonly AppFile[], path: string): string | undefined => {
  const file = files.find((one) => one.path === path)
  return file && 'text' in file ? file.text : undefined
}

function definitionOf(files: readonly AppFile[], path = 'app.json'): { readonly [key: string]: unknown } {
  const parsed = parseDocument(textOf(files, path) ?? '')
  return parsed.ok && isObject(parsed.value) ? parsed.value : {}
}

type Label = ImportedZip['label']
function labelOf(files: readonly AppFile[], path?: string): Label | undefined {
  const { label } = definitionOf(files, path)
  return typeof label === 'string' || isObject(label) ? (label as Label) : undefined
}

/** The files as those of an app of this id, with another name where one is given. Nothing but `app.json` speaks of it. */
function asApp(id: string, files: readonly AppFile[], more: object = {}): readonly AppFile[] {
  const definition = definitionOf(files)
  if (definition.id === undefined || (definition.id === id && Object.keys(more).length === 0)) return files
  const text = canonicalText({ ...definition, id, ...more }, documentKinds.app.schema)
  return files.map((file) => (file.path === 'app.json' ? { path: file.path, text } : file))
}

/** The smallest app that can be published, or that of a template under a new name. */
function newAppFiles({ id, label, description, template, sample = false }: NewApp): readonly AppFile[] {
  const names = { label, ...(description === undefined ? {} : { description }) }
  if (template === undefined) {
    const definition = { id, kind: 'app', schemaVersion: 1, version: '0.1.0', ...names, ...emptyApp }
    return [{ path: 'app.json', text: canonicalText(definition, documentKinds.app.schema) }]
  }
  const files = readTemplate(template)
  if (!files) throw notFound()
  return inOrder(asApp(id, sample ? files : files.filter(({ path }) => !isSample(path)), names))
}

const emptyApp = {
  locales: ['zh-CN', 'en'],
  roles: [
    { id: 'manager', label: { 'zh-CN': '管理者', en: 'Manager' }, can: ['design', 'manage'] },
    { id: 'member', label: { 'zh-CN': '成员', en: 'Member' } },
  ],
  navigation: [{ id: 'home', page: 'workbench' }],
}

/** The demo data among the files: each sheet with the form its mapping names. */
function samplesOf(files: readonly AppFile[]): ImportedZip['sample'] {
  return files.flatMap(({ path }) => {
    if (!isSample(path) || !path.endsWith('.csv')) return []
    const mapping = parseDocument(textOf(files, path.replace(/\.csv$/, '.mapping.json')) ?? '')
    const form = mapping.ok && isObject(mapping.value) ? mapping.value.form : undefined
    const id = typeof form === 'string' ? form : null
    const label = id === null ? null : (labelOf(files, `forms/${id}.json`) ?? null)
    return [{ file: path, form: id, label, rows: rowsOf(textOf(files, path)) }]
  })
}

function rowsOf(text: string | undefined): number | null {
  if (text === undefined) return null
  try {
    const rows = parse(text, { skip_empty_lines: true, relax_column_count: true }) as readonly unknown[]
    return Math.max(0, rows.length - 1)
  } catch {
    // A sheet that is none: the importer says what is wrong with it when it is imported.
    return null
  }
}

/** The variables of an app that may still be wrong. */
const variablesDeclared = (app: unknown): readonly Variable[] =>
  isObject(app) && Array.isArray(app.variables)
    ? app.variables.filter((one): one is Variable => isObject(one) && typeof one.id === 'string')
    : []
