import { describe, expect, test } from 'vitest'
import { buildApp, formLookup } from './build.ts'
import { documentsOfKinds } from './documents.ts'
import { elementsOf } from './elements.ts'
import { documentKinds } from './kinds.ts'
import { type ReferenceContext, referencesOf, type Target, whereUsed } from './references.ts'

const { files } = import.meta.glob('../lint/fixtures/base.app.json', { eager: true, import: 'default' })[
  '../lint/fixtures/base.app.json'
] as { files: Record<string, unknown> }
const built = buildApp(
  Object.entries(files).map(([path, json]) => ({ path, json })),
  { version: 1 },
)
if (!built.ok) throw new Error('the base app does not build')
const context: ReferenceContext = { app: built.value, lookup: formLookup(built.value, () => undefined) }
const placesOf = (target: Target) => whereUsed(context, target).map((reference) => reference.path)
const field = (form: string, id: string): Target => ({ kind: 'field', in: `support/${form}`, id })

describe('where something is used', () => {
  test.each<[string, Target, readonly string[]]>([
    [
      'a field behind a link: columns, people, conditions, messages, cards',
      field('customer', 'level'),
      ['/forms/ticket.json/fields/1/card/0', '/forms/ticket.json/views/0/columns/1', '/flows/sop.json/edges/3/when'],
    ],
    [
      'the link itself',
      field('ticket', 'customer'),
      [
        '/forms/ticket.json/layout/0/items/1/field',
        '/forms/ticket.json/views/0/columns/1',
        '/forms/ticket.json/actions/0/actions/0/to/0/field',
        '/flows/sop.json/edges/3/when',
        '/messages/hello.json/inbox/title/zh-CN',
        '/messages/hello.json/inbox/title/en',
      ],
    ],
    [
      'a field: formulas, masks, rules, clocks',
      field('ticket', 'hours'),
      [
        '/forms/ticket.json/fields/5/formula',
        '/forms/ticket.json/checks/0/must',
        '/forms/ticket.json/checks/0/at',
        '/flows/sop.json/nodes/1/fields/hours',
        '/rules/raise.json/on/fields/0',
        '/rules/raise.json/if',
        '/policies/sla.json/clocks/0/stopWhen',
      ],
    ],
    [
      'a field of another form, set by an action',
      field('customer', 'name'),
      [
        '/forms/customer.json/title/formula',
        '/rules/raise.json/then/1/values/name',
        '/messages/hello.json/inbox/title/zh-CN',
        '/messages/hello.json/inbox/title/en',
        '/scenarios/vip.json/given/records/c/values/name',
      ],
    ],
    [
      'a sort with a sign',
      field('ticket', 'due_at'),
      ['/forms/ticket.json/views/0/sort/0', '/policies/sla.json/clocks/0/writes/due'],
    ],
    [
      'a role',
      { kind: 'role', id: 'lead' },
      [
        '/forms/ticket.json/actions/0/roles/0',
        '/forms/ticket.json/access/1/role',
        '/assignments/by_load.json/fallback/0/role',
      ],
    ],
    [
      'a message',
      { kind: 'message', id: 'hello' },
      ['/forms/ticket.json/actions/0/actions/0/message', '/flows/sop.json/nodes/1/limit/ladder/0/message'],
    ],
    ['a strategy', { kind: 'assignment', id: 'by_load' }, ['/flows/sop.json/nodes/1/assign/0/strategy']],
    ['a stage', { kind: 'stage', in: 'support/ticket', id: 'done' }, ['/flows/sop.json/nodes/5/stage']],
    [
      'a node',
      { kind: 'node', in: 'sop', id: 'check' },
      [
        '/flows/sop.json/nodes/2/attachedTo',
        '/flows/sop.json/edges/0/to',
        '/flows/sop.json/edges/1/from',
        '/flows/sop.json/edges/2/from',
        '/flows/sop.json/edges/2/to',
      ],
    ],
    ['an outcome', { kind: 'outcome', in: 'sop/check', id: 'ok' }, ['/flows/sop.json/edges/1/outcome']],
    ['a view', { kind: 'view', in: 'support/ticket', id: 'open' }, ['/app.json/navigation/0/view']],
    [
      'a calendar',
      { kind: 'calendar', id: 'office' },
      ['/app.json/calendar', '/flows/sop.json/nodes/1/limit/calendar', '/policies/sla.json/clocks/0/calendar'],
    ],
    ['what nobody uses', field('ticket', 'price'), ['/forms/ticket.json/access/0/fields/price']],
  ])('%s', (_, target, places) => {
    expect(placesOf(target)).toEqual(places)
  })
})

test('`*` and words with a meaning of their own are no references', () => {
  expect(referencesOf(context).filter((reference) => reference.path === '/forms/customer.json/access/0/role')).toEqual(
    [],
  )
})

test('documents of other packages take part through their schemas', () => {
  const schema = {
    type: 'object',
    properties: {
      form: { type: 'string', 'x-refers': { kind: 'form' } },
      at: { type: 'string', 'x-refers': { kind: 'field' } },
      like: { type: 'string', 'x-refers': { kind: 'metric' } },
      per: {
        type: 'object',
        'x-keys': { kind: 'form' },
        additionalProperties: { type: 'string', 'x-refers': { kind: 'field' } },
      },
      query: {
        type: 'object',
        'x-scope': 'form',
        properties: { by: { type: 'string', 'x-refers': { kind: 'field' } } },
      },
    },
  }
  const json = {
    id: 'm',
    form: 'ticket',
    at: 'due_at',
    like: 'm',
    per: { customer: 'level' },
    query: { form: 'customer', by: 'manager' },
  }
  const documents = documentsOfKinds([{ path: 'metrics/m.json', json }], { metric: { folder: 'metrics', schema } })
  const places = (target: Target) => whereUsed({ ...context, documents }, target).map((reference) => reference.path)
  expect(places(field('ticket', 'due_at'))).toContain('/metrics/m.json/at')
  expect(places(field('customer', 'level'))).toContain('/metrics/m.json/per/customer')
  expect(places(field('customer', 'manager'))).toContain('/metrics/m.json/query/by')
  expect(places({ kind: 'metric', id: 'm' })).toEqual(['/metrics/m.json/like'])
})

test('elements: addresses are made of lists and ids, whatever the order', () => {
  const form = files['forms/ticket.json'] as { fields: object[] }
  const reversed = { ...form, fields: [...form.fields].reverse() }
  const addresses = (document: unknown) =>
    elementsOf(document)
      .map((element) => element.address)
      .sort()
  expect(addresses(form)).toContain('fields/priority/options/urgent')
  expect(addresses(form)).toContain('actions/remind/actions/tell')
  expect(addresses(reversed)).toEqual(addresses(form))
})

/** Finds every schema node, with how it is reached, once per node object. */
function schemaNodes(schema: unknown, path: string, found: Map<object, string> = new Map()): Map<object, string> {
  if (typeof schema !== 'object' || schema === null || found.has(schema)) return found
  found.set(schema, path)
  for (const [key, value] of Object.entries(schema)) if (key !== 'x-ui') schemaNodes(value, `${path}/${key}`, found)
  return found
}

test('every property whose name says that it refers to something is marked as a reference', () => {
  const names = new Set([
    'assigneeField',
    'form',
    'flow',
    'calendar',
    'message',
    'role',
    'roles',
    'board',
    'strategy',
    'stage',
    'attachedTo',
    'from',
    'to',
    'view',
  ])
  // Places where such a name means something else.
  const exceptions =
    /\/(days|checks)\b|scenario|app\/properties\/roles$|(on|throws)\/anyOf\/\d\/properties\/message$|params\/properties\/window/
  const unmarked: string[] = []
  for (const [kind, { schema }] of Object.entries(documentKinds))
    for (const [node, path] of schemaNodes(schema, kind)) {
      const name = path.slice(path.lastIndexOf('/') + 1)
      const text = JSON.stringify(node)
      if (
        /properties\/\w+$/.test(path) &&
        names.has(name) &&
        !exceptions.test(path) &&
        !text.includes('x-refers') &&
        !/"properties"/.test(text)
      )
        unmarked.push(path)
    }
  expect(unmarked).toEqual([])
})
