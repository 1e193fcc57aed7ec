import { describe, expect, test } from 'vitest'
import { fieldTypes } from '../../catalogue.ts'
import { checkForm } from '../../forms/check-form.ts'
import type { FormModel } from '../../model.ts'
import { formOf, told } from '../sample-form.ts'
import type { Column, FieldOf } from '../schemas.ts'

const part: Column = { type: 'text', id: 'part', label: { 'zh-CN': '配件', en: 'Part' }, required: true }
const quantity: Column = { type: 'number', id: 'quantity', label: { 'zh-CN': '数量', en: 'Quantity' }, min: 1 }
const price: Column = { type: 'money', id: 'price', label: '单价', total: true }
const amount = (formula: string): Column => ({ type: 'formula', id: 'amount', label: '金额', formula, result: 'money' })
const table = (fields: Column[], more: Partial<FieldOf<'table'>> = {}): FieldOf<'table'> => ({
  type: 'table',
  id: 'parts',
  label: '配件明细',
  fields,
  ...more,
})
const parts = table([part, quantity, price])

const read = (raw: unknown, field = parts, revision = 3) => {
  const form = formOf(field)
  const model = form.fields.get('parts')
  if (!model?.definition || !('fields' in model.definition)) throw new Error('no table')
  return behaviour(model.definition as FieldOf<'table'>, raw, form, revision)
}
const behaviour = (field: FieldOf<'table'>, raw: unknown, form: FormModel, revision: number) => {
  const found = fieldTypes.table.normalise(raw, field, { form, zone: 'Asia/Shanghai', revision })
  return found.ok ? found.value : [found.error, ...(found.error.further ?? [])].map(({ code, path }) => [code, path])
}

describe('rows', () => {
  test('keep the ids they have; those without one are named after the version that brings them', () => {
    expect(read([{ part: 'a' }, { id: 'mine', part: 'b' }, { part: 'c' }])).toEqual([
      { id: 'v3_1', part: 'a' },
      { id: 'mine', part: 'b' },
      { id: 'v3_2', part: 'c' },
    ])
    // An id that a row of the same submission has already is passed over.
    expect(read([{ id: 'v3_1', part: 'a' }, { part: 'b' }])).toMatchObject([{ id: 'v3_1' }, { id: 'v3_2' }])
  })

  test('are empty at the end only where nothing was entered', () => {
    expect(read([{ id: 'a' }, { id: 'b', part: 'x' }, { id: 'c' }, {}])).toEqual([{ id: 'a' }, { id: 'b', part: 'x' }])
    expect(read([{}, { id: 'x' }])).toBe(null)
  })

  test('say everything that is wrong, each at its place', () => {
    expect(
      read([
        { part: 'a', quantity: 'many', price: '1.005' },
        'no row',
        { part: 'b', quantity: 0, prise: 1 },
        { id: 'a b', part: 'c' },
        { id: 'x', part: 'd' },
        { id: 'x', part: 'e' },
      ]),
    ).toEqual([
      ['table.rowId', '/3/id'],
      ['table.rowId', '/5/id'],
      ['field.notNumber', '/0/quantity'],
      ['field.tooManyDecimals', '/0/price'],
      ['table.notRows', '/1'],
      ['table.unknownColumn', '/2/prise'],
      ['field.tooSmall', '/2/quantity'],
    ])
    expect(read('滤芯')).toEqual([['table.notRows', undefined]])
    expect(read([{ part: 'a' }, { part: 'b' }], table([part], { maxRows: 1 }))).toEqual([
      ['table.tooManyRows', undefined],
    ])
  })

  test('read as lines, in the reader’s language, choices and amounts in words', () => {
    const value = [
      { id: 'r1', part: '滤芯', quantity: 2, price: '50.00' },
      { id: 'r2', part: '密封圈' },
    ]
    expect(told(parts, value)).toBe('配件：滤芯，数量：2，单价：¥50.00\n配件：密封圈')
    expect(told(parts, value, 'en')).toBe('Part: 滤芯, Quantity: 2, 单价: ¥50.00\nPart: 密封圈')
  })
})

describe('a definition', () => {
  const problems = (field: FieldOf<'table'>) =>
    checkForm(formOf(field), () => undefined).map(({ code, path, details }) => [code, path, details?.name])

  test('with formulas over the row is right', () => {
    expect(problems(table([part, quantity, price, amount('price * quantity')]))).toEqual([])
  })
  test.each([
    ['an unknown column', [amount('prise * 2')], [['formula.unknownName', '/fields/0/fields/0/formula', 'prise']]],
    [
      'a field of the record',
      [amount('created_at')],
      [['formula.unknownName', '/fields/0/fields/0/formula', 'created_at']],
    ],
    ['a moving moment', [amount('today().year')], [['table.formula', '/fields/0/fields/0/formula', 'now']]],
    [
      'the person',
      [{ ...amount('user.name'), result: 'text' }],
      [['table.formula', '/fields/0/fields/0/formula', 'user.name']],
    ],
    [
      'a total of texts',
      [{ ...amount('"a"'), result: 'text', total: true }],
      [['table.total', '/fields/0/fields/0/total', undefined]],
    ],
    ['a column twice', [part, part], [['document.duplicateId', '/fields/0/fields/1/id', undefined]]],
    ['a column called id', [{ ...part, id: 'id' }], [['document.duplicateId', '/fields/0/fields/0/id', undefined]]],
    ['bounds of a column', [{ ...quantity, max: 0 }], [['field.bounds', '/fields/0/fields/0/max', undefined]]],
  ] as const)('with %s is told', (_, columns, expected) => {
    expect(problems(table([...columns] as Column[]))).toEqual(expected)
  })
  test('whose formulas go in a circle is told', () => {
    const found = problems(table([amount('tax * 2'), { ...amount('amount / 2'), id: 'tax' }]))
    expect(found.map(([code]) => code)).toEqual(['formula.cycle'])
  })
  test('that asks for more rows than it takes is told', () => {
    expect(problems(table([part], { minRows: 5, maxRows: 2 }))).toEqual([
      ['field.bounds', '/fields/0/minRows', undefined],
    ])
  })
})
