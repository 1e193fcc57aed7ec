import { describe, expect, test } from 'vitest'
import type { Condition, LeafCondition } from '../definitions/condition.ts'
import type { Facts, RecordFacts } from '../facts.ts'
import { compileCondition } from './compile.ts'
import { facts, lookup, ticket } from './fixture.ts'

const holds = (condition: Condition, record: RecordFacts, more: Partial<Facts> = {}): boolean =>
  compileCondition(condition, ticket, lookup)(facts(record, more))
const leaf = (path: string, operator: LeafCondition['operator'], value?: LeafCondition['value']): LeafCondition =>
  value === undefined
    ? { fact: 'record', path: `$.${path}`, operator }
    : { fact: 'record', path: `$.${path}`, operator, value }

describe('values compare as their field says', () => {
  test.each([
    ['decimals of another scale are equal', leaf('hours', 'equal', 1.5), { hours: '1.50' }, true],
    ['decimals are numbers, not texts', leaf('hours', 'lessThan', 10), { hours: '9.00' }, true],
    ['an operand finer than the field compares exactly', leaf('price', 'lessThan', '12.505'), { price: '12.50' }, true],
    [
      'an amount beyond double precision compares exactly',
      leaf('price', 'greaterThan', '90071992547409.91'),
      { price: '90071992547409.92' },
      true,
    ],
    ['0.1 + 0.2 is no trap', leaf('hours', 'equal', 0.3), { hours: '0.30' }, true],
    ['a number given as text counts', leaf('quantity', 'greaterThanInclusive', '3'), { quantity: 3 }, true],
    ['text does not turn into a number', leaf('subject', 'lessThan', 10), { subject: '9' }, false],
    ['text sorts by code point: 😀 after ｡', leaf('subject', 'greaterThan', '｡'), { subject: '😀' }, true],
    [
      'a moment in another offset is the same moment',
      leaf('reported_at', 'equal', '2026-03-02T08:00:00+08:00'),
      { reported_at: '2026-03-02T00:00:00.000Z' },
      true,
    ],
    ['durations compare by length', leaf('effort', 'greaterThan', 'PT90M'), { effort: 'PT2H' }, true],
    ['boolean', leaf('urgent', 'equal', true), { urgent: true }, true],
    ['false is a value', leaf('urgent', 'isNotEmpty'), { urgent: false }, true],
    ['in', leaf('priority', 'in', ['high', 'low']), { priority: 'low' }, true],
    ['not in', leaf('priority', 'notIn', ['high']), { priority: 'low' }, true],
    ['not in nothing', leaf('priority', 'notIn', []), { priority: 'low' }, true],
    ['between takes both ends', leaf('quantity', 'between', [1, 3]), { quantity: 3 }, true],
    ['between dates', leaf('due_on', 'between', ['2026-03-01', '2026-03-31']), { due_on: '2026-04-01' }, false],
    ['contains in text', leaf('subject', 'contains', '打印'), { subject: '打印机卡纸' }, true],
    ['contains in a list is membership', leaf('tags', 'contains', 'h'), { tags: ['hw'] }, false],
    ['contains any', leaf('tags', 'containsAny', ['sw', 'net']), { tags: ['hw', 'net'] }, true],
    ['contains all', leaf('tags', 'containsAll', ['sw', 'net']), { tags: ['hw', 'net'] }, false],
    ['does not contain', leaf('tags', 'doesNotContain', 'sw'), { tags: ['hw'] }, true],
    ['starts with', leaf('subject', 'startsWith', '打印'), { subject: '打印机' }, true],
    ['a linked field', leaf('customer.level', 'equal', 'vip'), { customer: 'c1' }, true],
    ['two links into another app', leaf('customer.region.name', 'equal', '华东'), { customer: 'c1' }, true],
    ['a linked amount', leaf('customer.turnover', 'greaterThan', 120000), { customer: 'c1' }, true],
    ['a link to nothing', leaf('customer.level', 'notEqual', 'vip'), { customer: 'gone' }, false],
    ['now', { fact: 'now', operator: 'greaterThan', value: '2026-03-02T07:59:59.999Z' }, {}, true],
    ['the user', { fact: 'user', path: '$.roles', operator: 'contains', value: 'agent' }, {}, true],
  ] satisfies [string, Condition, RecordFacts, boolean][])('%s', (_, condition, record, expected) => {
    expect(holds(condition, record)).toBe(expected)
  })
})

describe('against a blank every operator is false, the two blank tests excepted', () => {
  const operands: { readonly [K in LeafCondition['operator']]?: LeafCondition['value'] } = {
    in: ['a'],
    notIn: ['a'],
    between: ['a', 'b'],
    containsAny: ['a'],
    containsAll: ['a'],
    olderThan: 'P1D',
    within: 'P1D',
  }
  for (const operator of [
    'equal',
    'notEqual',
    'in',
    'notIn',
    'lessThan',
    'lessThanInclusive',
    'greaterThan',
    'greaterThanInclusive',
    'between',
    'contains',
    'doesNotContain',
    'startsWith',
  ] as const) {
    for (const blank of [null, undefined, '']) {
      test(`${operator} of ${JSON.stringify(blank)}`, () => {
        const condition = leaf('subject', operator, operands[operator] ?? 'a')
        expect(holds(condition, blank === undefined ? {} : { subject: blank })).toBe(false)
        expect(holds({ not: condition }, blank === undefined ? {} : { subject: blank })).toBe(true)
      })
    }
    test(`${operator} with a blank operand`, () => {
      const value = { ref: '$.record.owner' }
      expect(
        holds(
          leaf(
            'subject',
            operator,
            operator === 'between' ? [value, value] : operator === 'in' || operator === 'notIn' ? value : value,
          ),
          { subject: 'a' },
        ),
      ).toBe(false)
    })
  }
  test('lists', () => {
    expect(holds(leaf('tags', 'doesNotContain', 'hw'), { tags: [] })).toBe(false)
    expect(holds(leaf('tags', 'containsAll', []), {})).toBe(false)
    expect(holds(leaf('tags', 'isEmpty'), { tags: [] })).toBe(true)
  })
})

describe('references', () => {
  test('a ref is a value of the facts, a bare string never is', () => {
    expect(holds(leaf('owner', 'equal', { ref: '$.user.id' }), { owner: 'u1' })).toBe(true)
    expect(holds(leaf('subject', 'equal', '$.user.id'), { subject: 'u1' })).toBe(false)
  })
  test('the user without a path is the person', () =>
    expect(holds(leaf('owner', 'equal', { ref: '$.user' }), { owner: 'u1' })).toBe(true))
  test('a list of the facts', () =>
    expect(holds(leaf('owner', 'in', { ref: '$.user.departments' }), { owner: 'd2' })).toBe(true))
  test('refs inside a list, lists laid flat', () =>
    expect(holds(leaf('owner', 'in', ['x', { ref: '$.user.departments' }]), { owner: 'd2' })).toBe(true))
  test('a moment against a day is its day in the zone', () => {
    const condition = leaf('due_on', 'equal', { ref: '$.now' })
    expect(holds(condition, { due_on: '2026-03-02' })).toBe(true)
    expect(holds(condition, { due_on: '2026-03-02' }, { zone: 'Pacific/Kiritimati' })).toBe(true)
    expect(holds(condition, { due_on: '2026-03-01' }, { zone: 'Pacific/Pago_Pago' })).toBe(true)
  })
})

describe('windows of time', () => {
  test.each([
    [
      'older by a millisecond',
      leaf('reported_at', 'olderThan', 'P3D'),
      { reported_at: '2026-02-27T07:59:59.999Z' },
      true,
    ],
    [
      'exactly that old is not older',
      leaf('reported_at', 'olderThan', 'P3D'),
      { reported_at: '2026-02-27T08:00:00.000Z' },
      false,
    ],
    [
      'exactly that old is within',
      leaf('reported_at', 'within', 'P3D'),
      { reported_at: '2026-02-27T08:00:00.000Z' },
      true,
    ],
    ['now is within', leaf('reported_at', 'within', 'P3D'), { reported_at: '2026-03-02T08:00:00.000Z' }, true],
    [
      'the future is not within the last',
      leaf('reported_at', 'within', 'P3D'),
      { reported_at: '2026-03-02T08:00:00.001Z' },
      false,
    ],
    [
      'a negative duration looks ahead',
      leaf('reported_at', 'within', '-P3D'),
      { reported_at: '2026-03-05T08:00:00.000Z' },
      true,
    ],
    ['days count on the calendar', leaf('due_on', 'within', 'P2D'), { due_on: '2026-02-28' }, true],
    ['a day before', leaf('due_on', 'olderThan', 'P2D'), { due_on: '2026-02-27' }, true],
    ['months are calendar steps', leaf('due_on', 'olderThan', 'P1M'), { due_on: '2026-02-01' }, true],
    [
      'the same day of the month before is not older',
      leaf('due_on', 'olderThan', 'P1M'),
      { due_on: '2026-02-02' },
      false,
    ],
  ] satisfies [string, Condition, RecordFacts, boolean][])('%s', (_, condition, record, expected) => {
    expect(holds(condition, record)).toBe(expected)
  })
})

describe('changed', () => {
  const changed = leaf('hours', 'changed')
  test('another value', () => expect(holds(changed, { hours: '1.50' }, { previous: { hours: '1.00' } })).toBe(true))
  test('the same number spelled otherwise is no change', () =>
    expect(holds(changed, { hours: '1.50' }, { previous: { hours: '1.5' } })).toBe(false))
  test('emptied', () => expect(holds(changed, {}, { previous: { hours: '1.00' } })).toBe(true))
  test('blank stays blank', () => expect(holds(changed, { hours: null }, { previous: {} })).toBe(false))
  test('a new record changes what it fills', () => expect(holds(changed, { hours: '1.00' })).toBe(true))
  test('lists', () =>
    expect(holds(leaf('tags', 'changed'), { tags: ['hw', 'sw'] }, { previous: { tags: ['hw'] } })).toBe(true))
})

describe('the tree', () => {
  const yes: Condition = { all: [] }
  const no: Condition = { any: [] }
  test('empty all is true, empty any is false', () => expect([holds(yes, {}), holds(no, {})]).toEqual([true, false]))
  test('all, any, not', () => {
    expect(holds({ all: [yes, no] }, {})).toBe(false)
    expect(holds({ any: [no, yes] }, {})).toBe(true)
    expect(holds({ not: { any: [no] } }, {})).toBe(true)
  })
  test('a formula leaf holds exactly when it gives true', () => {
    expect(holds({ formula: 'quantity * price > 100' }, { quantity: 3, price: '50.00' })).toBe(true)
    expect(holds({ formula: 'quantity * price > 100' }, { quantity: 3 })).toBe(false)
    expect(holds({ not: { formula: 'quantity > 1' } }, {})).toBe(true)
    expect(holds({ formula: 'this is no formula (' }, {})).toBe(false)
  })
  test('what does not exist is false, also through names of JavaScript', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'nothing']) {
      expect(holds(leaf(name, 'notEqual', 'a'), { subject: 'a' })).toBe(false)
      expect(
        compileCondition({ fact: 'task', path: `$.${name}`, operator: 'isNotEmpty' })(facts({}, { task: {} })),
      ).toBe(false)
    }
  })
})
