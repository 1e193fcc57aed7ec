import { fail, isObject, ok, type Problem, parseDocument, type Result, type SourceFile } from '@tenon/engine'
import { canonicalJson, sha256 } from './canonical-json.ts'

/** A file of an app's folder as a version keeps it: its text, or base64 where it is not text. */
export type AppFile =
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly base64: string }

const folders = [
  'forms',
  'flows',
  'rules',
  'policies',
  'calendars',
  'assignments',
  'messages',
  'scenarios',
  'metrics',
  'boards',
  'queries',
  'decisions',
] as const

/** Definitions are `app.json` and the JSON of the known folders; README, samples and the like only travel along. */
export const isDefinition = (path: string): boolean =>
  path === 'app.json' ||
  (path.endsWith('.json') &&
    path.split('/').length === 2 &&
    (folders as readonly string[]).includes(path.split('/')[0] ?? ''))

/** The definitions among the files, parsed; problems carry the file's path. */
export function parseSources(files: readonly AppFile[]): Result<readonly SourceFile[], readonly Problem[]> {
  const sources: SourceFile[] = []
  const problems: Problem[] = []
  for (const file of files) {
    if (!isDefinition(file.path) || !('text' in file)) continue
    const parsed = parseDocument(file.text)
    if (parsed.ok) sources.push({ path: file.path, json: parsed.value })
    else problems.push(...parsed.error.map((one) => ({ ...one, path: `/${file.path}${one.path}` })))
  }
  return problems.length > 0 ? fail(problems) : ok(sources)
}

/** The same files in the same order, whatever order they came in. */
export const inOrder = (files: readonly AppFile[]): readonly AppFile[] =>
  [...files].sort((one, other) => (one.path < other.path ? -1 : 1))
export const filesHash = (files: readonly AppFile[]): string => sha256(canonicalJson(inOrder(files)))

/** What a flow's instances are pinned to: equal definitions have equal hashes. */
export const flowHash = (flow: unknown): string => sha256(canonicalJson(isObject(flow) ? flow : {}))

/** A path inside an app's folder, however it is unpacked: no drive, no root, no way up, no backslash, nothing invisible. */
export const isAppPath = (path: string): boolean =>
  path.length <= 200 &&
  path.split('/').every((part) => /^[\p{L}\p{N}_][\p{L}\p{N}_. -]*$/u.test(part) && !/[. ]$/.test(part))
