import { type FormDefinition, formModel, type TableRow } from '@tenon/engine'
import { expect, test } from 'vitest'
import { addRow, duplicateRow, moveRow, pasteCells, readTsv, removeRow, setCell, totalsOf } from './row-edits.ts'

const definition: FormDefinition = {
  id: 'visit',
  kind: 'form',
  schemaVersion: 1,
  label: '上门',
  title: { formula: 'null' },
  fields: [
    {
      id: 'parts',
      type: 'table',
      label: '配件明细',
      fields: [
        { id: 'part', type: 'text', label: '配件' },
        { id: 'kind', type: 'select', label: '类型', options: [{ id: 'new', label: '新件' }] },
        { id: 'price', type: 'money', label: '单价', total: true },
        { id: 'double', type: 'formula', label: '两倍', formula: 'price * 2', result: 'money', total: true },
        { id: 'by', type: 'user', label: '经办' },
        { id: 'hours', type: 'number', label: '工时', scale: 1, total: true },
      ],
    },
  ],
}
const form = formModel(definition, { id: 'demo', currency: 'CNY' }).fields.get('parts')!.rows!
const around = { now: 0, zone: 'Asia/Shanghai' }
const rows: readonly TableRow[] = [{ id: 'a', part: 'x' }, { id: 'b' }]

test('rows are added, duplicated under a new id, moved as far as there are places, and removed', () => {
  expect(addRow(rows, 1, 'n').map(({ id }) => id)).toEqual(['a', 'n', 'b'])
  expect(duplicateRow(rows, 0, 'n')).toEqual([rows[0], { id: 'n', part: 'x' }, rows[1]])
  expect(moveRow(rows, 0, 1).map(({ id }) => id)).toEqual(['b', 'a'])
  expect(moveRow(rows, 0, -1)).toBe(rows)
  expect(removeRow(rows, 0)).toEqual([rows[1]])
  expect(setCell(rows, 0, 'part', null)).toEqual([{ id: 'a' }, { id: 'b' }])
})

test('what a spreadsheet copies is lines and cells; quotes keep line breaks and quotes', () => {
  expect(readTsv('a\tb\r\nc\t\r\n')).toEqual([
    ['a', 'b'],
    ['c', ''],
  ])
  expect(readTsv('"two\nlines"\t"say ""hi"""\nx')).toEqual([['two\nlines', 'say "hi"'], ['x']])
  expect(readTsv('one')).toEqual([['one']])
  expect(readTsv('')).toEqual([])
})

test('a block goes into the cells from a place on, read as people write, and makes the rows it needs', () => {
  let count = 0
  const id = () => `n${++count}`
  const block = readTsv('滤芯\t新件\t￥1,000\t9\tli\t1.5\n主板\t别的\t3\t9\tli\tmany')
  const pasted = pasteCells(rows, form, { row: 1, column: 'part' }, block, { around, max: 10, id })
  expect(pasted.rows).toEqual([
    rows[0],
    // Formulas take no text; what cannot be read stays as it was written; whom a name means is not known here.
    { id: 'b', part: '滤芯', kind: 'new', price: '1000.00', hours: '1.5' },
    { id: 'n1', part: '主板', kind: '别的', price: '3.00', hours: 'many' },
  ])
  expect(pasted.names.map(({ row, column, text }) => [row, column.id, text])).toEqual([
    ['b', 'by', 'li'],
    ['n1', 'by', 'li'],
  ])
  expect(pasteCells(rows, form, { row: 1, column: 'part' }, block, { around, max: 2 }).rows).toHaveLength(2)
})

test('totals are exact sums of the columns that ask for one', () => {
  const priced = ['0.10', '0.20', 'much'].map((price, at) => ({ id: String(at), price, double: '1.00' }))
  expect([...totalsOf(priced, form)]).toEqual([
    ['price', '0.30'],
    ['double', '3.00'],
    ['hours', '0.0'],
  ])
})
