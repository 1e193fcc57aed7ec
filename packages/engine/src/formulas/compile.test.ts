import { describe, expect, test } from 'vitest'
import { facts, lookup, region, ticket } from '../conditions/fixture.ts'
import type { Facts, RecordFacts } from '../facts.ts'
import type { ValueType } from '../kernel/value-kind.ts'
import { isPushable } from './ast.ts'
import { compileFormula, compileUnaryTest } from './compile.ts'

const record: RecordFacts = {
  id: 't1',
  subject: '打印机',
  quantity: 3,
  hours: '1.50',
  price: '12.50',
  urgent: true,
  due_on: '2026-03-05',
  reported_at: '2026-02-27T08:00:00.000Z',
  effort: 'PT2H',
  priority: 'high',
  tags: ['hw'],
  owner: 'u1',
  customer: 'c1',
}
const compiled = (text: string, resultType?: ValueType) => {
  const formula = compileFormula(text, { form: ticket, lookup, ...(resultType ? { resultType } : {}) })
  if (!formula.ok) throw new Error(JSON.stringify(formula.error))
  return formula.value
}
const value = (text: string, resultType?: ValueType, more: Partial<Facts> = {}) =>
  compiled(text, resultType).evaluate(facts(record, more)).value
const problems = (text: string) => {
  const formula = compileFormula(text, { form: ticket, lookup })
  return formula.ok ? [] : formula.error.map(({ code, details }) => [code, details?.near, details?.suggestion])
}

test.each([
  ['quantity * price', { kind: 'money', scale: 2 }, '37.50'],
  ['price / 3', { kind: 'money', scale: 2 }, '4.17'],
  ['price / 3', { kind: 'integer' }, 4],
  ['hours * 1.005', { kind: 'decimal', scale: 3 }, '1.508'],
  ['subject + " " + priority', { kind: 'text' }, '打印机 high'],
  ['string(quantity)', { kind: 'text' }, '3'],
  ['urgent and quantity > 2', { kind: 'boolean' }, true],
  ['due_on + @"P1D"', { kind: 'date' }, '2026-03-06'],
  ['due_on', { kind: 'instant' }, '2026-03-04T16:00:00.000Z'],
  ['reported_at + effort', { kind: 'instant' }, '2026-02-27T10:00:00.000Z'],
  ['now() - reported_at', { kind: 'duration' }, 'P3D'],
  ['effort * 2', { kind: 'duration' }, 'PT4H'],
  ['reported_at.hour', { kind: 'integer' }, 16],
  ['reported_at.day', { kind: 'integer' }, 27],
  ['customer.level', { kind: 'text' }, 'vip'],
  ['customer.region.name', { kind: 'text' }, '华东'],
  ['customer.turnover * 0.1', { kind: 'money', scale: 2 }, '12000.05'],
  ['owner', { kind: 'reference' }, 'u1'],
  ['user.name', { kind: 'text' }, '李伟'],
  ['owner = user', { kind: 'boolean' }, true],
  ['list contains(user.departments, "d2")', { kind: 'boolean' }, true],
  ['count(tags)', { kind: 'integer' }, 1],
  ['append(tags, "net")', { kind: 'list' }, ['hw', 'net']],
  ['get value(record, "price")', { kind: 'money', scale: 2 }, '12.50'],
  ['record.price * 2', { kind: 'money', scale: 2 }, '25.00'],
  ['due_on - today()', { kind: 'duration' }, 'P3D'],
] satisfies [string, ValueType, unknown][])('%s', (text, type, expected) => expect(value(text, type)).toEqual(expected))

test('previous is the record before', () => {
  expect(value('price - previous.price', { kind: 'money', scale: 2 }, { previous: { price: '10.00' } })).toBe('2.50')
  expect(value('previous.price = null')).toBe(true)
})
test('a result that does not fit its field is null with a warning', () => {
  const result = compiled('subject', { kind: 'integer' }).evaluate(facts(record))
  expect([result.value, result.warnings.map((warning) => warning.code)]).toEqual([null, ['formula.wrongType']])
})
test('a moment is read in the zone of the facts', () => {
  expect(value('reported_at < date and time("2026-02-27T16:00:01")')).toBe(true)
  expect(value('reported_at < date and time("2026-02-27T16:00:00")')).toBe(false)
  expect(value('date(reported_at) = @"2026-02-26"', undefined, { zone: 'Pacific/Pago_Pago' })).toBe(true)
})

describe('problems while writing', () => {
  test.each([
    ['quantiy * 2', [['formula.unknownName', 'quantiy', 'quantity']]],
    ['customer.levle = "vip"', [['formula.unknownName', 'customer.levle', 'level']]],
    ['reported_at.yeer', [['formula.unknownName', 'reported_at.yeer', 'year']]],
    ['sun(tags)', [['formula.unknownFunction', 'sun(tags)', 'sum']]],
    ['substring(subject)', [['formula.wrongArguments', 'substring(subject)', undefined]]],
    ['subject * 2', [['formula.wrongType', 'subject * 2', undefined]]],
    ['due_on = "2026-01-01"', [['formula.wrongType', 'due_on = "2026-01-01"', undefined]]],
    ['if quantity then 1 else 2', [['formula.wrongType', 'quantity', undefined]]],
    ['constructor', [['formula.unknownName', 'constructor', undefined]]],
    ['user.__proto__', [['formula.unknownName', 'user.__proto__', undefined]]],
    ['quantity +', [['formula.syntax', '', undefined]]],
    ['first name', [['formula.unknownName', 'first name', undefined]]],
  ] as [string, unknown[]][])('%s', (text, expected) => expect(problems(text)).toEqual(expected))

  test('what a filter, a loop or a context names is theirs', () => {
    for (const text of [
      'tags[item = "hw"]',
      'for subject in tags return subject = "hw"',
      '{quantity: "a", b: quantity + "b"}.b',
      'sum(for q in [1] return q * quantity)',
    ])
      expect(problems(text)).toEqual([])
  })
})

test('reads: what must be loaded, and when it must be computed anew', () => {
  const reads = (text: string) => compiled(text).reads.map(({ fact, path }) => [fact, ...path].join('.'))
  expect(reads('quantity * price + quantity')).toEqual(['record.quantity', 'record.price'])
  expect(reads('customer.region.name')).toEqual(['record.customer.region.name'])
  expect(reads('today() > due_on and previous.subject = user.name')).toEqual([
    'now',
    'record.due_on',
    'previous.subject',
    'user.name',
  ])
})

test('a compiled formula is kept until a linked form changes', () => {
  const scope = { form: ticket, lookup }
  const first = compileFormula('customer.region.name', scope)
  expect(compileFormula('customer.region.name', { form: ticket, lookup: (name) => lookup(name) })).toBe(first)
  const other = (name: string) => (name === 'crm/region' ? { ...region, fields: new Map() } : lookup(name))
  expect(compileFormula('customer.region.name', { form: ticket, lookup: other }).ok).toBe(false)
})

test('without a form, facts and fields are read as they come', () => {
  const formula = compileFormula('record.n + n + params.p')
  expect(formula.ok && formula.value.evaluate(facts({ n: 2 }, { params: { p: 3 } })).value).toBe(7)
})

test('extra names come from params', () => {
  const formula = compileFormula('amount > limit', { names: ['amount', 'limit'] })
  expect(formula.ok && formula.value.evaluate(facts({}, { params: { amount: 5, limit: 4 } })).value).toBe(true)
})

test('a unary test', () => {
  const cell = compileUnaryTest('> quantity', { form: ticket, lookup })
  expect(
    cell.ok && [
      cell.value.test(4, facts(record)).passes,
      cell.value.test(3, facts(record)).passes,
      cell.value.test(null, facts(record)).passes,
    ],
  ).toEqual([true, false, false])
})

test('pushable: plain arithmetic and comparisons of columns', () => {
  const pushable = (text: string) =>
    isPushable(compiled(text).ast, (path) => ticket.fields.has(path[0] ?? '') && path.length === 1)
  expect([
    pushable('quantity * price > 100 and not(urgent)'),
    pushable('reported_at.year = 2026'),
    pushable('customer.level = "vip"'),
    pushable('some x in tags satisfies x = "a"'),
  ]).toEqual([true, true, false, false])
})
