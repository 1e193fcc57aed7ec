import { describe, expect, test } from 'vitest'
import { covers } from '../../../../tests/support/covers.ts'
import type { FormDefinition } from '../definitions/form.ts'
import { compileFormula } from '../formulas/compile.ts'
import { parseInstant } from '../kernel/instant.ts'
import { evaluateForm } from './evaluate-form.ts'
import { formModel } from './form-model.ts'
import type { Authority, FormInput, Rights } from './types.ts'

const definition: FormDefinition = {
  id: 'visit',
  kind: 'form',
  schemaVersion: 1,
  label: '上门',
  title: { formula: 'id' },
  fields: [
    { type: 'boolean', id: 'done', label: '完成' },
    {
      type: 'table',
      id: 'parts',
      label: '配件明细',
      minRows: 2,
      maxRows: 3,
      requiredWhen: { fact: 'record', path: '$.done', operator: 'equal', value: true },
      visibleWhen: { not: { fact: 'record', path: '$.number', operator: 'equal', value: 99 } },
      readOnlyWhen: { fact: 'record', path: '$.number', operator: 'equal', value: 7 },
      fields: [
        { type: 'text', id: 'part', label: '配件', required: true },
        {
          type: 'select',
          id: 'kind',
          label: '类型',
          options: [
            { id: 'new', label: '新件' },
            { id: 'old', label: '旧件', retired: true },
          ],
        },
        { type: 'number', id: 'quantity', label: '数量' },
        { type: 'money', id: 'price', label: '单价' },
        { type: 'formula', id: 'taxed', label: '含税', formula: 'amount * 1.13', result: 'money' },
        { type: 'formula', id: 'amount', label: '金额', formula: 'price * quantity', result: 'money', total: true },
      ],
    },
    { type: 'number', id: 'number', label: '编号' },
    { type: 'formula', id: 'cost', label: '合计', formula: 'sum(parts.amount)', result: 'money' },
    { type: 'formula', id: 'count', label: '行数', formula: 'count(parts)', result: 'number' },
    { type: 'formula', id: 'new_ones', label: '新件', formula: 'sum(parts[kind = "new"].quantity)', result: 'number' },
    {
      type: 'formula',
      id: 'dear',
      label: '有贵的',
      formula: 'some one in parts satisfies one.price > 100',
      result: 'boolean',
    },
  ],
  checks: [
    {
      id: 'cheap',
      must: { formula: 'cost = null or sum(parts.amount) < 1000' },
      message: '太贵',
      at: 'parts',
    },
  ],
}
const form = formModel(definition, { id: 'demo', currency: 'CNY' })
const all: Rights = new Map(definition.fields.map(({ id }) => [id, 'edit']))
const now = parseInstant('2026-03-02T00:00:00Z') ?? 0

const evaluate = (data: object, more: Partial<FormInput> & { record?: object; authority?: Authority } = {}) => {
  const { record, ...rest } = more
  return evaluateForm(form, {
    mode: record ? 'edit' : 'create',
    data: data as FormInput['data'],
    facts: { now, zone: 'Asia/Shanghai', ...(record ? { record: record as never } : {}) },
    rights: all,
    ...rest,
  })
}
const problems = (...given: Parameters<typeof evaluate>) =>
  evaluate(...given).problems.map(({ code, path }) => `${code} ${path}`)

const rows = [
  { id: 'r1', part: '滤芯', kind: 'new', quantity: 2, price: '0.10' },
  { id: 'r2', part: '主板', quantity: 1, price: '0.20' },
]

describe('formulas', () => {
  test('of columns are computed per row, in their order and exactly, and stored with it', () => {
    expect(evaluate({ parts: rows }).data.parts).toEqual([
      { ...rows[0], taxed: '0.23', amount: '0.20' },
      { ...rows[1], taxed: '0.23', amount: '0.20' },
    ])
  })
  test('of the record sum, count and filter rows; decimals stay exact', () => {
    const { data } = evaluate({ parts: rows })
    expect([data.cost, data.count, data.new_ones, data.dear]).toEqual(['0.40', 2, 2, false])
  })
  test('pass over blank cells, as a sum by hand does; of no rows there is a count and no sum', () => {
    const { data } = evaluate({ parts: [...rows, { id: 'r3', part: '螺丝' }] })
    expect([data.cost, data.count]).toEqual(['0.40', 3])
    const empty = evaluate({ parts: [] }).data
    expect([empty.cost ?? null, empty.count]).toEqual([null, 0])
  })
  test('a computed cell that somebody sends is computed all the same', () => {
    const sent = rows.map((row) => ({ ...row, amount: '9999.00' }))
    expect(evaluate({ parts: sent }).data.cost).toBe('0.40')
  })
  test('a column and a part of it that is not there are named', () => {
    const wrong = (text: string) => {
      const compiled = compileFormula(text, { form })
      return compiled.ok ? compiled.value.reads.map(({ path }) => path.join('.')) : compiled.error[0]?.details?.name
    }
    expect(wrong('sum(parts.amonut)')).toBe('amonut')
    expect(wrong('parts.part.name')).toBe('name')
    expect(wrong('sum(parts.amount)')).toEqual(['parts.amount', 'parts'])
  })
  test('a formula of a column that was published later fills itself at the next change', () => {
    const record = { id: 'x', version: 4, parts: rows }
    expect(evaluate({ done: false }, { record }).changed).toEqual([
      'done',
      'parts',
      'cost',
      'count',
      'new_ones',
      'dear',
    ])
  })
})

describe('what is asked of people', () => {
  test('required cells, by row and column; of a rule or flow nothing', () => {
    const sent = { parts: [{ quantity: 1 }, { part: 'a' }] }
    expect(problems(sent)).toEqual(['field.required /parts/0/part'])
    expect(problems(sent, { authority: 'system' })).toEqual([])
  })
  test('least and most rows; a table that is not required may be empty', () => {
    expect(problems({ parts: [{ part: 'a' }] })).toEqual(['table.tooFewRows /parts'])
    expect(problems({ parts: ['a', 'b', 'c', 'd'].map((part) => ({ part })) })).toEqual(['table.tooManyRows /parts'])
    expect(problems({ parts: [] })).toEqual([])
    expect(problems({ done: true })).toEqual(['field.required /parts'])
  })
  test('a retired choice is not chosen anew, and stays where it was', () => {
    const old = [
      { id: 'r1', part: 'a', kind: 'old' },
      { id: 'r2', part: 'b' },
    ]
    expect(problems({ parts: old })).toEqual(['field.retiredChoice /parts/0/kind'])
    expect(problems({ parts: [...old, { part: 'c' }] }, { record: { id: 'x', version: 1, parts: old } })).toEqual([])
  })
  test('a check over the rows', () => {
    expect(problems({ parts: [{ part: 'a', quantity: 1, price: 2000 }, { part: 'b' }] })).toEqual([
      'check.failed /parts',
    ])
  })
  test('every unreadable cell at once; what was stored stays', () => {
    const found = evaluate(
      {
        parts: [
          { id: 'r1', part: 'a', quantity: 'x' },
          { id: 'r2', part: 'b', price: 'y' },
        ],
      },
      { record: { id: 'x', version: 1, parts: rows } },
    )
    expect(found.problems.map(({ path }) => path)).toEqual(['/parts/0/quantity', '/parts/1/price'])
    expect(found.data.parts).toMatchObject(rows)
  })
})

describe('rights', () => {
  const may = (right: 'hidden' | 'read'): Rights => new Map([...all, ['parts', right]])
  test('a table one may only read is not changed, one that is hidden is not there', () => {
    const record = { id: 'x', version: 1, parts: evaluate({ parts: rows }).data.parts }
    expect(problems({ parts: rows.slice(0, 1) }, { record, rights: may('read') })).toEqual(['field.readOnly /parts'])
    expect(problems({ parts: rows }, { record, rights: may('hidden') })).toEqual(['field.unknown /parts'])
    expect(evaluate({}, { record, rights: may('hidden') }).fields.has('parts')).toBe(false)
  })
  test('a table that is hidden or locked by a condition keeps its rows', () => {
    const stored = evaluate({ parts: rows }).data.parts
    const record = { id: 'x', version: 1, parts: stored }
    expect(evaluate({ number: 99, parts: [] }, { record }).data.parts).toEqual(stored)
    expect(problems({ parts: [] }, { record: { ...record, number: 7 } })).toEqual(['field.readOnly /parts'])
  })
})

covers(
  'form.fields.table.visibleWhen',
  'form.fields.table.required',
  'form.fields.table.requiredWhen',
  'form.fields.table.readOnlyWhen',
  'form.fields.table.minRows',
  'form.fields.table.maxRows',
  'form.fields.table.fields',
)
