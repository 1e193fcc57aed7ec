import { expect, test } from 'vitest'
import { rulesInOrder, withRuleMoved } from './rule-order.ts'

const rule = (id: string, order?: number, form = 'ticket') => ({
  id,
  kind: 'rule',
  form,
  ...(order === undefined ? {} : { order }),
})
const documents = {
  'rules/c.json': rule('c', 30),
  'rules/a.json': rule('a', 10),
  'rules/b.json': rule('b', 20),
  'rules/z.json': rule('z'),
  'rules/y.json': rule('y', 1, 'visit'),
}
const shown = (all: object) => rulesInOrder(all as never, 'ticket')

test('rules run by order, then by id, each form for itself', () => {
  expect(shown(documents)).toEqual(['rules/a.json', 'rules/b.json', 'rules/c.json', 'rules/z.json'])
})

test.each([
  [0, 2],
  [3, 0],
  [2, 1],
  [1, 3],
])('a rule moved from %i to %i stands there, and no other document changes where a number is free', (from, to) => {
  const next = withRuleMoved(documents, 'ticket', from, to)
  const [path = ''] = shown(documents).slice(from, from + 1)
  expect(shown(next)).toEqual(shown(documents).toSpliced(from, 1).toSpliced(to, 0, path))
  const changed = Object.keys(documents).filter((one) => next[one] !== documents[one as keyof typeof documents])
  expect(changed).toEqual([path])
})

test('where no number is free all are numbered anew', () => {
  const tight = { 'rules/a.json': rule('a', 1), 'rules/b.json': rule('b', 2), 'rules/c.json': rule('c', 3) }
  const next = withRuleMoved(tight, 'ticket', 2, 1)
  expect(shown(next)).toEqual(['rules/a.json', 'rules/c.json', 'rules/b.json'])
})

test('a move to nowhere changes nothing', () => {
  expect(withRuleMoved(documents, 'ticket', 0, 0)).toBe(documents)
  expect(withRuleMoved(documents, 'ticket', 0, 9)).toBe(documents)
})
