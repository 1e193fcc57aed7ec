import { expect, test } from 'vitest'
import { withoutRole } from './roles.ts'

test('a role that goes takes its rights along, and opens nothing to others', () => {
  const documents = {
    'app.json': {
      roles: [{ id: 'agent' }, { id: 'boss' }],
      navigation: [{ id: 'a' }, { id: 'b', roles: ['agent'] }, { id: 'c', roles: ['agent', 'boss'] }],
    },
    'forms/ticket.json': {
      id: 'ticket',
      access: [
        { id: 'x', role: 'agent' },
        { id: 'y', role: 'boss' },
      ],
    },
    'forms/plain.json': { id: 'plain' },
    'README.md': 'text',
  }
  const without = withoutRole(documents, 'agent')
  expect(without).toEqual({
    'app.json': { roles: [{ id: 'boss' }], navigation: [{ id: 'a' }, { id: 'c', roles: ['boss'] }] },
    'forms/ticket.json': { id: 'ticket', access: [{ id: 'y', role: 'boss' }] },
    'forms/plain.json': { id: 'plain' },
    'README.md': 'text',
  })
  expect(without['forms/plain.json']).toBe(documents['forms/plain.json'])
})
