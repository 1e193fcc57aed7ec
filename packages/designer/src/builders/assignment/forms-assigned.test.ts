import { expect, test } from 'vitest'
import { formsAssigned } from './forms-assigned.ts'

const documents = {
  'forms/ticket.json': { id: 'ticket' },
  'forms/asset.json': { id: 'asset' },
  'flows/sop.json': { id: 'sop', form: 'ticket', nodes: [{ id: 'handle', assign: [{ strategy: 'by_skill' }] }] },
}

test('a strategy is about the forms of the flows that name it', () => {
  expect(formsAssigned(documents, 'by_skill')).toEqual(['ticket'])
})

test('one that nobody names yet may be tried on every form', () => {
  expect(formsAssigned(documents, 'new_one')).toEqual(['ticket', 'asset'])
})
