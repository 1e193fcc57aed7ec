import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Facts } from '../facts.ts'
import type { Field } from '../fields/schemas.ts'
import type { FormModel } from '../model.ts'
import { checkForm } from './check-form.ts'
import { orderFormulas } from './dependencies.ts'
import { formModel } from './form-model.ts'
import { oncePerForm } from './memo.ts'
import { recompute } from './recompute.ts'

const facts: Facts = { now: Date.UTC(2026, 2, 2), zone: 'UTC' }
const formOf = (fields: Field[]): FormModel =>
  formModel(
    { id: 'sheet', kind: 'form', schemaVersion: 1, label: '表', title: { formula: 'id' }, fields },
    { id: 'demo', currency: 'CNY' },
  )
const number = (id: string): Field => ({ type: 'number', id, label: id })
const formula = (id: string, text: string): Field => ({
  type: 'formula',
  id,
  label: id,
  formula: text,
  result: 'number',
})

// Written out of order on purpose: total reads sum, sum reads its parts.
const sheet = formOf([
  formula('total', 'sum * rate'),
  formula('sum', 'a + b'),
  number('a'),
  number('b'),
  number('rate'),
  formula('echo', 'rate'),
])

test('formulas are computed after those they read, wherever they are written', () => {
  expect(recompute(sheet, { a: 1, b: 2, rate: 10 }, 'all', facts)).toEqual({
    a: 1,
    b: 2,
    rate: 10,
    sum: 3,
    total: 30,
    echo: 10,
  })
})
test('only what reads a changed field is computed anew', () => {
  expect(recompute(sheet, { a: 2, b: 2, rate: 10, sum: 3, total: 30, echo: 99 }, ['a'], facts)).toEqual({
    a: 2,
    b: 2,
    rate: 10,
    sum: 4,
    total: 40,
    echo: 99,
  })
  expect(recompute(sheet, { a: 2, b: 2, sum: 99 }, [], facts)).toEqual({ a: 2, b: 2, sum: 99 })
})
test('a blank makes what reads it blank', () => {
  expect(recompute(sheet, { b: 2, rate: 10, sum: 3, total: 30 }, ['a'], facts)).toEqual({ b: 2, rate: 10 })
})
test('step by step equals all at once', () => {
  const cell = fc.integer({ min: -1000, max: 1000 })
  fc.assert(
    fc.property(
      fc.array(fc.record({ field: fc.constantFrom('a', 'b', 'rate'), value: fc.option(cell) }), { maxLength: 12 }),
      (edits) => {
        let data = recompute(sheet, { a: 1, b: 2, rate: 3 }, 'all', facts)
        for (const { field, value } of edits) data = recompute(sheet, { ...data, [field]: value }, [field], facts)
        expect(data).toEqual(recompute(sheet, data, 'all', facts))
      },
    ),
    { seed: 20_260_302, numRuns: 200 },
  )
})

test('circles are named once, with what stands behind them left out', () => {
  const { order, cycles } = orderFormulas([
    { id: 'a', reads: ['b'] },
    { id: 'b', reads: ['c'] },
    { id: 'c', reads: ['b'] },
    { id: 'd', reads: ['x'] },
    { id: 'e', reads: ['e'] },
  ])
  expect(order.map(({ id }) => id)).toEqual(['d'])
  expect(cycles).toEqual([['b', 'c'], ['e']])
})
test('a circle is a problem at its first formula; evaluating it gives blanks', () => {
  const form = formOf([number('a'), formula('x', 'y + a'), formula('y', 'x + 1')])
  expect(checkForm(form, () => undefined)).toEqual([
    { code: 'formula.cycle', path: '/fields/1/formula', details: { cycle: 'x → y → x' } },
  ])
  expect(recompute(form, { a: 1 }, 'all', facts)).toEqual({ a: 1 })
})
test('a formula that does not compile, a duplicate id, a bad pattern: each at its place', () => {
  const form = formOf([
    number('a'),
    number('a'),
    formula('x', 'nothing + 1'),
    { type: 'serial', id: 'n', label: 'n', pattern: 'no counter' },
  ])
  expect(checkForm(form, () => undefined)).toMatchObject([
    { code: 'document.duplicateId', path: '/fields/1/id' },
    { code: 'serial.counter', path: '/fields/3/pattern' },
    { code: 'formula.unknownName', path: expect.stringMatching(/^\/fields\/2\/formula/) },
  ])
})
test('a sound form has no problem', () => expect(checkForm(sheet, () => undefined)).toEqual([]))

test('something is computed once per form, and again when a linked form was published anew', () => {
  const [one, other, newer] = [formOf([]), formOf([]), formOf([])]
  let built = 0
  const ask = oncePerForm((_, lookup) => [++built, lookup('customer')] as const)
  const before = ask(one, (name) => (name === 'customer' ? other : undefined))
  expect(ask(one, () => other)).toBe(before)
  expect(ask(one, () => newer)).toEqual([2, newer])
  expect(ask(other, undefined)).toEqual([3, undefined])
})
