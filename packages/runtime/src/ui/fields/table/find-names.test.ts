import { type FormDefinition, formModel } from '@tenon/engine'
import { expect, test } from 'vitest'
import type { Choice } from '../../environment.tsx'
import { findNames } from './find-names.ts'

const definition: FormDefinition = {
  id: 'visit',
  kind: 'form',
  schemaVersion: 1,
  label: '上门',
  title: { formula: 'null' },
  fields: [
    {
      id: 'lines',
      type: 'table',
      label: '明细',
      fields: [
        { id: 'by', type: 'user', label: '经办', roles: ['engineer'] },
        { id: 'team', type: 'department', label: '部门' },
        {
          id: 'product',
          type: 'link',
          label: '产品',
          form: 'product',
          where: { fact: 'record', path: '$.active', operator: 'equal', value: true },
        },
      ],
    },
  ],
}
const columns = formModel(definition, { id: 'demo', currency: 'CNY' }).fields.get('lines')?.rows?.fields
const name = (row: string, id: string, text: string) => {
  const column = columns?.get(id)
  if (!column) throw new Error(id)
  return { row, column, text }
}
const person = (id: string, called: string, username: string): Choice => ({
  id,
  ref: { kind: 'user', name: called, username },
})
const record = (id: string, title: string): Choice => ({
  id,
  ref: { kind: 'record', app: 'demo', form: 'product', title },
})

test('a pasted name means the one thing that is called so and may be chosen there; each name is asked once', async () => {
  const asked: unknown[] = []
  const search = {
    searchPeople: async (q: string, roles?: readonly string[]) => {
      asked.push(['people', q, roles])
      return [
        person('u1', '王工', 'wang'),
        person('u2', '王工程', 'wang2'),
        person('u3', '李工', 'li'),
        person('u4', '李工', 'li2'),
      ]
    },
    listDepartments: async () => [{ id: 'd1', ref: { kind: 'department' as const, name: '售后部' } }],
    searchRecords: async (form: string, q: string, where?: object) => {
      asked.push([form, q, where])
      return [record('p1', 'A-300'), record('p2', 'A-300 Pro')]
    },
  }
  const { found, unfound } = await findNames(
    [
      name('a', 'by', '王工'),
      name('b', 'by', '王工'),
      name('c', 'by', 'WANG2'),
      name('d', 'by', '李工'),
      name('a', 'team', '售后部'),
      name('a', 'product', 'Ａ-300'),
      name('b', 'product', 'A-3'),
    ],
    search,
  )
  expect(found.map((one) => [one.name.row, one.choice.id])).toEqual([
    ['a', 'u1'],
    ['b', 'u1'],
    ['c', 'u2'],
    ['a', 'd1'],
    ['a', 'p1'],
  ])
  expect(unfound.map((one) => [one.name.text, one.why])).toEqual([
    ['李工', 'several'],
    ['A-3', 'none'],
  ])
  expect(asked).toHaveLength(5)
  expect(asked).toContainEqual(['people', '王工', ['engineer']])
  expect(asked).toContainEqual(['product', 'A-3', expect.objectContaining({ path: '$.active' })])
})

test('a search that fails finds nobody, and does not lose the others', async () => {
  const search = {
    searchPeople: () => Promise.reject(new Error('offline')),
    listDepartments: async () => [{ id: 'd1', ref: { kind: 'department' as const, name: '售后部' } }],
    searchRecords: async () => [],
  }
  const { found, unfound } = await findNames([name('a', 'by', '王工'), name('a', 'team', '售后部')], search)
  expect([found.length, unfound.map(({ why }) => why)]).toEqual([1, ['none']])
})
