import { expect, test } from 'vitest'
import { covers } from '../../../../tests/support/covers.ts'
import type { FormDefinition } from '../definitions/form.ts'
import { evaluateForm } from '../forms/evaluate-form.ts'
import { formModel } from '../forms/form-model.ts'
import type { Principal } from '../pipeline/commands.ts'
import { appRights, fieldRights, mayDo, mayUseApp, rightsOn } from './access.ts'
import { readScope } from './read-scope.ts'
import { publicFields } from './strangers.ts'

covers('form.publicForm.closed', 'form.publicForm.fields', 'form.publicForm.values')

const definition: FormDefinition = {
  id: 'ticket',
  kind: 'form',
  schemaVersion: 1,
  label: 'Ticket',
  title: { formula: 'subject' },
  fields: [
    { id: 'number', type: 'serial', label: 'Number', pattern: 'T{0000}' },
    { id: 'subject', type: 'text', label: 'Subject', required: true },
    {
      id: 'channel',
      type: 'select',
      label: 'Channel',
      default: 'phone',
      options: [
        { id: 'phone', label: 'Phone' },
        { id: 'web', label: 'Web' },
      ],
    },
    { id: 'secret', type: 'text', label: 'Secret', default: 'inside' },
    { id: 'customer', type: 'link', label: 'Customer', form: 'customer' },
    { id: 'owner', type: 'user', label: 'Owner' },
    { id: 'code', type: 'text', label: 'Code', unique: true },
    { id: 'photos', type: 'file', label: 'Photos' },
    {
      id: 'parts',
      type: 'table',
      label: 'Parts',
      fields: [{ id: 'who', type: 'user', label: 'Who' }],
    },
  ],
  access: [{ id: 'all', role: '*', can: ['read', 'create', 'update', 'delete', 'import'] }],
  publicForm: {
    fields: ['subject', 'number', 'customer', 'owner', 'code', 'photos', 'parts', 'gone'],
    values: { channel: 'web' },
  },
}
const home = { id: 'desk', currency: 'CNY' }
const form = formModel(definition, home)
const stranger: Principal = { kind: 'stranger', app: 'desk', form: 'ticket' }
const nobody = { now: 0, zone: 'UTC' }

test('only what shows nothing of the inside is asked, whatever the definition says', () => {
  expect(publicFields(form)).toEqual(['subject', 'photos'])
})

test('a stranger creates records of the one form and may do nothing else', () => {
  expect([...rightsOn(form, stranger)]).toEqual(['create'])
  for (const right of ['read', 'update', 'delete', 'comment', 'export', 'import', 'bulk'] as const)
    expect([right, mayDo(form, stranger, right, { ...nobody, record: {} })]).toEqual([right, false])
  expect(mayDo(form, stranger, 'create', { ...nobody, record: {} })).toBe(true)
  expect(readScope(form, stranger).rows).toBe('none')
  expect(readScope(form, stranger).field('subject')).toBe('none')
  expect(mayUseApp('desk', stranger)).toBe(false)
})

test('the other fields are not there for a stranger, nor is anything once the record exists', () => {
  const creating = fieldRights(form, stranger, nobody, undefined, 'create')
  expect([...creating].flatMap(([id, right]) => (right === 'hidden' ? [] : [`${id} ${right}`]))).toEqual([
    'subject edit',
    'photos edit',
  ])
  expect(new Set(fieldRights(form, stranger, { ...nobody, record: {} }).values())).toEqual(new Set(['hidden']))
})

test('no other form, no other app, and no form that is not open', () => {
  const { publicForm: _, ...shut } = definition
  for (const other of [
    formModel(shut, home),
    formModel({ ...definition, publicForm: { fields: ['customer'] } }, home),
    formModel({ ...definition, publicForm: { fields: ['subject'], closed: true } }, home),
    formModel(definition, { ...home, id: 'crm' }),
    formModel({ ...definition, id: 'lead' }, home),
  ]) {
    expect(rightsOn(other, stranger).size).toBe(0)
    expect(mayDo(other, stranger, 'create', { ...nobody, record: {} })).toBe(false)
    expect(new Set(fieldRights(other, stranger, nobody, undefined, 'create').values())).toEqual(new Set(['hidden']))
  }
})

test('a stranger designs and manages nothing', () => {
  const app = {
    id: 'desk',
    kind: 'app' as const,
    schemaVersion: 1 as const,
    version: '1.0.0',
    label: 'x',
    locales: ['en'],
    navigation: [],
    roles: [{ id: 'agent', label: 'x', can: ['design' as const] }],
  }
  expect(appRights(app, stranger).size).toBe(0)
})

test('what comes over the public form begins with its values; other fields keep their defaults; what is not asked is unknown', () => {
  const rights = fieldRights(form, stranger, nobody, undefined, 'create')
  const sent = (data: object) =>
    evaluateForm(form, { mode: 'create', data: data as never, facts: nobody, rights, isPublic: true })
  expect(sent({ subject: 'Help' }).data).toEqual({ subject: 'Help', channel: 'web', secret: 'inside' })
  expect(sent({ subject: 'Help' }).problems).toEqual([])
  for (const field of ['channel', 'secret', 'customer', 'owner', 'code', 'number', 'id', 'created_by', '__proto__'])
    expect(sent(JSON.parse(`{"subject":"Help","${field}":"x"}`)).problems.map(({ code }) => code)).toEqual([
      'field.unknown',
    ])
  expect(sent({}).problems.map(({ code }) => code)).toEqual(['field.required'])
  // Anybody else who creates one is not asked where it came from.
  const inside = evaluateForm(form, {
    mode: 'create',
    data: { subject: 'Help' },
    facts: nobody,
    rights: new Map([['subject', 'edit']]),
  })
  expect(inside.data).toMatchObject({ channel: 'phone' })
})
