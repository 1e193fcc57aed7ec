import type { Condition, LeafCondition } from '@tenon/engine'
import { expect, test } from 'vitest'
import { conditionOf, extended, groupOf, withOperator, withPart, withSubject, withValue } from './condition-tree.ts'

const urgent: LeafCondition = { fact: 'record', path: '$.priority', operator: 'equal', value: 'urgent' }
const vip: LeafCondition = { fact: 'record', path: '$.customer.level', operator: 'in', value: ['vip', 'key'] }
const byHand: Condition = { fact: 'task', path: '$.mystery', operator: 'equal', value: 1 }

test.each<Condition>([
  { all: [urgent, vip] },
  { any: [urgent, { all: [vip, byHand] }] },
  { not: urgent },
  { not: { any: [urgent, vip] } },
  { not: { any: [urgent] } },
  { not: { all: [urgent, vip] } },
])('a group that nobody changes says the same afterwards: %j', (condition) => {
  const group = groupOf(condition)
  const again = group && conditionOf(group)
  // `not` of a group of one is written without the group; it means the same.
  const { not } = condition as { not?: { any?: Condition[] } }
  expect(again).toEqual(not?.any?.length === 1 ? { not: not.any[0] } : condition)
})

test('a change leaves the parts beside it the very same, also those no picker can draw', () => {
  const group = groupOf({ all: [byHand, urgent] })
  if (!group) throw new Error('it is a group')
  const next = conditionOf(withPart(group, 1, vip)) as { all: Condition[] }
  expect(next.all[0]).toBe(byHand)
  expect(next.all[1]).toBe(vip)
  expect(conditionOf(withPart(group, 0, undefined))).toEqual({ all: [urgent] })
})

test('a second condition makes a group of the first', () => {
  expect(extended(undefined, urgent)).toBe(urgent)
  expect(extended(urgent, vip)).toEqual({ all: [urgent, vip] })
  expect(extended({ any: [urgent] }, vip)).toEqual({ any: [urgent, vip] })
})

test('another operator keeps the value where it still has its shape', () => {
  expect(withOperator(urgent, 'notEqual')).toEqual({ ...urgent, operator: 'notEqual' })
  expect(withOperator(urgent, 'in')).toEqual({ ...urgent, operator: 'in', value: ['urgent'] })
  expect(withOperator(vip, 'equal')).toEqual({ ...vip, operator: 'equal', value: 'vip' })
  expect(withOperator(urgent, 'isEmpty')).toEqual({ fact: 'record', path: '$.priority', operator: 'isEmpty' })
})

test('another field takes an operator it knows, and no value of the field before', () => {
  expect(withSubject(vip, 'record', '$.count', ['equal', 'lessThan'])).toEqual({
    fact: 'record',
    path: '$.count',
    operator: 'equal',
  })
  expect(withSubject(urgent, 'now', undefined, ['equal'])).toEqual({ fact: 'now', operator: 'equal' })
})

test('a value that says nothing is left out', () => {
  expect(withValue(urgent, undefined)).not.toHaveProperty('value')
  expect(withValue(vip, [])).not.toHaveProperty('value')
})
