import { expect, test } from 'vitest'
import type { AppDefinition } from '../definitions/app.ts'
import { buildApp } from '../definitions/build.ts'
import type { AppModel, FormModel } from '../model.ts'
import { fieldRights, mayDo, mayUseApp, rightsOn } from './access.ts'
import { contactOf } from './contacts.ts'
import { readScope } from './read-scope.ts'

const ids = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002']
const head = { schemaVersion: 1 } as const
const access = [
  { id: 'own', role: 'customer', can: ['read', 'update', 'comment', 'export'], fields: { hushed: 'hidden' } },
  { id: 'all', role: '*', can: ['read', 'create'] },
]

type Portal = NonNullable<AppDefinition['portal']>
const tracking: NonNullable<Portal['tracking']> = {
  contacts: 'contact',
  mail: 'mail',
  role: 'customer',
  records: [
    {
      form: 'ticket',
      contact: 'contact',
      fields: ['number', 'subject', 'hushed', 'owner', 'contact', 'boss', 'address', 'gone'],
    },
  ],
}

function appWith(portal: Portal, title = 'number + subject'): AppModel {
  const app = {
    ...head,
    id: 'desk',
    kind: 'app',
    version: '1.0.0',
    label: 'Desk',
    locales: ['en'],
    roles: [{ id: 'customer', label: 'Customer' }],
    navigation: [],
    portal,
  }
  const contact = {
    ...head,
    id: 'contact',
    kind: 'form',
    label: 'Contact',
    title: { formula: 'mail' },
    fields: [
      { id: 'mail', type: 'email', label: 'Mail' },
      { id: 'boss', type: 'link', label: 'Boss', form: 'contact' },
    ],
    access,
  }
  const ticket = {
    ...head,
    id: 'ticket',
    kind: 'form',
    label: 'Ticket',
    title: { formula: title },
    fields: [
      { id: 'number', type: 'serial', label: 'Number', pattern: 'T{0000}' },
      { id: 'subject', type: 'text', label: 'Subject' },
      { id: 'hushed', type: 'text', label: 'Hushed' },
      { id: 'unnamed', type: 'text', label: 'Unnamed' },
      { id: 'owner', type: 'user', label: 'Owner' },
      { id: 'contact', type: 'link', label: 'Contact', form: 'contact' },
      { id: 'boss', type: 'lookup', label: 'Boss', link: 'contact', field: 'boss' },
      { id: 'address', type: 'lookup', label: 'Address', link: 'contact', field: 'mail' },
    ],
    access,
  }
  const built = buildApp(
    [app, contact, ticket].map((json) => ({
      path: json.kind === 'app' ? 'app.json' : `forms/${json.id}.json`,
      json,
    })),
    { version: 1 },
  )
  if (!built.ok) throw new Error(JSON.stringify(built.error))
  return built.value
}
const portal: Portal = { forms: [], tracking }
const app = appWith(portal)
const formOf = (model: AppModel, id: string) => model.forms.get(id) as FormModel
const [ticket, contacts] = [formOf(app, 'ticket'), formOf(app, 'contact')]

test('a contact reads the records linked to him, of them what is named, granted and stands for itself', () => {
  const contact = contactOf(app, ids)
  if (!contact) throw new Error('no contact')
  const scope = readScope(ticket, contact)
  expect(scope.rows).toEqual({ fact: 'record', path: '$.contact', operator: 'in', value: ids })
  expect(scope.user).toBeUndefined()
  const shown = [...ticket.fields.keys()].filter((id) => scope.field(id) !== 'none')
  expect(new Set(shown)).toEqual(new Set(['id', 'created_at', 'updated_at', 'title', 'number', 'subject']))
  expect(scope.field('gone')).toBe('none')
  // The contact himself is no record of his.
  expect(readScope(contacts, contact).rows).toBe('none')
})

test('a title that says more than the named fields is not told', () => {
  const telling = appWith(portal, 'subject + unnamed')
  const contact = contactOf(telling, ids)
  if (!contact) throw new Error('no contact')
  expect(readScope(formOf(telling, 'ticket'), contact).field('title')).toBe('none')
  const away = appWith(portal, 'subject + contact.mail')
  expect(readScope(formOf(away, 'ticket'), contact).field('title')).toBe('none')
})

test('he does nothing, whatever the role may', () => {
  const contact = contactOf(app, ids)
  if (!contact) throw new Error('no contact')
  const facts = { now: 0, zone: 'UTC', record: { contact: ids[0] ?? '' } }
  for (const right of ['read', 'create', 'update', 'delete', 'comment', 'export', 'import', 'bulk'] as const) {
    expect([right, mayDo(ticket, contact, right, facts)]).toEqual([right, false])
    if (right !== 'read') expect([right, readScope(ticket, contact, right).rows]).toEqual([right, 'none'])
  }
  expect(rightsOn(ticket, contact).size).toBe(0)
  expect([...fieldRights(ticket, contact, facts).values()].every((right) => right === 'hidden')).toBe(true)
  expect(mayUseApp('desk', contact)).toBe(false)
})

test('nobody is a contact where the portal is closed, tracks nothing, names no role there is, or knows none', () => {
  expect(contactOf(app, [])).toBeUndefined()
  expect(contactOf(appWith({ ...portal, closed: true }), ids)).toBeUndefined()
  expect(contactOf(appWith({ forms: [] }), ids)).toBeUndefined()
  expect(contactOf(appWith({ forms: [], tracking: { ...tracking, role: 'gone' } }), ids)).toBeUndefined()
})

test('records that are linked otherwise than to a contact are nobody’s', () => {
  for (const contact of ['owner', 'subject', 'boss', 'gone']) {
    const records = [{ form: 'ticket', contact, fields: ['subject'] }]
    expect(contactOf(appWith({ forms: [], tracking: { ...tracking, records } }), ids)?.records).toEqual([])
  }
})
