import { buildApp, formLookup, type SourceFile } from '@tenon/engine'
import { describe, expect, it } from 'vitest'
import { boardReads } from './board-reads.ts'

const kind = (name: string, id: string) => ({ kind: name, id, schemaVersion: 1, label: id })
const form = (id: string, fields: object[]) => ({
  path: `forms/${id}.json`,
  json: {
    ...kind('form', id),
    title: { formula: 'name' },
    fields: [{ id: 'name', type: 'text', label: 'n' }, ...fields],
  },
})
const instant = (id: string) => ({ id, type: 'dateTime', label: id })
const equal = (path: string, value: unknown) => ({ fact: 'record', path, operator: 'equal', value })
const files = [
  { path: 'app.json', json: { ...kind('app', 'desk'), version: '1.0.0', locales: ['en'], roles: [], navigation: [] } },
  form('client', [{ id: 'level', type: 'text', label: 'level' }]),
  form('ticket', [
    instant('opened'),
    instant('closed'),
    { id: 'region', type: 'text', label: 'region' },
    { id: 'severe', type: 'boolean', label: 'severe' },
    { id: 'client', type: 'link', label: 'client', form: 'client' },
  ]),
  {
    path: 'metrics/handling.json',
    json: {
      ...kind('metric', 'handling'),
      form: 'ticket',
      measure: { between: ['opened', 'closed'], agg: 'avg' },
      at: 'opened',
      where: equal('$.severe', true),
    },
  },
] as SourceFile[]

const reads = (board: object) => {
  const app = buildApp(files, { version: 1 })
  if (!app.ok) throw new Error(JSON.stringify(app.error))
  const all = [...files, { path: 'boards/one.json', json: { ...kind('board', 'one'), ...board } }] as SourceFile[]
  return boardReads(
    all,
    formLookup(app.value, () => undefined),
  ).map((one) => ({ ...one, others: [...one.others].sort() }))
}
const widget = (query: object) => ({
  id: 'w',
  type: 'table',
  label: 'w',
  at: { x: 0, y: 0, w: 6, h: 4 },
  query: { form: 'ticket', ...query },
})
const handling = { id: 'm', metric: 'handling' }

describe('what boards read of a form', () => {
  it('the fields of a metric, its condition and its time', () =>
    expect(reads({ widgets: [widget({ measures: [handling] })] })).toEqual([
      { form: 'ticket', time: 'opened', others: ['closed', 'severe'] },
    ]))
  it('groups, conditions and filters, behind a link the link', () =>
    expect(
      reads({
        filters: [
          { id: 'p', type: 'period', label: 'p' },
          { id: 'r', type: 'field', label: 'r', fields: { ticket: 'region' } },
        ],
        widgets: [
          widget({
            by: [{ field: 'client.level' }, { field: 'opened', bucket: 'month' }],
            measures: [handling, { id: 'n', agg: 'count', where: equal('$.name', 'x') }],
          }),
        ],
      }),
    ).toEqual([{ form: 'ticket', time: 'opened', others: ['client', 'closed', 'name', 'region', 'severe'] }]))
  it('several widgets of a form together; texts read nothing', () =>
    expect(
      reads({
        widgets: [
          { id: 't', type: 'text', text: 'x' },
          widget({ measures: [handling] }),
          widget({ by: [{ field: 'region' }], measures: [{ id: 's', agg: 'max', field: 'name' }] }),
        ],
      }),
    ).toEqual([{ form: 'ticket', time: 'opened', others: ['closed', 'name', 'region', 'severe'] }]))
})
