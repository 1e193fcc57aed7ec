import { expect, test } from 'vitest'
import { buildApp, formLookup } from './build.ts'

const head = (kind: string, id: string) => ({ id, kind, schemaVersion: 1, label: id })
const app = {
  path: 'app.json',
  json: { ...head('app', 'crm'), version: '1.0.0', locales: ['en'], roles: [], navigation: [], currency: 'USD' },
}
const form = (id: string, fields: object[] = []) => ({
  path: `forms/${id}.json`,
  json: { ...head('form', id), title: { formula: 'id' }, fields },
})
const rule = (id: string, order?: number) => ({
  path: `rules/${id}.json`,
  json: {
    ...head('rule', id),
    form: 'customer',
    on: { events: ['created'] },
    then: [],
    ...(order === undefined ? {} : { order }),
  },
})
const built = (...files: { path: string; json: unknown }[]) => {
  const result = buildApp([app, ...files], { version: 3 })
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

test('indexes documents, passes over files of other kinds', () => {
  const model = built(
    form('customer', [{ id: 'turnover', type: 'money', label: 'x' }]),
    { path: 'metrics/m.json', json: {} },
    { path: 'README.md', json: null },
  )
  expect([model.id, model.version, [...model.forms.keys()]]).toEqual(['crm', 3, ['customer']])
  expect(model.forms.get('customer')?.fields.get('turnover')?.value.kind).toBe('money')
  expect(model.forms.get('customer')?.fields.get('created_at')?.system).toBe(true)
})

test('rules come in order, equal orders by id', () => {
  expect(
    built(form('customer'), rule('z', 1), rule('b'), rule('a'), rule('c', 200)).rules.map((one) => one.id),
  ).toEqual(['z', 'a', 'b', 'c'])
})

test('an app without app.json, and one id for two files', () => {
  expect(buildApp([form('customer')], { version: 1 })).toEqual({
    ok: false,
    error: [{ code: 'document.missingFile', path: '/app.json', details: { file: 'app.json' } }],
  })
  const twice = buildApp([app, form('customer'), { ...form('customer'), path: 'forms/copy.json' }], { version: 1 })
  expect(twice).toEqual({
    ok: false,
    error: [{ code: 'document.duplicateId', path: '/forms/copy.json/id', details: { id: 'customer' } }],
  })
})

test('forms are found by id, those of another app by app and id', () => {
  const model = built(form('customer'))
  const other = built(form('ticket'))
  const lookup = formLookup(model, (id) => (id === 'support' ? other : undefined))
  expect(lookup('customer')?.id).toBe('customer')
  expect(lookup('crm/customer')?.id).toBe('customer')
  expect(lookup('support/ticket')?.id).toBe('ticket')
  for (const name of ['ticket', 'nope/ticket', 'support/nope', '', '/', 'constructor', '__proto__/x'])
    expect(lookup(name), name).toBe(undefined)
})
