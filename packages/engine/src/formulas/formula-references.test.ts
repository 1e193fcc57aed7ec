import { expect, test } from 'vitest'
import { formModel } from '../forms/form-model.ts'
import type { FormModel } from '../model.ts'
import { formulaReferences } from './formula-references.ts'
import type { Dialect } from './parse.ts'

const head = { kind: 'form', schemaVersion: 1, title: { formula: 'id' } } as const
const order = formModel(
  {
    ...head,
    id: 'order',
    label: 'Order',
    fields: [
      { type: 'money', id: 'price', label: 'Price' },
      { type: 'number', id: 'day', label: 'Day' },
      { type: 'link', id: 'customer', label: 'Customer', form: 'customer' },
      {
        type: 'table',
        id: 'parts',
        label: 'Parts',
        fields: [
          { type: 'money', id: 'amount', label: 'Amount' },
          { type: 'money', id: 'price', label: 'Price of one' },
        ],
      },
    ],
  },
  { id: 'demo', currency: 'CNY' },
)
const customer = { ...order, id: 'customer', fields: new Map([['level', order.fields.get('day')]]) } as FormModel
const lookup = (name: string) => (name === 'customer' ? customer : undefined)

/** Each reference as it is written, then where it begins: a fact or a form, and what it means there. */
const found = (text: string, dialect?: Dialect) =>
  formulaReferences(text, { form: order, lookup, names: ['since'] }, dialect).map(
    ({ from, ends, fact, path, form }) =>
      `${text.slice(from, ends.at(-1))} ${fact === 'record' ? (form === order ? 'order' : form?.id) : fact}:${path.join('.')}`,
  )

test.each([
  ['price * day', ['price order:price', 'day order:day']],
  ['customer.level = "price"', ['customer.level order:customer.level']],
  ['sum(parts.amount)', ['parts.amount order:parts.amount']],
  ['record.price - previous.price', ['record.price order:price', 'previous.price previous:price']],
  ['user.name + 当前用户.部门', ['user.name user:name', '当前用户.部门 user:department']],
  ['task.label = since', ['task.label task:label', 'since params:since']],
  ['nothing + other.price', []],
  ['// price\nday /* day */ + @"P1D"', ['day order:day']],
  // Functions, names given to values and to arguments, and types are no fields.
  ['day of week(price)', ['price order:price']],
  ['{price: day, sum: price}', ['day order:day']],
  ['get value(day: price)', ['price order:price']],
  ['price instance of day', ['price order:price']],
  ['function(price) price + day', ['day order:day']],
  ['[{price: 1}][price > 0]', []],
])('%s', (text, expected) => {
  expect(found(text)).toEqual(expected)
})

test('what stands in rows is looked for there first', () => {
  expect(found('parts[price > 3].amount + price')).toEqual([
    'parts order:parts',
    'price order/parts:price',
    'amount order/parts:amount',
    'price order:price',
  ])
  expect(found('parts[item.amount > day]')).toEqual(['parts order:parts', 'amount order/parts:amount', 'day order:day'])
  expect(found('for p in parts return p.amount * price')).toEqual([
    'parts order:parts',
    'amount order/parts:amount',
    'price order:price',
  ])
  expect(found('some day in parts satisfies day.price > day')).toEqual(['parts order:parts', 'price order/parts:price'])
})

test('a half written formula has references too', () => {
  expect(found('price * ')).toEqual(['price order:price'])
  expect(found('customer.')).toEqual(['customer order:customer'])
  expect(found('price an')).toEqual(['price order:price'])
  expect(found('not(price')).toEqual(['price order:price'])
  expect(found('if price > 1 then')).toEqual(['price order:price'])
  expect(found('price + "day + day')).toEqual(['price order:price'])
  expect(found('> price, not', 'unaryTests')).toEqual(['price order:price'])
  expect(found('('.repeat(500))).toEqual([])
})
