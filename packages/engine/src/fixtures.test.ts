import { describe, expect, test } from 'vitest'
import { buildApp, formLookup } from './definitions/build.ts'
import { parseFile } from './definitions/parse-document.ts'
import { pointerParts } from './kernel/pointer.ts'
import type { Problem } from './kernel/problem.ts'
import { lintApp } from './lint/lint-app.ts'
import { renderProblem } from './render-problem.ts'
import { validateFiles } from './validate.ts'

/** `name.json` is a wrong document (or app), `name.problems.json` exactly the problems it must have. */
const pairs = <T>(
  modules: Record<string, unknown>,
): readonly (readonly [name: string, fixture: T, problems: readonly Problem[]])[] =>
  Object.entries(modules).flatMap(([path, problems]) => {
    const name = path.replace('.problems.json', '')
    const fixture = modules[`${name}.json`]
    return path.endsWith('.problems.json')
      ? [[name.slice(name.lastIndexOf('/') + 1), fixture as T, problems as Problem[]]]
      : []
  })

const documents = import.meta.glob('./definitions/fixtures/*.json', { eager: true, import: 'default' })
const apps = import.meta.glob('./lint/fixtures/*.json', { eager: true, import: 'default' })

type DocumentFixture = { about: string; path: string; json?: unknown; text?: string }
type AppFixture = { about: string; change: Record<string, unknown> }
type Files = Record<string, unknown>

const byPlace = (problems: readonly Problem[]) =>
  [...problems].sort((one, other) => (one.path + one.code < other.path + other.code ? -1 : 1))
const withText = (problem: Problem) =>
  `${problem.path}: ${renderProblem(problem, 'zh-CN')} / ${renderProblem(problem, 'en')}`

describe('documents', () => {
  test.each(pairs<DocumentFixture>(documents))('%s', (_, { path, json: given, text }, problems) => {
    const parsed = text === undefined ? { ok: true as const, value: { path, json: given } } : parseFile(path, text)
    const found = parsed.ok ? validateFiles([parsed.value]) : parsed.error
    expect(byPlace(found)).toEqual(byPlace(problems))
    for (const problem of found) expect(withText(problem)).not.toMatch(/[{}]|undefined|\[object/)
  })
})

describe('apps', () => {
  const { files: base } = apps['./lint/fixtures/base.app.json'] as { files: Files }

  test.each(pairs<AppFixture>(apps))('%s', (_, { change }, problems) => {
    const files = changed(base, change)
    const sources = Object.entries(files).map(([path, document]) => ({ path, json: document }))
    expect(validateFiles(sources)).toEqual([])
    const app = buildApp(sources, { version: 1 })
    if (!app.ok) throw new Error(JSON.stringify(app.error))
    const found = lintApp(
      app.value,
      formLookup(app.value, () => undefined),
      { documents: [], today: '2026-11-01' },
    )
    expect(byPlace(found)).toEqual(byPlace(problems))
    for (const problem of found) expect(withText(problem)).not.toMatch(/\{[a-zA-Z]+\}|undefined|\[object/)
  })
})

/** The base with some places replaced; null takes a place away. */
function changed(base: Files, change: Record<string, unknown>): Files {
  const files = structuredClone(base)
  for (const [place, value] of Object.entries(change)) {
    const path = Object.keys(files).find((one) => place.startsWith(`/${one}`)) ?? place.slice(1)
    const parts = pointerParts(place.slice(path.length + 1))
    if (parts.length === 0) files[path] = value
    else setAt(files[path] as Record<string, unknown>, parts, value)
  }
  return files
}

function setAt(target: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length > 0) setAt(target[first] as Record<string, unknown>, rest, value)
  else if (value === null) delete target[first]
  else target[first] = value
}
