import { buildApp, type Locale, parseDocument, pointer, type Problem, renderProblem, type SourceFile } from '@tenon/engine'
import { validateFiles } from '@tenon/engine/validate'
import type { AppFile, DesignProblem } from '@tenon/runtime/contract'
import { isDefinition } from './app-folder.ts'
import { definitionKinds } from './definition-kinds.ts'

/** The definitions of the files as JSON; the problems of those that are none. */
export function parseFiles(files: readonly AppFile[]): { readonly sources: readonly SourceFile[]; readonly problems: readonly Problem[] } {
  const sources: SourceFile[] = []
  const problems: Problem[] = []
  for (const { path, text } of files.filter((file) => isDefinition(file.path))) {
    const parsed = parseDocument(text ?? '')
    if (parsed.ok) sources.push({ path, json: parsed.value })
    else problems.push(...parsed.error.map((one) => ({ ...one, path: `${pointer(...path.split('/'))}${one.path}` })))
  }
  return { sources, problems }
}

/** Everything wrong with the files of an app, told in the language of the person. */
export function checkFiles(files: readonly AppFile[], locale: Locale): DesignProblem[] {
  const { sources, problems } = parseFiles(files)
  const invalid = [...problems, ...validateFiles(sources, definitionKinds)]
  return (invalid.length > 0 ? invalid : crossCheck(sources)).map((one) => tell(one, files, locale))
}

function crossCheck(sources: readonly SourceFile[]): readonly Problem[] {
  const built = buildApp(sources, { version: 0 })
  return built.ok ? [] : built.error
}

/** `/forms/ticket.json/fields/2` is file `forms/ticket.json`, place `/fields/2`. */
export function tell(problem: Problem, files: readonly AppFile[], locale: Locale): DesignProblem {
  const file = files.map(({ path }) => path).filter((path) => problem.path === pointer(...path.split('/')) || problem.path.startsWith(`${pointer(...path.split('/'))}/`)).sort((a, b) => b.length - a.length)[0]
  const path = file === undefined ? problem.path : problem.path.slice(pointer(...file.split('/')).length)
  return { file: file ?? '', path, code: problem.code, message: renderProblem(problem, locale), severity: severityOf(problem) }
}

const severityOf = (problem: Problem): 'error' | 'warning' => ('severity' in problem && problem.severity === 'warning' ? 'warning' : 'error')
