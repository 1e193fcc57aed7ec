import { expect, test } from 'vitest'
import type { Condition } from '../definitions/condition.ts'
import { factNames } from '../definitions/condition.ts'
import { renderProblem } from '../render-problem.ts'
import { checkCondition } from './check.ts'
import { explainCondition } from './explain.ts'
import { facts, lookup, ticket } from './fixture.ts'
import { conditionReads } from './reads.ts'

const scope = { form: ticket, lookup, facts: factNames.filter((name) => name !== 'task') }
const leaf = (path: string, operator: string, value?: unknown) =>
  ({ fact: 'record', path, operator, value }) as unknown as Condition

test.each([
  ['fine', leaf('$.customer.level', 'equal', 'vip'), []],
  ['fine through two apps', leaf('$.customer.region.name', 'startsWith', '华'), []],
  [
    'a field that is none',
    leaf('$.priorty', 'equal', 'high'),
    [['condition.unknownField', '/x/path', { field: 'priorty', suggestion: 'priority' }]],
  ],
  [
    'a linked field that is none',
    leaf('$.customer.levle', 'equal', 'vip'),
    [['condition.unknownField', '/x/path', { field: 'levle', suggestion: 'level' }]],
  ],
  [
    'a field behind a field that is no link',
    leaf('$.subject.name', 'equal', 'vip'),
    [['condition.unknownField', '/x/path', { field: 'name' }]],
  ],
  [
    'an operator of another kind',
    leaf('$.quantity', 'startsWith', 'a'),
    [['condition.operatorNotForField', '/x/operator', { operator: 'startsWith', field: 'quantity' }]],
  ],
  [
    'a value of another kind',
    leaf('$.quantity', 'equal', 'many'),
    [['condition.valueInvalid', '/x/value', { value: 'many', expected: 'integer' }]],
  ],
  [
    'no option',
    leaf('$.priority', 'in', ['high', 'hgih']),
    [['condition.unknownOption', '/x/value/1', { value: 'hgih', field: 'priority', suggestion: 'high' }]],
  ],
  [
    'a stage that is none',
    leaf('$.stage', 'equal', 'close'),
    [['condition.unknownOption', '/x/value', { value: 'close', field: 'stage', suggestion: 'closed' }]],
  ],
  ['no value', leaf('$.subject', 'equal'), [['condition.valueMissing', '/x/value', undefined]]],
  [
    'no duration',
    leaf('$.due_on', 'olderThan', '3 days'),
    [['condition.valueInvalid', '/x/value', { value: '3 days', expected: 'duration' }]],
  ],
  [
    'half a pair',
    leaf('$.quantity', 'between', [1]),
    [['condition.valueInvalid', '/x/value', { value: '[1]', expected: 'pair' }]],
  ],
  [
    'a reference to nothing',
    leaf('$.owner', 'equal', { ref: '$.user.idd' }),
    [['condition.unknownField', '/x/value', { field: 'idd', suggestion: 'id' }]],
  ],
  [
    'a fact that is not here',
    { fact: 'task', path: '$.node', operator: 'equal', value: 'a' },
    [['condition.unknownFact', '/x/path', { fact: 'task' }]],
  ],
  [
    'inside a tree',
    { any: [{ not: leaf('$.nope', 'isEmpty') }] },
    [['condition.unknownField', '/x/any/0/not/path', { field: 'nope' }]],
  ],
] as [string, Condition, [string, string, object | undefined][]][])('%s', (_, condition, expected) => {
  expect(checkCondition(condition, scope, '/x').map(({ code, path, details }) => [code, path, details])).toEqual(
    expected,
  )
})

test('a formula leaf is checked with positions', () => {
  expect(checkCondition({ formula: 'quantiy > 1' }, scope, '/x')).toEqual([
    {
      code: 'formula.unknownName',
      path: '/x/formula',
      details: { from: 0, to: 7, near: 'quantiy', name: 'quantiy', suggestion: 'quantity' },
    },
  ])
})

test('problems are said in both languages', () => {
  const [one] = checkCondition(leaf('$.priorty', 'equal', 'high'), scope, '')
  expect([renderProblem(one!, 'zh-CN'), renderProblem(one!, 'en')]).toEqual([
    '没有字段“priorty”，是否想写“priority”？',
    'There is no field "priorty"; did you mean "priority"?',
  ])
})

test('reads: facts, references, formulas, windows', () => {
  const condition: Condition = {
    all: [
      leaf('$.customer.level', 'equal', { ref: '$.user.department' }),
      leaf('$.priority', 'changed'),
      leaf('$.due_on', 'within', 'P1D'),
      { not: { formula: 'quantity > 1 and customer.turnover > 5 and now() > reported_at' } },
    ],
  }
  expect(
    conditionReads(condition, ticket, lookup)
      .map(({ fact, path }) => [fact, ...path].join('.'))
      .sort(),
  ).toEqual([
    'now',
    'previous.priority',
    'record.customer.level',
    'record.customer.turnover',
    'record.due_on',
    'record.priority',
    'record.quantity',
    'record.reported_at',
    'user.department',
  ])
})

test('explain keeps the tree, with the values that decided', () => {
  const condition: Condition = {
    all: [
      leaf('$.quantity', 'greaterThan', 5),
      { not: leaf('$.customer.level', 'equal', 'vip') },
      { formula: 'quantity + 1' },
    ],
  }
  expect(explainCondition(condition, facts({ quantity: 3, customer: 'c1' }), ticket, lookup)).toMatchObject({
    kind: 'all',
    result: false,
    parts: [
      { kind: 'leaf', result: false, actual: 3, expected: 5 },
      { kind: 'not', result: false, parts: [{ kind: 'leaf', result: true, actual: 'vip', expected: 'vip' }] },
      { kind: 'formula', result: false, actual: 4, warnings: [] },
    ],
  })
})
