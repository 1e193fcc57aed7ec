import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildApp,
  canonicalText,
  type DocumentKind,
  documentKinds,
  documentsOfKinds,
  formLookup,
  lintApp,
  renderProblem,
  type SourceFile,
} from '@tenon/engine'
import { validateFiles } from '@tenon/engine/validate'
import { QueryDefinition, reportKinds } from '@tenon/reports'
import { describe, expect, it } from 'vitest'

/** What we hand out is itself as we ask of others: valid, without lint errors, in canonical text. */
const root = new URL('../../', import.meta.url).pathname
const kinds: { readonly [kind: string]: DocumentKind } = { ...documentKinds, ...reportKinds }

const folders = ['templates', 'examples'].flatMap((parent) =>
  readdirSync(join(root, parent)).map((name) => join(parent, name)),
)
const apps = folders.filter((folder) => existsSync(join(root, folder, 'app.json')))
const queries = folders.flatMap((folder) =>
  jsonIn(join(folder, 'queries')).map((path) => join(folder, 'queries', path)),
)

it('there is something to look at', () => {
  expect(apps).toContain('templates/after-sales')
  expect(queries.length).toBeGreaterThan(0)
})

describe.each(apps)('%s', (folder) => {
  const paths = jsonIn(folder).filter((path) => !path.startsWith('sample/'))
  const files = paths.map((path): SourceFile => ({ path, json: JSON.parse(textOf(join(folder, path))) }))

  it('fits the schemas', () => expect(validateFiles(files, kinds)).toEqual([]))

  it('has no lint errors', () => {
    const app = buildApp(files, { version: 1 })
    if (!app.ok) throw new Error(JSON.stringify(app.error))
    const found = lintApp(
      app.value,
      formLookup(app.value, () => undefined),
      { documents: documentsOfKinds(files, reportKinds) },
    )
    const errors = found.filter(({ severity }) => severity === undefined)
    expect(errors.map((one) => `${one.path} ${renderProblem(one, 'en')}`)).toEqual([])
  })

  it.each(paths)('%s is canonical and names its schema', (path) => {
    const [name, kind] = Object.entries(kinds).find(([, { folder: of }]) => of === (path.split('/').at(-2) ?? ''))!
    const text = textOf(join(folder, path))
    expect(text).toBe(canonicalText(JSON.parse(text), kind.schema))
    expect(JSON.parse(text)).toMatchObject({ $schema: `/schemas/${name}.schema.json`, kind: name })
  })
})

describe('examples of queries', () => {
  // A question has no id; the name of its file is for people.
  const query = { query: { folder: 'queries', schema: QueryDefinition } }
  it.each(queries)('%s fits the schema and is canonical', (path) => {
    const text = textOf(path)
    expect(validateFiles([{ path: 'queries/one.json', json: JSON.parse(text) }], query)).toEqual([])
    expect(text).toBe(canonicalText(JSON.parse(text), QueryDefinition))
  })
})

function jsonIn(folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.json'))
    .sort()
}

function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}
