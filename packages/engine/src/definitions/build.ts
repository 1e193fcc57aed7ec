import { formModels } from '../forms/lookups.ts'
import { groupBy } from '../kernel/group.ts'
import { isObject } from '../kernel/json.ts'
import { pointer } from '../kernel/pointer.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { AppModel, FormLookup } from '../model.ts'
import type { AppDefinition } from './app.ts'
import { type DocumentOf, documentKinds, type EngineKind, type SourceFile } from './kinds.ts'

/** Currency of money fields where neither field nor app names one. */
const defaultCurrency = 'CNY'
const defaultOrder = 100

/** Path of a document inside its app: `forms/ticket.json`; the app itself is `app.json`. */
export const documentFile = (kind: EngineKind, id: string): string =>
  kind === 'app' ? 'app.json' : `${documentKinds[kind].folder}/${id}.json`

/** Where problems of a document begin: `/forms/ticket.json`, followed by the JSON Pointer inside the document. */
export const documentPath = (kind: EngineKind, id: string): string => pointer(...documentFile(kind, id).split('/'))

/**
 * The app that its files describe, indexed. The files must have passed `validateFiles`; files of other kinds (metrics,
 * boards, samples) are passed over. A problem here is about the set of files: no `app.json`, or an id used by two files
 * of a kind. What documents say about each other is checked by `lintApp`. Rules and policies come in their order.
 */
export function buildApp(
  files: readonly SourceFile[],
  options: { readonly version: number; readonly variables?: ReadonlyMap<string, string> },
): Result<AppModel, Problem[]> {
  const [definition] = documentsOf(files, 'app')
  if (!definition) return fail([problem('document.missingFile', '/app.json', { file: 'app.json' })])
  const problems = duplicateProblems(files)
  if (problems.length > 0) return fail(problems)
  const app = { id: definition.id, currency: definition.currency ?? defaultCurrency }
  return ok({
    id: definition.id,
    version: options.version,
    definition,
    variables: variablesOf(definition, options.variables),
    forms: formModels(documentsOf(files, 'form'), app),
    flows: byId(documentsOf(files, 'flow')),
    rules: inOrder(documentsOf(files, 'rule')),
    decisions: byId(documentsOf(files, 'decision')),
    policies: inOrder(documentsOf(files, 'policy')),
    calendars: byId(documentsOf(files, 'calendar')),
    assignments: byId(documentsOf(files, 'assignment')),
    messages: byId(documentsOf(files, 'message')),
    scenarios: byId(documentsOf(files, 'scenario')),
  })
}

/** What the installation has set, else the default of the template. Values of variables that are no more say nothing. */
export const variablesOf = (
  { variables = [] }: AppDefinition,
  set: ReadonlyMap<string, string> | undefined,
): ReadonlyMap<string, string> =>
  new Map(
    variables.flatMap(({ id, default: otherwise }) => {
      const value = set?.get(id) ?? otherwise
      return value === undefined ? [] : [[id, value] as const]
    }),
  )

/** How an app finds forms: its own by id, those of another app as `app/form`. */
export function formLookup(app: AppModel, otherApp: (id: string) => AppModel | undefined): FormLookup {
  return (name) => {
    const [first = '', second] = name.split('/')
    return second === undefined ? app.forms.get(first) : (first === app.id ? app : otherApp(first))?.forms.get(second)
  }
}

const isOf = (file: SourceFile, kind: EngineKind): boolean => {
  const { folder } = documentKinds[kind]
  return folder === '' ? file.path === 'app.json' : file.path.startsWith(`${folder}/`) && file.path.endsWith('.json')
}

/** The documents of a kind. Trusted: the files were validated. */
const documentsOf = <K extends EngineKind>(files: readonly SourceFile[], kind: K): readonly DocumentOf<K>[] =>
  files.filter((file) => isOf(file, kind)).map((file) => file.json as DocumentOf<K>)

function duplicateProblems(files: readonly SourceFile[]): Problem[] {
  const idOf = (file: SourceFile) => (isObject(file.json) ? String(file.json.id) : '')
  const kinds = Object.keys(documentKinds) as EngineKind[]
  return kinds.flatMap((kind) => {
    const groups = groupBy(
      files.filter((file) => isOf(file, kind)),
      idOf,
    )
    return [...groups].flatMap(([id, same]) =>
      same.slice(1).map((file) => problem('document.duplicateId', `${pointer(...file.path.split('/'))}/id`, { id })),
    )
  })
}

const byId = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.id, item]))

const inOrder = <T extends { readonly id: string; readonly order?: number }>(items: readonly T[]): readonly T[] =>
  [...items].sort(
    (one, other) => (one.order ?? defaultOrder) - (other.order ?? defaultOrder) || (one.id < other.id ? -1 : 1),
  )
