import { formModel } from '@tenon/engine'
import { expect, test } from 'vitest'
import type { Form } from '../edits/form-edit.ts'
import { closed, offersOf, opened, withAsked } from './public-form.ts'

const form: Form = {
  id: 'ticket',
  kind: 'form',
  schemaVersion: 1,
  label: 'Ticket',
  title: { formula: 'subject' },
  fields: [
    { id: 'number', type: 'serial', label: 'Number', pattern: 'T{0000}' },
    { id: 'subject', type: 'text', label: 'Subject', required: true },
    { id: 'customer', type: 'link', label: 'Customer', form: 'customer' },
    { id: 'code', type: 'text', label: 'Code', unique: true },
    { id: 'site', type: 'text', label: 'Site' },
  ],
}
const offers = offersOf(formModel(form, { id: 'desk', currency: 'CNY' }))

test('every field people enter is offered, with why strangers may not', () => {
  expect(offers.map(({ id, refusal }) => [id, refusal])).toEqual([
    ['subject', undefined],
    ['customer', 'picker'],
    ['code', 'unique'],
    ['site', undefined],
  ])
})

test('it opens with what must be filled in; closed, it keeps what was set for when it is opened again', () => {
  const open = opened(form, offers)
  expect(open.publicForm).toEqual({ fields: ['subject'] })
  const set = { ...form, publicForm: { fields: ['site'], title: 'Hi', values: { code: 'web' } } }
  const shut = closed(set)
  expect(shut.publicForm).toEqual({ ...set.publicForm, closed: true })
  expect(opened(shut, offers)).toEqual(set)
  expect(closed(form)).toBe(form)
  expect(opened(form, offers.slice(3)).publicForm).toEqual({ fields: ['site'] })
  expect(opened(form, [])).toBe(form)
})

test('fields come and go in the order of the form; the last one stays', () => {
  const more = withAsked(
    withAsked({ ...form, publicForm: { fields: ['site'], title: 'Hi' } }, 'subject', true),
    'nope',
    true,
  )
  expect(more.publicForm).toEqual({ fields: ['subject', 'site'], title: 'Hi' })
  const less = withAsked(more, 'subject', false)
  expect(less.publicForm?.fields).toEqual(['site'])
  expect(withAsked(less, 'site', false)).toBe(less)
})
