import { mergeDocuments } from '@tenon/engine'
import { expect, test } from 'vitest'
import { withTheirs } from './take-theirs.ts'

const fields = (...ids: string[]) => ({ label: 'T', fields: ids.map((id) => ({ id, label: id.toUpperCase() })) })

test('a value is taken as the other side has it', () => {
  expect(withTheirs(fields('a'), { about: 'value', path: ['fields', 'a', 'label'], theirs: 'X' })).toEqual({
    label: 'T',
    fields: [{ id: 'a', label: 'X' }],
  })
})

test('an order is taken without touching the entries; one that only I have stays behind its neighbour', () => {
  const mine = fields('b', 'mine', 'a', 'c')
  const [conflict] = mergeDocuments(fields('a', 'b', 'c'), mine, fields('c', 'b', 'a')).conflicts
  if (!conflict) throw new Error('both have changed the order')
  expect(conflict.about).toBe('order')
  expect(withTheirs(mine, conflict)).toEqual(fields('c', 'b', 'mine', 'a'))
})
