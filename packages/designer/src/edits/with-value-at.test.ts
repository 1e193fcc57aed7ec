import { type Change, diffDocuments } from '@tenon/engine'
import { expect, test } from 'vitest'
import { withValueAt } from './with-value-at.ts'

const document = {
  label: 'T',
  nodes: [
    { id: 'start', type: 'startEvent' },
    { id: 'repair', limit: { within: 'PT1H' } },
  ],
}
const changes = (path: readonly string[], value: unknown): readonly Change[] =>
  diffDocuments(document, withValueAt(document, path, value))

test('changes, adds and takes away what a path of names leads to', () => {
  expect(changes(['nodes', 'repair', 'limit', 'within'], 'PT2H')).toMatchObject([
    { path: ['nodes', 'repair', 'limit', 'within'], kind: 'changed', after: 'PT2H' },
  ])
  expect(changes(['nodes', 'repair', 'limit'], undefined)).toMatchObject([
    { path: ['nodes', 'repair', 'limit'], kind: 'removed' },
  ])
  expect(changes(['nodes', 'start'], undefined)).toMatchObject([{ path: ['nodes', 'start'], kind: 'removed' }])
  expect(changes(['nodes', 'end'], { id: 'end' })).toMatchObject([{ path: ['nodes', 'end'], kind: 'added' }])
})

test('leaves everything beside it the very same, and a path that leads nowhere changes nothing', () => {
  const next = withValueAt(document, ['nodes', 'repair', 'limit', 'within'], 'PT2H')
  expect(next.nodes[0]).toBe(document.nodes[0])
  expect(withValueAt(document, ['nodes', 'gone', 'limit'], 'PT2H')).toBe(document)
  expect(withValueAt(document, ['nodes', 'start', 'limit', 'within'], 'PT2H')).toBe(document)
})
