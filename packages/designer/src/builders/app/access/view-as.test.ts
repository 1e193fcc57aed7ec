import { formModel } from '@tenon/engine'
import { expect, test } from 'vitest'
import { viewAs } from './view-as.ts'

const mine = { fact: 'record', path: '$.handler', operator: 'equal', value: { ref: '$.user.id' } }
const form = formModel(
  {
    id: 'ticket',
    kind: 'form',
    schemaVersion: 1,
    label: 'T',
    title: { formula: 'subject' },
    fields: [
      { id: 'subject', type: 'text', label: 'S' },
      { id: 'cost', type: 'number', label: 'C' },
      { id: 'handler', type: 'user', label: 'H' },
    ],
    access: [
      { id: 'all', role: '*', can: ['read'], fields: { cost: 'hidden' } },
      { id: 'own', role: 'engineer', rows: mine, can: ['read', 'update'] },
      { id: 'boss', role: 'boss', can: ['read', 'update'], fields: { handler: 'read' } },
    ],
  } as never,
  { id: 'demo', currency: 'CNY' },
)

test('an engineer reads every row, changes his own, and sees costs in his own only', () => {
  const seen = viewAs(form, ['engineer'])
  expect(seen.rights.get('update')).toEqual({ best: true, everywhere: false })
  expect(seen.rights.get('read')).toEqual({ best: true, everywhere: true })
  expect(seen.fields.get('cost')).toEqual({ best: 'edit', everywhere: 'hidden' })
  expect(seen.fields.get('subject')).toEqual({ best: 'edit', everywhere: 'read' })
  expect(seen.entries.map(({ entry, fields }) => [entry.id, fields.get('cost')])).toEqual([
    ['all', 'hidden'],
    ['own', 'edit'],
  ])
})

test('rights of several roles add up; who has no role of the app sees nothing', () => {
  const both = viewAs(form, ['engineer', 'boss'])
  expect(both.fields.get('cost')).toEqual({ best: 'edit', everywhere: 'edit' })
  expect(both.fields.get('handler')).toEqual({ best: 'edit', everywhere: 'read' })
  const nobody = viewAs(form, [])
  expect([nobody.entries, nobody.fields.get('subject')]).toEqual([[], { best: 'hidden', everywhere: 'hidden' }])
})
