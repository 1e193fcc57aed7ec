import { withRestored } from '@tenon/engine'
import { expect, test } from 'vitest'
import { isRetired, isRetiredIn, retire } from './retired.ts'

const documents = {
  'app.json': { id: 'demo', roles: [{ id: 'agent', label: 'A' }] },
  'forms/visit.json': { id: 'visit', fields: [{ id: 'cost' }] },
}

test('the ids of a definition, of an element of it and of a role are kept once, and known again', () => {
  const kept = retire(documents, ['forms/visit.json', 'forms/visit.json/fields/cost', 'app.json/roles/agent'])
  expect(kept['app.json']).toMatchObject({ retired: ['forms/visit', 'forms/visit/fields/cost', 'app/roles/agent'] })
  expect(retire(kept, ['app.json/roles/agent'])).toBe(kept)
  expect(isRetired(kept, 'forms/visit.json')).toBe(true)
  expect(isRetired(kept, 'forms/ticket.json')).toBe(false)
  expect(isRetiredIn(kept, 'forms/visit.json', 'fields')('cost')).toBe(true)
  expect(isRetiredIn(kept, 'app.json', 'roles')('agent')).toBe(true)
  expect(isRetiredIn(documents, 'app.json', 'roles')('agent')).toBe(false)
})

test('what is brought back is retired no more', () => {
  const { 'forms/visit.json': _gone, ...without } = documents
  const kept = retire(without, ['forms/visit.json'])
  const back = withRestored(kept, documents, 'forms/visit.json')
  expect(back && isRetired(back, 'forms/visit.json')).toBe(false)
})
