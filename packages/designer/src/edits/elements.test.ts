import { expect, test } from 'vitest'
import { changedElement, elementsIn, withElement, withoutElement } from './elements.ts'

const app = { id: 'demo', roles: [{ id: 'role_1', label: 'A' }] }

test('a new entry gets an id of its own, is changed, keeps its id, and goes', () => {
  const { document, id } = withElement(app, 'roles', 'role', { label: 'B' })
  expect(elementsIn(document, 'roles').map((one) => one.id)).toEqual(['role_1', 'role_2'])
  const renamed = changedElement(document, 'roles', id, { id: 'other', label: 'C' })
  expect(elementsIn(renamed, 'roles')[1]).toEqual({ id: 'role_2', label: 'C' })
  expect(withoutElement(renamed, 'roles', id)).toEqual(app)
})

test('a list that is not there is empty and can get its first entry', () => {
  expect(elementsIn({}, 'clocks')).toEqual([])
  expect(withElement({}, 'clocks', 'clock', {}).document).toEqual({ clocks: [{ id: 'clock_1' }] })
})
