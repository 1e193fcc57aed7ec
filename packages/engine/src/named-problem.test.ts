import { expect, test } from 'vitest'
import { buildApp } from './definitions/build.ts'
import { documentKinds } from './definitions/kinds.ts'
import type { SchemaNode } from './definitions/schema-walk.ts'
import { namedProblem } from './named-problem.ts'
import { renderProblem } from './render-problem.ts'

const { files } = import.meta.glob('./lint/fixtures/base.app.json', { eager: true, import: 'default' })[
  './lint/fixtures/base.app.json'
] as { files: Record<string, unknown> }
const built = buildApp(
  Object.entries(files).map(([path, json]) => ({ path, json: json as never })),
  { version: 1 },
)
if (!built.ok) throw new Error('the fixture is no app')
const before = built.value
const dangling = (what: string, id: string) => ({
  code: 'document.danglingReference',
  path: '/forms/ticket.json/access/0/role',
  details: { what, id, suggestion: 'other' },
})
const told = (problem: Parameters<typeof namedProblem>[0], names: Parameters<typeof namedProblem>[1]) =>
  renderProblem(namedProblem(problem, names, 'en'), 'en')

test('what was taken away is called by the label it had, and nothing is suggested in its place', () => {
  const [role] = before.definition.roles
  const label = String(role?.label)
  expect(told(dangling('role', role?.id ?? ''), { before })).toBe(`The role "${label}" does not exist`)
  expect(told(dangling('role', 'never'), { before })).toBe('The role "never" does not exist; did you mean "other"?')
  expect(told(dangling('role', role?.id ?? ''), {})).toContain(role?.id)
})

test('a property that another type has is called as it is called there; one that nobody has stays as it was written', () => {
  const schema = documentKinds.form.schema as unknown as SchemaNode
  const foreign = (property: string) => ({ code: 'document.unknownProperty', path: '', details: { property } })
  const title = told(foreign('maxLength'), { schema })
  expect(title).not.toContain('maxLength')
  expect(renderProblem(namedProblem(foreign('maxLength'), { schema }, 'zh-CN'), 'zh-CN')).toMatch(
    /[\u4e00-\u9fff]{2,}”/,
  )
  expect(told(foreign('zzz'), { schema })).toContain('"zzz"')
})
