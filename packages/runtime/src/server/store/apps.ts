import { isDeepStrictEqual } from 'node:util'
import {
  type AppModel,
  buildApp,
  type FlowDefinition,
  type FormLookup,
  formLookup,
  groupBy,
  type SourceFile,
  variablesOf,
} from '@tenon/engine'
import { type AppFile, flowHash, parseSources } from './app-files.ts'
import type { Db } from './database.ts'
import { type FormStorage, loadStorage } from './form-storage.ts'
import { allVariables } from './rows/variables.ts'

/** A published app in memory: what it means and where its records are. */
export type LoadedApp = {
  readonly model: AppModel
  readonly storage: ReadonlyMap<string, FormStorage>
  /** The definitions, parsed: for kinds the engine does not know (metrics, boards). */
  readonly sources: readonly SourceFile[]
  readonly flowHashes: ReadonlyMap<string, string>
  readonly lookup: FormLookup
}
/** All published apps at one moment. */
export type Apps = {
  app(id: string): LoadedApp | undefined
  all(): readonly LoadedApp[]
  storage(app: string, form: string): FormStorage | undefined
}

/** Reads the live version of every app. Versions that are already in `known` are not built again. */
export async function loadApps(db: Db, known: Apps | undefined): Promise<Apps> {
  const live = await db.selectFrom('apps').selectAll().orderBy('id').execute()
  const loaded = new Map<string, LoadedApp>()
  const apps: Apps = {
    app: (id) => loaded.get(id),
    all: () => [...loaded.values()],
    storage: (app, form) => loaded.get(app)?.storage.get(form),
  }
  const set = groupBy(await allVariables(db), (row) => row.app)
  for (const { id, version } of live) {
    const old = known?.app(id)
    const variables = new Map((set.get(id) ?? []).map(({ name, value }) => [name, value]))
    const loadedNow =
      old?.model.version === version ? relinked(old, variables, apps) : await loadApp(db, id, version, variables, apps)
    loaded.set(id, loadedNow)
  }
  return apps
}

/** The same version beside other apps, with what its variables are set to now. */
function relinked(old: LoadedApp, set: ReadonlyMap<string, string>, apps: Apps): LoadedApp {
  const variables = variablesOf(old.model.definition, set)
  const same = isDeepStrictEqual(variables, old.model.variables)
  const model = same ? old.model : { ...old.model, variables }
  return { ...old, model, lookup: formLookup(model, (id) => apps.app(id)?.model) }
}

async function loadApp(
  db: Db,
  id: string,
  version: number,
  variables: ReadonlyMap<string, string>,
  apps: Apps,
): Promise<LoadedApp> {
  const files = await readFiles(db, id, version)
  const sources = parseSources(files)
  if (!sources.ok)
    throw new Error(`version ${version} of ${id} does not parse: ${JSON.stringify(sources.error.slice(0, 3))}`)
  const model = buildApp(sources.value, { version, variables })
  if (!model.ok)
    throw new Error(`version ${version} of ${id} does not build: ${JSON.stringify(model.error.slice(0, 3))}`)
  return {
    model: model.value,
    storage: await loadStorage(db, id, model.value.forms),
    sources: sources.value,
    flowHashes: new Map([...model.value.flows].map(([flow, definition]) => [flow, flowHash(definition)])),
    lookup: formLookup(model.value, (other) => apps.app(other)?.model),
  }
}

/** The files of one version, exactly as they were published. */
export async function readFiles(db: Db, app: string, version: number): Promise<readonly AppFile[]> {
  const row = await db
    .selectFrom('app_versions')
    .select('files')
    .where('app', '=', app)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return JSON.parse(row.files) as AppFile[]
}

/** The text a running instance is pinned to. */
export async function readFlow(db: Db, hash: string): Promise<FlowDefinition | undefined> {
  const row = await db.selectFrom('flow_texts').select('text').where('hash', '=', hash).executeTakeFirst()
  return row && (JSON.parse(row.text) as FlowDefinition)
}
