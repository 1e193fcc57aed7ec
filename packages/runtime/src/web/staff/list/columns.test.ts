import { type FormDefinition, formModels } from '@tenon/engine'
import { expect, test } from 'vitest'
import { listColumns } from './columns.ts'

const home = { id: 'desk', currency: 'CNY' }
const head = { kind: 'form', schemaVersion: 1, title: { formula: 'name' } } as const
const customer: FormDefinition = {
  ...head,
  id: 'customer',
  label: 'Customer',
  fields: [
    { id: 'name', type: 'text', label: 'Name' },
    { id: 'credit', type: 'money', label: 'Credit' },
    { id: 'notes', type: 'longText', label: 'Notes' },
  ],
}
const ticket: FormDefinition = {
  ...head,
  id: 'ticket',
  label: 'Ticket',
  fields: [
    { id: 'name', type: 'text', label: 'Subject' },
    { id: 'customer', type: 'link', label: 'Customer', form: 'customer' },
    { id: 'credit', type: 'lookup', label: 'Credit', link: 'customer', field: 'credit' },
    { id: 'notes', type: 'lookup', label: 'Notes', link: 'customer', field: 'notes' },
    { id: 'gone', type: 'lookup', label: 'Gone', link: 'customer', field: 'gone' },
  ],
}

test('a list is put in order by what is stored, by a lookup as by the field that it shows; never over a link', () => {
  const forms = formModels([customer, ticket], home)
  const form = forms.get('ticket')
  if (!form) throw new Error('no form')
  const paths = ['name', 'customer', 'credit', 'notes', 'gone', 'customer.credit']
  const columns = listColumns(paths, form, (name) => forms.get(name.split('/').at(-1) ?? ''), 'en')
  expect(columns.map(({ path, sortable }) => [path, sortable])).toEqual([
    ['name', true],
    ['customer', true],
    ['credit', true],
    ['notes', false],
    ['gone', false],
    ['customer.credit', false],
  ])
})
